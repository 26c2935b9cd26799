"""Says whether a passage shows a strength, a concern, an idea or both sides, by its signs and the story's words."""

from collections.abc import Sequence
from typing import cast

from involve.text.judging.evidence import word_features
from involve.text.judging.table import Feature, LinearTable
from involve.text.matching import CueHit, Word
from involve.text.stance import StanceReader
from involve.text.types import Stance

_FULL = 3.0  # signs together say no more than this
_SLIGHT = 0.3
_ALONE = 1.0  # signs that say less than this together are thin evidence


class StanceJudge:
    """The stances of one story: by a learnt table where there is one, by the signs alone where there is none."""

    def __init__(
        self, words: Sequence[Word], hits: Sequence[CueHit], names: Sequence[str], table: LinearTable | None
    ) -> None:
        """Read a story of *words* with these *names*, in which *hits* were found."""
        self._reader = StanceReader(words, hits)
        self._table = table
        # What the words say is the same for every passage of the story.
        self._said = table.judge(word_features(names, table.rarity)) if table else []

    def judge(self, hits: Sequence[CueHit]) -> Stance:
        """Return the stance of the passages of *hits*, taken together."""
        if self._table is None:
            return self._reader.read_stance(hits)
        margins = self._table.judge(sign_features(self._reader, hits), self._said)
        best = max(range(len(margins)), key=margins.__getitem__)
        return cast(Stance, self._table.answers[best])


def sign_features(reader: StanceReader, hits: Sequence[CueHit]) -> list[Feature]:
    """Return what the signs near *hits* say: the sum for each stance, its share, and what speaks for both sides."""
    sums = reader.sum_signs(hits)
    total = sum(sums.values())
    features = [(f"sign {stance}", min(value, _FULL) / 2) for stance, value in sums.items() if value]
    features += [(f"share {stance}", value / max(total, _ALONE)) for stance, value in sums.items() if value]
    both = min(sums["strength"], sums["concern"]) + sums["mixed"]
    return [
        *features,
        ("both sides", min(both, _FULL)),
        ("turn from praise", float(reader.turns > 0 and sums["strength"] > _SLIGHT)),
        ("requests", min(reader.requests, 2) / 2),
        ("denials", min(reader.denials, 4) / 4),
        ("no denial", float(reader.denials == 0)),
    ]
