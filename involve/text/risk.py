"""Says which words of a story may mean that someone is at risk of serious harm, so that a person looks at once."""

from collections.abc import Callable, Sequence

from involve.text.judging.risks import RISK, judge_stretches, loudest_sentence
from involve.text.judging.table import LinearTable
from involve.text.matching import Word
from involve.text.risk_signs import find_signs
from involve.text.types import Passage

# Chosen so that some four in a hundred ordinary stories are held, of the development gold and of other_4, neither of
# them learnt from. Danger is found in one story of three by cross-validation over stories written to be oblique.
CUT = 0.22


def find_risk(
    text: str,
    words: Sequence[Word] = (),
    table: LinearTable | None = None,
    reweigh: Callable[[str, float], float] | None = None,
) -> tuple[Passage, ...]:
    """Return the passages of *text* that may speak of suicide, self-harm, abuse, neglect, violence or threats.

    Phrases that name harm always count, in either language, but for figures of speech (*killing myself laughing*,
    *marw isio panad*). With its *words* and a learnt *table*, so does a stretch in which danger is pieced together
    without being named; a second opinion may `reweigh` how likely that is. The passages are in order and apart from
    each other; they ask a person to look and decide nothing.
    """
    signs = find_signs(text)
    spans = [(sign.start, sign.end) for sign in signs]
    if table is not None:
        judged = judge_stretches(words, signs, table)
        moved = 0.0
        if judged and reweigh is not None:
            # The opinion is on the whole story: it moves all its stretches alike.
            best = max(margin for _, margin in judged)
            moved = reweigh(RISK, best) - best
        # Where a sign stands it is the reason; elsewhere the sentence that speaks most.
        spans += [
            loudest_sentence(stretch, signs, table)
            for stretch, margin in judged
            if margin + moved > CUT and not stretch.signs
        ]
    return tuple(Passage(start, end, text[start:end]) for start, end in _merge(spans))


def _merge(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *spans* in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
