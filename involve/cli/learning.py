"""The command that learns a project's themes from labelled stories: involve learn."""

import sys
from pathlib import Path

import click

from involve.cli.readers import InputStory, read_rows
from involve.cli.tables import write_columns
from involve.errors import BadInput
from involve.text.codebook import load_codebook
from involve.text.concepts import Codebook
from involve.text.learning.model import Model, save_model
from involve.text.learning.train import LEAST_EXAMPLES, Example
from involve.text.learning.train import learn as learn_from

_MOST_NAMED = 10  # faults told in one run


@click.command()
@click.argument("labelled", metavar="LABELLED.jsonl", type=click.Path(path_type=Path))
@click.option(
    "--codebook",
    "codebook_path",
    required=True,
    metavar="CODEBOOK",
    type=click.Path(path_type=Path),
    help="The project's codebook (TOML or JSON), whose cues are where learning starts.",
)
@click.option(
    "--out",
    "out",
    required=True,
    metavar="MODEL",
    type=click.Path(path_type=Path),
    help="Where to write the model, for involve tag --codebook CODEBOOK --model MODEL.",
)
@click.option(
    "--folds",
    default=3,
    show_default=True,
    type=click.IntRange(0, 20),
    help="Parts for cross-validation, by which the model is scored; 0 leaves the scores out and is quicker.",
)
@click.option(
    "--forget",
    "forgotten",
    multiple=True,
    metavar="ID",
    help='Leave out the story with this "id"; may be given more than once.',
)
def learn(labelled: Path, codebook_path: Path, out: Path, folds: int, forgotten: tuple[str, ...]) -> None:
    """Learn from labelled stories which themes a story has.

    LABELLED.jsonl holds an object a line: "text", and "labels", a list of theme ids of the codebook (it may be empty).
    A theme with fewer than 10 labelled stories keeps its cues. The same files always give the same model, a JSON file
    that names each weight by the word that it belongs to. It is of use with this version of the codebook only.

    \b
    Example:
      involve learn labelled.jsonl --codebook themes.toml --out themes.model.json
      involve tag stories.csv --codebook themes.toml --model themes.model.json
    """
    codebook = load_codebook(codebook_path)
    rows = [row for row in read_rows(labelled) if str(row.id) not in forgotten]
    examples = _read_labels(rows, codebook)
    steps = len(codebook.concepts) * (folds + 1 if folds > 1 else 1)
    with click.progressbar(length=steps, label="Learning", file=sys.stderr) as bar:
        model = learn_from(examples, codebook, folds, bar.update)
    try:
        save_model(model, out)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written ({error.strerror})") from error
    click.echo("\n".join(_tell(model, out)))


def _read_labels(rows: list[InputStory], codebook: Codebook) -> list[Example]:
    """Return the labelled stories; every fault is told in one run."""
    known = {concept.id for concept in codebook.concepts}
    faults, examples = [], []
    for row in rows:
        labels = row.row.get("labels")
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
            faults.append(f'{row.place}: "labels" is not a list of theme ids')
        elif unknown := sorted(set(labels) - known):
            faults.append(f"{row.place}: not in the codebook: {', '.join(unknown)}")
        else:
            examples.append(Example(row.text, frozenset(labels)))
    if faults:
        more = len(faults) - _MOST_NAMED
        raise BadInput("; ".join(faults[:_MOST_NAMED]) + (f"; and {more} more" if more > 0 else ""))
    return examples


def _tell(model: Model, out: Path) -> list[str]:
    """Return what was learnt, in lines."""
    lines = [f"{out.name}: learnt from {model.rows} stories"]
    by_cues = [theme for theme, count in model.examples.items() if theme not in model.weights]
    if by_cues:
        lines.append(
            f"Left to their cues (fewer than {LEAST_EXAMPLES} stories with or without): {', '.join(by_cues)}"
        )
    if model.scores:
        rows = [("F1 by cross-validation", "stories", "micro", "macro")]
        rows += [
            (name, f"{score['stories']:.0f}", f"{score['micro']:.3f}", f"{score['macro']:.3f}")
            for name, score in model.scores.items()
        ]
        lines += list(write_columns(rows))
    return lines
