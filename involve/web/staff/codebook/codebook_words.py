"""What is said of a codebook in words of the page: its weaknesses, what is missing, and what is wrong with a file."""

from involve.i18n import gettext, page_language
from involve.i18n import lazy_gettext as _l
from involve.services.codebook.books import ThemeView
from involve.services.codebook.weaknesses import Weakness
from involve.text.codebook_file import Problem
from involve.web.explanation import Explanation

PARTS = {
    "name": _l("Name"),
    "definition": _l("Definition"),
    "includes": _l("What belongs to it"),
    "excludes": _l("What does not belong, though it looks so"),
    "cues": _l("Words that show it"),
}
LANGUAGES = {"cy": _l("Welsh"), "en": _l("English")}
KINDS = {
    "added": _l("Added"),
    "changed": _l("Changed"),
    "retired": _l("Retired"),
    "restored": _l("Brought back"),
}
_WEAK = {
    ("no_name", "cy"): _l("It has no Welsh name."),
    ("no_name", "en"): _l("It has no English name."),
    ("no_definition", "cy"): _l("It has no Welsh definition."),
    ("no_definition", "en"): _l("It has no English definition."),
    ("no_cues", "cy"): _l("It has no Welsh words, so it is never found in a Welsh story."),
    ("no_cues", "en"): _l("It has no English words, so it is never found in an English story."),
}
CODEBOOK_TOO_LARGE = Explanation(
    "too_large", 413, _l("This file is too large"), _l("A file of themes can have up to 400 kB.")
)
# Why a file was not taken in. The place in the file stands before it.
_FAULTS = {
    "too_large": _l("The file is larger than 400 KB."),
    "not_utf8": _l("The file is no text in UTF-8."),
    "not_json": _l("This is not JSON, or it was cut short."),
    "not_refi": _l("This is no codebook of REFI-QDA (QDC), or it was cut short."),
    "not_toml": _l("This is neither TOML nor JSON, or it was cut short."),
    "no_themes": _l("The file must be a table with a list called “themes”, with at least one theme in it."),
    "id": _l("Each theme needs an id of 1 to 40 characters."),
    "key": _l("An id holds small letters without accents, digits and single hyphens, 40 characters at most."),
    "twice": _l("This id stands in the file twice."),
    "cue": _l("This cannot be a word to look for: it needs a letter, and a * only at the end of a word."),
    "cues": _l("This cannot be a word to look for: it needs a letter, and a * only at the end of a word."),
    "name": _l("It has no name in either language."),
    "long": _l("A name has at most 80 characters, and every other text at most 1,000."),
    "many_cues": _l("A theme has at most 200 words in each language."),
    "many": _l("A codebook has at most 60 themes."),
}
_SHAPE = _l("This part does not have the shape that a codebook has.")


def theme_title(theme: ThemeView) -> tuple[str, str | None]:
    """Return the name of a theme in the page's language, or in the other one, with which it is; its key without any."""
    language = page_language()
    own, other = theme.name.in_language(language), theme.name.in_language("en" if language == "cy" else "cy")
    return (own, None) if own.strip() else (other or theme.key, "en" if language == "cy" else "cy")


def weakness_words(weak: Weakness) -> str:
    """Return in a sentence what is weak."""
    if (weak.code, weak.language) in _WEAK:
        return str(_WEAK[weak.code, weak.language])
    cue, met = weak.words[0], weak.words[1] if len(weak.words) > 1 else ""
    if weak.code == "repeated":
        return gettext("“%(cue)s” is there more than once.", cue=cue)
    if weak.code == "needless":
        return gettext("“%(cue)s” adds nothing: “%(wider)s” finds it already.", cue=cue, wider=met)
    if weak.code == "looks_like":
        return _likeness(weak.language, cue, met)
    names = ", ".join(theme_title(theme)[0] for theme in weak.others)
    return gettext("“%(cue)s” also shows: %(themes)s.", cue=cue, themes=names)


def problem_words(problem: Problem) -> str:
    """Return why a part of a file cannot be taken in."""
    return str(_FAULTS.get(problem.code, _SHAPE))


def _likeness(language: str, cue: str, forms: str) -> str:
    if language == "cy":
        return gettext("“%(cue)s” in Welsh looks like English: %(forms)s.", cue=cue, forms=forms)
    return gettext("“%(cue)s” in English looks like Welsh: %(forms)s.", cue=cue, forms=forms)
