"""Learns the tables of goals, ways and stances from labelled stories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from involve.text.codebook import Codebook
from involve.text.concepts import Concept, Cue
from involve.text.finder import Finder
from involve.text.judging.evidence import gather_evidence, name_notion, word_features, word_names
from involve.text.judging.rarity import rarity_of
from involve.text.judging.stances import sign_features
from involve.text.judging.table import Feature, LinearTable
from involve.text.language import identify_words
from involve.text.learning.linear import fit
from involve.text.matching import CueHit, Word, split_into_words
from involve.text.stance import StanceReader
from involve.text.tokens import tokenise
from involve.text.types import Stance

BIAS = "always"


# Chosen by cross-validation over the stories in tests/text/stories, looking at the gold for development too: how much
# the stories weigh against staying at the codebook's weights.
_COST = {"goal": 0.03, "way": 0.03}
_LEAST = {"goal": 0.75, "way": 1.0}  # what the cues of a concept need together where nothing was learnt
_STANCE_COST = 1.0
_STANCES: tuple[Stance, ...] = ("strength", "concern", "idea", "mixed")
# Where learning of stances starts: signs speak for their own stance, and praise against complaint.
_FIRST: Mapping[Stance, Mapping[str, float]] = {
    "strength": {"sign strength": 0.5, "sign concern": -0.5, "share strength": 0.5, "share concern": -0.5},
    "concern": {"sign concern": 0.5, "sign strength": -0.5, "share concern": 0.5, "share strength": -0.5},
    "idea": {"sign idea": 0.5},
    "mixed": {"both sides": 0.5},
}
_FIRST_BIAS: Mapping[Stance, float] = {"strength": -0.2, "concern": 0.2, "idea": -1.0, "mixed": -1.0}


@dataclass(frozen=True, slots=True)
class ReadStory:
    """A labelled story, read: `labels` from concept id to stance."""

    words: Sequence[Word]
    hits: Sequence[CueHit]
    labels: Mapping[str, str]


def read_story(finder: Finder, text: str, labels: Mapping[str, str]) -> ReadStory:
    """Return a labelled story as learning sees it."""
    tokens = tokenise(text)
    words = split_into_words(text, tokens, identify_words(tokens))
    return ReadStory(words, finder.find(text, words), labels)


def learn_goals(
    stories: Sequence[ReadStory], codebook: Codebook, made_from: Mapping[str, object]
) -> LinearTable:
    """Return the table of goals and ways: it starts at the cues' weights and moves as far as *stories* make it."""
    rarity = rarity_of([word_names(story.words) for story in stories])
    examples = [_features(story, rarity) for story in stories]
    learnt = {
        concept.id: fit(
            examples,
            [concept.id in story.labels for story in stories],
            first_weights(concept),
            _COST[concept.scheme],
        )
        for concept in codebook.concepts
    }
    return _tabulate(learnt, rarity, made_from)


def first_weights(concept: Concept) -> dict[str, float]:
    """Return where learning starts: at the weights that the codebook gives the notions of *concept*."""
    notions = [*concept.cues, *(Cue(each.cy, each.en, each.weight) for each in concept.patterns)]
    weights = {name_notion(concept.id, cue): cue.weight for cue in notions}
    return {**weights, BIAS: -_LEAST[concept.scheme]}


def learn_stances(
    stories: Sequence[ReadStory], codebook: Codebook, made_from: Mapping[str, object]
) -> LinearTable:
    """Return the table of stances: it starts at the signs and moves as far as *stories* make it."""
    rarity = rarity_of([word_names(story.words) for story in stories])
    schemes = {concept.id: concept.scheme for concept in codebook.concepts}
    examples: list[Mapping[str, float]] = []
    told: list[str] = []
    for story in stories:
        reader, words = (
            StanceReader(story.words, story.hits),
            _summed(word_features(word_names(story.words), rarity)),
        )
        found = gather_evidence(story.words, story.hits).by_concept
        for concept, stance in story.labels.items():
            signs = sign_features(reader, found.get((schemes[concept], concept), ()))
            examples.append({**dict(signs), **words, BIAS: 1.0})
            told.append(stance)
    learnt: dict[str, Mapping[str, float]] = {
        stance: fit(
            examples,
            [each == stance for each in told],
            {**_FIRST[stance], BIAS: _FIRST_BIAS[stance]},
            _STANCE_COST,
        )
        for stance in _STANCES
    }
    return _tabulate(learnt, rarity, made_from)


def _tabulate(
    learnt: Mapping[str, Mapping[str, float]], rarity: Mapping[str, float], made_from: Mapping[str, object]
) -> LinearTable:
    names = {name for weights in learnt.values() for name in weights} - {BIAS}
    return LinearTable(
        answers=tuple(learnt),
        first=tuple(weights.get(BIAS, 0.0) for weights in learnt.values()),
        weights={name: tuple(weights.get(name, 0.0) for weights in learnt.values()) for name in names},
        rarity=rarity,
        made_from=made_from,
    )


def _features(story: ReadStory, rarity: Mapping[str, float]) -> dict[str, float]:
    evidence = gather_evidence(story.words, story.hits)
    return {**dict(evidence.features), **_summed(word_features(word_names(story.words), rarity)), BIAS: 1.0}


def _summed(features: Iterable[Feature]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for name, value in features:
        sums[name] += value
    return dict(sums)
