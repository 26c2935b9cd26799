"""Twenty stories that were gathered elsewhere, ten in each language, imported with a code for each teller."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.journeys.conftest import RunningSite

SLUG = "bysiau-min-nos"
DAYS = {
    "cy": ["Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul", "pob", "gaeaf", "haf"],
    "en": [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "every",
        "winter",
        "summer",
    ],
}
WORDS = {
    "cy": "Does dim bws ar ôl chwech, felly ar nos {} dw i’n methu cyrraedd y feddygfa. Dw i’n teimlo’n unig gartref.",
    "en": "There is no bus after six, so on a {} evening I cannot get to the surgery. I feel lonely at home.",
}


@dataclass(frozen=True)
class Teller:
    """Somebody whose story was gathered: their language, its reference, and the code that they were given."""

    language: str
    reference: str
    code: str


def gather(site: RunningSite) -> list[Teller]:
    """Open a project whose answers were due yesterday, import the stories, published, and return their tellers."""
    today = date.today()
    involve(
        site, "project", "add", SLUG, "--body", "dyffryn-enghraifft",
        "--name-cy", "Bysiau min nos", "--name-en", "Evening buses",
        "--question-cy", "Sut beth yw teithio gyda’r nos?", "--question-en", "What is travelling in the evening like?",
        "--opens", str(today - timedelta(days=60)), "--closes", str(today - timedelta(days=20)),
        "--answer-by", str(today - timedelta(days=1)),
    )  # fmt: skip
    rows = [
        {"id": f"{language}{number}", "text": WORDS[language].format(day)}
        for language in ("cy", "en")
        for number, day in enumerate(DAYS[language])
    ]
    file, codes = site.folder / "gathered.jsonl", site.folder / "codes.csv"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    involve(
        site, "import", str(file), "--project", SLUG, "--source", "papur", "--consent", "publish,quote",
        "--publish", "--because", "Darllenwyd ar bapur / Read on paper", "--codes", str(codes),
    )  # fmt: skip
    return read_codes(codes)


def read_codes(file: Path) -> list[Teller]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [Teller(row["id"][:2], row["reference"], row["code"]) for row in csv.DictReader(lines)]


def involve(site: RunningSite, *arguments: str) -> None:
    """Run a command on the data of the running site."""
    command = [str(Path(sys.executable).with_name("involve")), *arguments]
    environment = {**os.environ, "INVOLVE_DATA_DIR": str(site.folder)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
