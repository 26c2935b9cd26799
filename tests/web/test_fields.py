"""Fields: whatever a browser sends in place of a number is a number or none."""

import pytest

from involve.services.projects.projects import LARGEST_ID
from involve.web.fields import read_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("007", 7),
        ("", 0),
        (None, 0),
        ("-1", 0),
        ("1.5", 0),
        ("٣", 0),
        ("²", 0),
        ("9" * 5000, LARGEST_ID),
    ],
)
def test_a_number_that_travels_with_a_form_is_never_more_than_a_database_holds(
    typed: str | None, number: int
) -> None:
    assert read_number(typed) == number
