"""The mark of the code key."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import SettingsError
from involve.models import KeyCheck
from involve.services.upkeep.code_key import check_code_key, keep_code_key

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_database_knows_the_key_that_it_was_first_used_with(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        assert check_code_key(session, "one") is None
        keep_code_key(session, "one", NOW)
        keep_code_key(session, "one", NOW)
    with factory() as session:
        assert check_code_key(session, "one") is True
        assert check_code_key(session, "other") is False
        assert "one" not in session.scalars(select(KeyCheck.value)).one()


def test_another_key_is_refused_before_it_makes_codes_that_nobody_can_use_again(
    factory: SessionFactory,
) -> None:
    with transaction(factory) as session:
        keep_code_key(session, "one", NOW)
    with pytest.raises(SettingsError, match="INVOLVE_CODE_KEY"), transaction(factory) as session:
        keep_code_key(session, "other", NOW)
