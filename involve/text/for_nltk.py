"""The text floor's parts behind NLTK's interfaces, for people who work with that library.

    >>> from involve.text.for_nltk import BilingualTokenizer
    >>> BilingualTokenizer().tokenize("Mae'r bws yn hwyr")
    ['Mae', "'r", 'bws', 'yn', 'hwyr']

Loading NLTK takes longer than reading a story, so nothing else here needs this module.
"""

from collections.abc import Iterator

from nltk.classify.api import MultiClassifierI  # type: ignore[import-untyped]
from nltk.stem.api import StemmerI  # type: ignore[import-untyped]
from nltk.tokenize.api import TokenizerI  # type: ignore[import-untyped]

from involve.text.codebook import Codebook, load_builtin
from involve.text.forms import normalise
from involve.text.pipeline import analyse
from involve.text.tokens import tokenise
from involve.text.types import WordLanguage


class BilingualTokenizer(TokenizerI):  # type: ignore[misc]
    """Words, numbers and marks of Welsh and English, Welsh clitics apart from their word."""

    def tokenize(self, s: str) -> list[str]:
        """Return the tokens of *s*, in one spelling of accents, apostrophes and hyphens."""
        return [token.surface for token in tokenise(s)]

    def span_tokenize(self, s: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each token in code points of *s*."""
        for token in tokenise(s):
            yield token.start, token.end


class NormalFormStemmer(StemmerI):  # type: ignore[misc]
    """The dictionary form of a word: mutations, inflections and spoken endings undone."""

    def __init__(self, language: WordLanguage = "cy") -> None:
        """Read words as of *language*: "cy" or "en"."""
        self.language = language

    def stem(self, token: str) -> str:
        """Return the form under which *token* is looked up: *nghymuned* gives *cymuned*."""
        return normalise(token, self.language).key


class TagClassifier(MultiClassifierI):  # type: ignore[misc]
    """The goals, ways of working and themes that a story would be tagged with."""

    def __init__(self, themes: Codebook | None = None) -> None:
        """Tag with the goals and ways, and with a project's *themes* where given."""
        self._themes = themes

    def labels(self) -> list[str]:
        """Return every label: the scheme and the id, such as "goal:healthier"."""
        concepts = load_builtin().concepts + (self._themes.concepts if self._themes else ())
        return [f"{concept.scheme}:{concept.id}" for concept in concepts]

    def classify(self, featureset: str) -> set[str]:
        """Return the labels of a story; what NLTK calls a feature set is here the story's text."""
        return {
            f"{tag.scheme}:{tag.concept}" for tag in analyse(featureset, load_builtin(), self._themes).tags
        }
