"""Writes the results of the text commands as tables for people to read."""

from collections.abc import Iterable, Sequence

from involve.text.evaluation import Evaluation, PartScores, Score
from involve.text.types import Analysis

_LONGEST_QUOTE = 40
_COLUMNS = ("", "gold", "suggested", "precision", "recall", "F1", "95 % range of F1", "alpha")
_CAPTION = """\
Each row compares what the software suggests with what people labelled.
  gold       stories that people gave the label (for a stance: tags)
  suggested  stories that the software gave it
  precision  share of the suggestions that are right
  recall     share of the gold that is found
  F1         harmonic mean of the two, with the range that holds 95 of 100 resamplings of the stories
  micro      every label counts alike; macro: the mean over the labels that occur
  alpha      Krippendorff's agreement of software and gold (1 perfect, 0 chance); the mean over labels
A stance is judged only where the tag itself is right. Flags ask a person to look."""


def write_columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Yield *rows* as lines with columns of one width; the last column is not padded."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def tag_table(story_id: object, analysis: Analysis) -> str:
    """Return one story's analysis: a head line, then a line for each tag with the words behind it."""
    head = [f"{'-' if story_id is None else story_id}  [{analysis.language}]"]
    if analysis.risk:
        head.append("someone may be at risk: a person should read this today")
    if analysis.spam:
        head.append(f"may be no story ({', '.join(analysis.spam)})")
    if analysis.personal:
        head.append("personal details: " + ", ".join(sorted({detail.kind for detail in analysis.personal})))
    rows = [
        (
            f"  {tag.scheme}",
            tag.concept,
            tag.stance,
            f"{tag.confidence:.2f}",
            " · ".join(_shorten(passage.text) for passage in tag.passages),
        )
        for tag in analysis.tags
    ]
    return "\n".join(["; ".join(head), *(write_columns(rows) if rows else ["  nothing to suggest"])])


def evaluation_table(evaluations: Sequence[Evaluation]) -> str:
    """Return the scores as tables, one for each language and part, under a caption that explains the columns."""
    blocks = [_CAPTION]
    for evaluation in evaluations:
        name = "All stories" if evaluation.language == "all" else f"Language {evaluation.language}"
        blocks.append(f"{name}: {evaluation.stories}")
        rows: list[tuple[str, ...]] = [_COLUMNS]
        for part in evaluation.parts:
            rows.extend(_part_rows(part))
        blocks[-1] += "\n" + "\n".join(write_columns(rows))
    return "\n\n".join(blocks)


def _part_rows(part: PartScores) -> list[tuple[str, ...]]:
    alpha = "-" if part.alpha is None else f"{part.alpha:.2f}"
    rows = [_score_row(f"{part.part} {score.name}", score, "") for score in part.scores]
    rows.append(_score_row(f"{part.part} micro", part.micro, alpha))
    rows.append(_score_row(f"{part.part} macro", part.macro, ""))
    return rows


def _score_row(name: str, score: Score, alpha: str) -> tuple[str, ...]:
    shares = (f"{share:.2f}" for share in (score.precision, score.recall, score.f1))
    return (
        name,
        str(score.in_gold),
        str(score.suggested),
        *shares,
        f"{score.low:.2f} to {score.high:.2f}",
        alpha,
    )


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
