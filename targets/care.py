"""Personal details, signs of harm, and speed."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from involve.text.codebook import load_builtin
from involve.text.personal import find_personal
from involve.text.pipeline import analyse
from targets.measure import SHARED, Measure

KINDS = {
    "PERSON": "name",
    "ADDRESS": "address",
    "PHONE": "phone",
    "CARD": "card",
    "POSTCODE": "postcode",
    "IBAN": "other",
    "EMAIL": "email",
    "IP": "other",
    "NHS_NUMBER": "nhs",
    "URL": "url",
}
_STORIES = Path(__file__).parents[1] / "tests" / "text" / "stories"
STRUCTURED = frozenset({"phone", "card", "postcode", "other", "email", "nhs", "url"})
COVERED = 0.8  # of a detail's letters; less leaves it readable


def measure_personal() -> Iterator[Measure]:
    """Yield recall of details with a fixed form, and recall and precision of names."""
    marked, seen, said, right = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    corpus = SHARED / "corpora" / "presidio_pii" / "uk_dev.jsonl"
    for row in map(json.loads, corpus.read_text("utf-8").splitlines()):
        found = find_personal(row["text"])
        spans = [(span["start"], span["end"], KINDS.get(span["type"])) for span in row["spans"]]
        for start, end, kind in spans:
            if kind:
                hidden = sum(max(0, min(end, each.end) - max(start, each.start)) for each in found)
                marked[kind] += 1
                seen[kind] += hidden >= COVERED * (end - start)
        for each in found:
            said[each.kind] += 1
            right[each.kind] += any(
                start < each.end and each.start < end and kind == each.kind for start, end, kind in spans
            )
    structured = sum(seen[kind] for kind in STRUCTURED) / sum(marked[kind] for kind in STRUCTURED)
    on = "UK texts, development part"
    yield Measure("personal details of fixed form, recall", on, 0.99, structured)
    yield Measure("names, recall", on, 0.90, seen["name"] / marked["name"])
    yield Measure("names, precision", on, 0.90, right["name"] / said["name"])


def measure_risk() -> Iterator[Measure]:
    """Yield recall of stories of danger and the share of others held: on stories never learnt from, and on the gold."""
    known = (
        ("a writer kept apart, half of it oblique", _STORIES / "kept_apart" / "risk_9.jsonl"),
        ("another, on despair", _STORIES / "kept_apart" / "risk_10.jsonl"),
        ("a third, every kind", _STORIES / "kept_apart" / "risk_11.jsonl"),
        ("a writer kept apart", _STORIES / "kept_apart" / "other_4.jsonl"),
        ("gold for development", SHARED / "gold" / "dev.jsonl"),
    )
    for name, path in known:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
        held = [(row["safeguarding"], bool(analyse(row["text"], load_builtin()).risk)) for row in rows]
        danger = [found for wanted, found in held if wanted]
        other = [found for wanted, found in held if not wanted]
        yield Measure("danger found", f"{name}: {len(danger)} stories", 12 / 13, sum(danger) / len(danger))
        yield Measure(
            "others held", f"{name}: {len(other)} stories", 0.05, sum(other) / len(other), at_most=True
        )


def measure_speed() -> Iterator[Measure]:
    """Yield the speed against a bare dictionary of the same run, memory and start, from `involve bench tag`."""
    command = [str(Path(sys.executable).with_name("involve")), "bench", "tag", "--format", "json"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    values = {each["name"]: each["value"] for each in json.loads(done.stdout)["figures"]}
    on = "involve bench tag"
    yield Measure("tags, share of the bare dictionary's speed", on, 0.5, values["tags_ratio"])
    yield Measure("everything, share of the bare dictionary's speed", on, 0.15, values["everything_ratio"])
    yield Measure("memory, MB", on, 250, values["memory"], at_most=True)
    yield Measure("ready, s", on, 0.5, values["cold_start"], at_most=True)
