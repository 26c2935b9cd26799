"""Finds what is weak in a project's codebook without being wrong: missing partners, shared, repeated, needless cues."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from involve.text.codebook_file import Findings
from involve.text.concepts import Concept
from involve.text.cue_words import compile_cue
from involve.text.language import identify_words
from involve.text.lexicon import Listed, is_listed
from involve.text.matching import Matcher, entries_of, split_into_words
from involve.text.tokens import standardise, tokenise

_NAMES: dict[Listed, str] = {"cy": "Welsh", "en": "English"}
_OTHER: dict[Listed, Listed] = {"cy": "en", "en": "cy"}


def find_weaknesses(concepts: Sequence[Concept], found: Findings) -> None:
    """Add to *found* a warning for each weakness of *concepts*, in their order, then those between concepts."""
    for concept in concepts:
        _warn_partners(concept, found)
        _warn_repeated(concept, found)
        _warn_collisions(concept, found)
    _warn_shared(concepts, found)


def warn_unused(concepts: Sequence[Concept], texts: Iterable[str], found: Findings) -> None:
    """Add to *found* a warning for each cue of *concepts* that none of *texts* holds."""
    matcher = Matcher(entries_of(concepts))
    used: set[tuple[str, str]] = set()
    for text in texts:
        tokens = tokenise(text)
        for hit in matcher.find(split_into_words(text, tokens, identify_words(tokens))):
            used.add((hit.entry.owner[1], hit.wording))
    for concept in concepts:
        for cue in concept.cues:
            for wording in (*cue.cy, *cue.en):
                if (concept.id, wording) not in used:
                    found.warn(_place(concept), f'no text holds the cue "{wording}"', "unused", "", wording)


def _warn_partners(concept: Concept, found: Findings) -> None:
    """Warn of a name, definition or list of cues that one language lacks."""
    place = _place(concept)
    for language, name in _NAMES.items():
        for part in ("name", "definition"):
            if not getattr(getattr(concept, part), language).strip():
                found.warn(place, f"has no {name} {part}", f"no_{part}", language)
        if not any(getattr(cue, language) for cue in concept.cues):
            found.warn(place, f"has no {name} cues", "no_cues", language)


def _warn_repeated(concept: Concept, found: Findings) -> None:
    """Warn of a cue that stands twice, or that a prefix in the same list already finds."""
    for language, name in _NAMES.items():
        words = [word for word, spoken in _wordings(concept) if spoken == language]
        prefixes = {word[:-1] for word in words if word.endswith("*") and " " not in word}
        for word in sorted(word for word, times in Counter(words).items() if times > 1):
            reason = f'the {name} cue "{word}" is there more than once'
            found.warn(_place(concept), reason, "repeated", language, word)
        for word in words:
            stem = word.rstrip("*")
            wider = sorted(each for each in prefixes if stem.startswith(each) and f"{each}*" != word)
            if wider and " " not in word:
                reason = f'the {name} cue "{word}" adds nothing to "{wider[0]}*"'
                found.warn(_place(concept), reason, "needless", language, word, f"{wider[0]}*")


def _warn_collisions(concept: Concept, found: Findings) -> None:
    """Warn of a single word one of whose forms is a word of the other language too (glaw: law)."""
    for word, language in _wordings(concept):
        compiled = compile_cue(word, language)
        if len(compiled) != 1:
            continue
        other = _OTHER[language]
        shared = sorted(form for form in compiled[0].forms if is_listed(form, other))
        if shared:
            forms = ", ".join(shared)
            reason = f'the {_NAMES[language]} cue "{word}" looks like {_NAMES[other]}: {forms}'
            found.warn(_place(concept), reason, "looks_like", language, word, forms)


def _warn_shared(concepts: Sequence[Concept], found: Findings) -> None:
    """Warn of a cue that more than one concept has."""
    owners: dict[tuple[Listed, str], list[str]] = defaultdict(list)
    for concept in concepts:
        for word, language in dict.fromkeys(_wordings(concept)):
            owners[language, word].append(concept.id)
    for (language, word), ids in owners.items():
        if len(ids) > 1:
            reason = f'share the {_NAMES[language]} cue "{word}"'
            found.warn(" and ".join(ids), reason, "shared", language, word, *ids)


def _wordings(concept: Concept) -> Iterator[tuple[str, Listed]]:
    for cue in concept.cues:
        yield from ((word, "cy") for word in _standard(cue.cy))
        yield from ((word, "en") for word in _standard(cue.en))


def _standard(words: tuple[str, ...]) -> list[str]:
    return [standardise(word).lower() for word in words]


def _place(concept: Concept) -> str:
    return f'{concept.scheme} "{concept.id}"'
