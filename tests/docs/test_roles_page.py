"""The page on who may do what is what the rules in the code say."""

from pathlib import Path

from involve.roles import render

PAGE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"


def test_the_page_on_roles_is_up_to_date() -> None:
    fresh = PAGE.read_text(encoding="utf-8") == render()
    assert fresh, "run `make roles` (python -m involve.roles > docs/roles.md) and commit docs/roles.md"
