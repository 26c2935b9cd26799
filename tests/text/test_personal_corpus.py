"""Personal details measured on made-up British texts with marked details (the development part)."""

import json
from collections import Counter
from pathlib import Path

import pytest

from involve.text.personal import find_personal
from targets.care import KINDS
from tests.servers import require_shared


@pytest.fixture(scope="module")
def corpus() -> Path:
    return require_shared("data/corpora/presidio_pii/uk_dev.jsonl")


def test_structured_details_are_missed_once_in_a_hundred_and_names_once_in_twenty(corpus: Path) -> None:
    marked, seen, said, right = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        details = find_personal(row["text"])
        spans = [(span["start"], span["end"], KINDS.get(span["type"])) for span in row["spans"]]
        for start, end, kind in spans:
            if kind is not None:
                hidden = sum(max(0, min(end, each.end) - max(start, each.start)) for each in details)
                marked[kind] += 1
                seen[kind] += hidden >= 0.8 * (end - start)
        for each in details:
            said[each.kind] += 1
            right[each.kind] += any(
                start < each.end and each.start < end and kind == each.kind for start, end, kind in spans
            )
    structured = ("phone", "card", "postcode", "other", "email", "nhs", "url")
    assert sum(seen[kind] for kind in structured) >= 0.99 * sum(marked[kind] for kind in structured)
    assert seen["address"] >= 0.96 * marked["address"]
    assert seen["name"] >= 0.95 * marked["name"]
    assert right["name"] >= 0.93 * said["name"]
