"""The text commands: tag, redact, evaluate, codebook. They need no site, database, secret or network."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import click

from involve.cli.options import files_argument, format_option, opinion_option, progress
from involve.cli.readers import InputStory, read_rows, read_stories
from involve.cli.reading import choose_reading, load_codebook_for_reading
from involve.cli.tables import evaluation_table, tag_table
from involve.errors import BadInput
from involve.text.codebook import Codebook, check_codebook, load_codebook
from involve.text.codebook_check import warn_unused
from involve.text.codebook_writing import as_json, as_refi
from involve.text.evaluation import Judged, compare, labels_of, read_labels
from involve.text.learning.model import load_model
from involve.text.personal import find_personal
from involve.text.pipeline import Reading, analyse
from involve.text.redaction import redact as redact_text
from involve.text.types import Analysis, PersonalDetail

_SEED = 2015  # the year of the Act; any fixed number keeps intervals the same from run to run


@click.command()
@files_argument
@click.option(
    "--codebook",
    "codebook_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A project's codebook (TOML, JSON or QDC): its themes are suggested beside goals and ways.",
)
@click.option(
    "--model",
    "model_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What involve learn made of labelled stories for that codebook.",
)
@opinion_option
@format_option("jsonl", help_text="A table to read, or one JSON object a story.")
def tag(
    files: tuple[str, ...],
    codebook_path: Path | None,
    model_path: Path | None,
    second_opinion: bool,
    form: str,
) -> None:
    """Suggest tags for stories: well-being goals, ways of working and, with a codebook, themes.

    FILE ends in .txt (one story a file), .jsonl (an object a line with "text" and perhaps "id") or .csv (a column
    text, perhaps a column id); - or nothing reads one story from standard input. Each tag comes with its stance
    (strength, concern, idea or mixed), how sure it is from 0 to 1, and the words of the story that caused it.
    Nothing is stored or sent anywhere.

    \b
    Examples:
      involve tag story.txt
      involve tag --format jsonl stories.jsonl > tags.jsonl
      echo "Dim bws ar ôl chwech" | involve tag
    """
    themes = load_codebook(codebook_path) if codebook_path else None
    if model_path and not themes:
        raise BadInput("--model needs the --codebook that it was made for")
    model = load_model(model_path, themes) if model_path and themes else None
    reading = choose_reading(second_opinion)
    given = read_stories(files, sys.stdin.buffer)
    builtin = load_codebook_for_reading(themes)
    with progress(given, "Reading") as stories:
        for story in stories:
            analysis = analyse(story.text, builtin, themes, model, reading)
            _write_line(tag_table(story.id, analysis) if form == "table" else _as_json(story.id, analysis))


@click.command()
@files_argument
@format_option("jsonl", table="text", help_text="The text, or one JSON object a story.")
def redact(files: tuple[str, ...], form: str) -> None:
    """Replace personal details in stories by a mark of their kind in both languages, such as [ffôn · phone].

    FILE is as for `involve tag`. Names, phone numbers, addresses and the like are found by rule and may be missed:
    a person should read the result before it is published.
    """
    stories = read_stories(files, sys.stdin.buffer)
    with progress(stories, "Redacting") as each_story:
        for story in each_story:
            details = find_personal(story.text)
            redacted = redact_text(story.text, details).text
            if form == "jsonl":
                row = {"id": story.id, "redacted": redacted, "personal": [_detail(each) for each in details]}
                _write_line(json.dumps(row, ensure_ascii=False))
            else:
                _write_line(
                    (f"--- {story.place}\n" if len(stories) > 1 else "") + redacted.removesuffix("\n")
                )


@click.command()
@click.argument("gold", metavar="GOLD.jsonl", type=click.Path(path_type=Path))
@click.option("--by", "by", type=click.Choice(["language"]), help="Also give the scores of each language.")
@opinion_option
@format_option("json")
def evaluate(gold: Path, by: str | None, second_opinion: bool, form: str) -> None:
    """Measure suggestions against labelled stories: precision, recall, F1 and agreement, with ranges.

    GOLD.jsonl holds an object a line: "text", "goals" and "ways" (each from an id to a stance), and perhaps
    "lang", "spam" and "safeguarding". The table explains its columns.
    """
    reading = choose_reading(second_opinion)
    given = read_rows(gold)
    builtin = load_codebook_for_reading()
    with progress(given, "Reading") as stories:
        judged = [_judge(story, builtin, reading) for story in stories]
    evaluations = compare(judged, Random(_SEED), by_language=by == "language")  # noqa: S311 - no secret
    if form == "json":
        _write_line(json.dumps([asdict(each) for each in evaluations], ensure_ascii=False, indent=2))
    else:
        _write_line(evaluation_table(evaluations))


@click.group()
def codebook() -> None:
    """Check a project's codebook, or write it anew: its themes, their definitions, the words they are known by."""


@codebook.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--texts",
    "texts",
    multiple=True,
    metavar="FILE",
    help="Stories as for involve tag: also list the cues that none of them holds. May be given more than once.",
)
def check(file: Path, texts: tuple[str, ...]) -> None:
    """List what is wrong with the codebook FILE (exit status 2), and what could be better (exit status 0).

    \b
    A codebook is TOML or JSON of this shape, both languages side by side:
      {"themes": [{"id": "buses",
                   "name": {"cy": "Bysiau", "en": "Buses"},
                   "definition": {"cy": "…", "en": "…"},
                   "cues": {"cy": ["bws", "amserlen"], "en": ["bus", "timetable*"]}}]}
    A cue is a word, a phrase, or the beginning of a word with a * after it; every mutation and inflection of it
    is found.
    """
    found = check_codebook(file)
    if texts and not found.errors:
        stories = [story.text for story in read_stories(texts, sys.stdin.buffer)]
        warn_unused(load_codebook(file).concepts, stories, found)
    for problem in found.warnings:
        click.echo(f"warning: {problem.place}: {problem.reason}")
    for problem in found.errors:
        click.echo(f"error: {problem.place}: {problem.reason}", err=True)
    if found.errors:
        raise BadInput(f"{file.name}: {len(found.errors)} errors, {len(found.warnings)} warnings")
    click.echo(f"{file.name}: no errors, {len(found.warnings)} warnings")


@codebook.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(path_type=Path, dir_okay=False)
)
def convert(file: Path, output: Path) -> None:
    """Write the codebook FILE (TOML, JSON or QDC) anew, as JSON (.json) or REFI-QDA (.qdc).

    QDC is what programs of qualitative research exchange codes by. Codes of such a program become themes by their
    names, with what it says of them as definition, in both languages until you translate it; groups are left out.
    """
    found = check_codebook(file)
    if found.errors:
        raise BadInput(f"{file.name}: {found.errors[0].place}: {found.errors[0].reason}")
    writers = {".json": as_json, ".qdc": as_refi}
    if output.suffix.lower() not in writers:
        raise BadInput(f"{output.name}: the name of the new file ends in .json or .qdc.")
    concepts = load_codebook(file).concepts
    output.write_bytes(writers[output.suffix.lower()](concepts))
    click.echo(f"Themes: {len(concepts)} in {output}")


def _judge(story: InputStory, builtin: Codebook, reading: Reading) -> Judged:
    labels = read_labels(story.row, story.place)
    return Judged(
        str(story.row.get("lang", "und")), labels, labels_of(analyse(story.text, builtin, reading=reading))
    )


def _as_json(story_id: Any, analysis: Analysis) -> str:
    """Return an analysis as the JSON object that the contract fixes."""
    tags = [
        {
            "scheme": tag.scheme,
            "concept": tag.concept,
            "stance": tag.stance,
            "confidence": round(tag.confidence, 3),
            "passages": [asdict(passage) for passage in tag.passages],
        }
        for tag in analysis.tags
    ]
    row = {
        "id": story_id,
        "language": analysis.language,
        "tags": tags,
        "personal": [_detail(each) for each in analysis.personal],
        "safeguarding": bool(analysis.risk),
        "spam": bool(analysis.spam),
    }
    return json.dumps(row, ensure_ascii=False)


def _detail(detail: PersonalDetail) -> dict[str, Any]:
    return {"start": detail.start, "end": detail.end, "kind": detail.kind}


def _write_line(line: str) -> None:
    """Write *line* as UTF-8, whatever the terminal's setting."""
    click.echo(line.encode("utf-8"))
