"""The words of grammar in both languages: articles, prepositions, pronouns, links, forms of to be."""

import tomllib
from functools import cache
from importlib.resources import files

from involve.text.types import WordLanguage


@cache
def function_words(language: WordLanguage) -> frozenset[str]:
    """Return the function words of *language* in lower case.

    For "both" those are the words that are grammar in each of the two, for "und" there are none.
    """
    if language == "und":
        return frozenset()
    if language == "both":
        return function_words("cy") & function_words("en")
    source = files("involve.text") / "data" / "function_words.toml"
    lists = tomllib.loads(source.read_text(encoding="utf-8"))[language]
    return frozenset(word for words in lists.values() for word in words.split())


def is_function_word(word: str, language: WordLanguage) -> bool:
    """Say whether *word* (standard spelling, any case) is a function word of *language*.

    A word of "both" languages counts only when it is grammar in each, so that *am* stays and *a* goes.
    """
    return word.lower() in function_words(language)
