"""Makes the second opinion, beside tables that had not learnt from the story at hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from involve.text.codebook import load_builtin
from involve.text.judging.evidence import word_names
from involve.text.judging.goals import Judge
from involve.text.judging.learn import ReadStory, learn_goals
from involve.text.judging.opinion import Opinion, learn_opinion
from involve.text.judging.risks import RISK
from involve.text.meaning import centre_of, embed, off_centre

FOLDS = 5
_MOST = 3.0  # margins of danger beyond this are as good as certain

Row = Mapping[str, Any]


def make_opinion(
    rows: Sequence[Row],
    read: Sequence[ReadStory],
    risk_rows: Sequence[Row],
    risk_margins: Sequence[float],
    made_from: Mapping[str, Any],
) -> Opinion:
    """Return the opinion on goals and ways learnt from *rows* (and how they were *read*), and on danger.

    `risk_margins` are those of *risk_rows* by tables that had not learnt from them.

    Raises:
        SettingsError: the extra `embeddings` is not installed.
    """
    vectors = list(embed(row["text"] for row in rows))
    centre = centre_of(vectors)
    seen = [off_centre(vector, centre) for vector in vectors]
    labels = [story.labels for story in read]
    goals = learn_opinion(_margins_apart(read), seen, labels, centre, made_from)
    risky = [off_centre(vector, centre) for vector in embed(row["text"] for row in risk_rows)]
    risks = learn_opinion(
        [{RISK: max(-_MOST, min(margin, _MOST))} for margin in risk_margins],
        risky,
        [{RISK: "concern"} if row["safeguarding"] else {} for row in risk_rows],
        centre,
        made_from,
    )
    return goals.join(risks)


def _margins_apart(read: Sequence[ReadStory]) -> list[Mapping[str, float]]:
    """Return the margins of each story by a table that had not learnt from it."""
    margins: list[Mapping[str, float]] = [{} for _ in read]
    for fold in range(FOLDS):
        learnt = [story for at, story in enumerate(read) if at % FOLDS != fold]
        table = learn_goals(learnt, load_builtin(), {})
        for at in range(fold, len(read), FOLDS):
            margins[at] = Judge(table, read[at].words, read[at].hits, word_names(read[at].words)).margins
    return margins
