"""Reads a text from beginning to end: the one place that knows the order of the steps, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from involve.text.abuse import find_abuse
from involve.text.codebook import Codebook, load_builtin
from involve.text.finder import Finder
from involve.text.judging.opinion import Opinion
from involve.text.judging.table import Tables, load_tables
from involve.text.language import identify_words, language_of_words, welsh_share
from involve.text.learning.choose import suggest_learnt
from involve.text.learning.model import Model
from involve.text.matching import CueHit, Word, split_into_words
from involve.text.personal import find_personal
from involve.text.risk import find_risk
from involve.text.spam import spam_reasons
from involve.text.stance import StanceReader
from involve.text.tagging import suggest_tags
from involve.text.tokens import tokenise
from involve.text.types import Analysis, PersonalDetail, Tag


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What judges goals, ways and stances: tables that were learnt, and perhaps a second opinion."""

    tables: Tables | None
    opinion: Opinion | None = None


def analyse(
    text: str,
    codebook: Codebook,
    themes: Codebook | None = None,
    model: Model | None = None,
    reading: Reading | None = None,
) -> Analysis:
    """Return what is understood of *text*: language, suggested tags, personal details, signs of risk and of spam.

    Tags are those of *codebook* (goals and ways) and, where given, of a project's *themes*; what a *model* learnt of
    them decides which. *reading* is what was learnt of goals, ways and stances; without it, what the package carries
    decides. Any string is taken; time grows with its length only. Nothing is kept between calls but the two codebooks
    made ready for matching.
    """
    # Words and their languages come first: cues are forms of one language, and what is Welsh here is English there.
    tokens = tokenise(text)
    languages = identify_words(tokens)
    language = language_of_words(tokens, languages, text)
    # Personal details come before tags: a Mrs Price or a School Road is evidence of nothing.
    personal = find_personal(text, tokens)
    # Risk and spam read the bare text, whatever the codebook; what is no story, or is in a language that nobody
    # here reads, gets no tags, because chance likenesses would be all there is to show for them.
    spam = tuple(spam_reasons(text))
    words = split_into_words(text, tokens, languages)
    learnt = reading or Reading(load_tables())
    meant = learnt.opinion.read(text) if learnt.opinion else None
    reweigh = meant.weigh if meant else None
    tables = learnt.tables
    risk = find_risk(text, words, tables.risks if tables else None, reweigh)
    readable = language != "und" and not spam
    tags: tuple[Tag, ...] = ()
    if readable:
        hits = leave_out_personal(make_finder(codebook, themes).find(text, words), personal)
        # What was learnt of goals and ways belongs to the built-in codebook and to no other.
        own = tables if codebook is load_builtin() else None
        tags = suggest_tags(text, words, hits, own, reweigh)
        if themes is not None and model is not None:
            tags = _learn_from(model, themes, text, words, hits, tags)
    return Analysis(language, welsh_share(languages), tags, personal, risk, spam, find_abuse(text))


def _learn_from(
    model: Model,
    themes: Codebook,
    text: str,
    words: Sequence[Word],
    hits: Sequence[CueHit],
    tags: Sequence[Tag],
) -> tuple[Tag, ...]:
    """Put the themes that *model* suggests in the place of those that the cues alone would."""
    reader = StanceReader(words, hits)
    learnt = suggest_learnt(model, themes, text, words, hits, reader.read_stance)
    return (*(tag for tag in tags if tag.scheme != "theme"), *learnt)


def leave_out_personal(hits: Sequence[CueHit], personal: Sequence[PersonalDetail]) -> list[CueHit]:
    """Return the hits that share no character with a personal detail; both are in order."""
    kept = []
    at = 0
    for hit in hits:
        while at < len(personal) and personal[at].end <= hit.start:
            at += 1
        if at == len(personal) or hit.end <= personal[at].start:
            kept.append(hit)
    return kept


@lru_cache(maxsize=8)
def make_finder(codebook: Codebook, themes: Codebook | None) -> Finder:
    """Return the codebooks made ready; building takes far longer than reading a story, so it is done once for each."""
    return Finder(codebook.concepts + (themes.concepts if themes else ()))
