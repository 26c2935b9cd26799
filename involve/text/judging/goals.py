"""Says how strongly a story is about each goal and shows each way of working."""

from collections.abc import Callable, Sequence
from functools import cache

from involve.text.codebook import load_builtin
from involve.text.judging.evidence import TOPIC, gather_evidence, name_of, word_features
from involve.text.judging.table import LinearTable
from involve.text.matching import CueHit, Word

_AUDIBLE = 0.1  # a topic with less weight for a goal is no reason to show
_MOST_TOPICS = 3

Reweigh = Callable[[str, float], float]  # a concept and its margin by words to its margin


class Judge:
    """One story before the table of goals and ways."""

    def __init__(
        self,
        table: LinearTable,
        words: Sequence[Word],
        hits: Sequence[CueHit],
        names: Sequence[str],
        reweigh: Reweigh | None = None,
    ) -> None:
        """Judge a story of *words* with these *names*, in which *hits* were found; a second opinion may `reweigh`."""
        self._evidence = gather_evidence(words, hits)
        self._table = table
        features = (*self._evidence.features, *word_features(names, table.rarity))
        self.margins = dict(zip(table.answers, table.judge(features), strict=True))
        if reweigh is not None:
            self.margins = {concept: reweigh(concept, margin) for concept, margin in self.margins.items()}

    def ranked(self, scheme: str) -> list[tuple[str, float]]:
        """Return (concept, margin) of *scheme*, the likeliest first."""
        schemes = schemes_by_concept()
        own = [pair for pair in self.margins.items() if schemes[pair[0]] == scheme]
        return sorted(own, key=lambda pair: -pair[1])

    def reasons(self, concept: str) -> list[CueHit]:
        """Return the hits that speak for *concept*: its own cues, or where a goal has none, its loudest topics.

        How bodies worked is never shown by a topic: a way of working without a cue of its own has no reason.
        """
        scheme = schemes_by_concept()[concept]
        own = self._evidence.by_concept.get((scheme, concept), ())
        if own:
            return [hit for hit in own if self._weight(hit, concept) > 0] or list(own)
        return self._loudest_topics(concept) if scheme == "goal" else []

    def _loudest_topics(self, concept: str) -> list[CueHit]:
        """Return the hits of the topics that speak loudest for *concept*."""
        topics = [hits for (scheme, _), hits in self._evidence.by_concept.items() if scheme == TOPIC]
        speaking = [hits for hits in topics if self._weight(hits[0], concept) > _AUDIBLE]
        speaking.sort(key=lambda hits: -self._weight(hits[0], concept))
        return [hit for hits in speaking[:_MOST_TOPICS] for hit in hits]

    def _weight(self, hit: CueHit, concept: str) -> float:
        return self._table.weight(name_of(hit), concept)


@cache
def schemes_by_concept() -> dict[str, str]:
    """Return the scheme of each concept of the built-in codebook."""
    return {concept.id: concept.scheme for concept in load_builtin().concepts}
