"""The page on data protection names every table."""

import re
from pathlib import Path

from involve.models import Base

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-protection.md"


def test_every_table_is_named_and_none_that_is_not_there() -> None:
    table = PAGE.read_text(encoding="utf-8").split("| table |")[1].split("\n\n")[0]
    named = {name for line in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named == set(Base.metadata.tables)
