"""The second step: codes work once, clocks may differ a little, what is kept is sealed, paper stands in for the app."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, text

from involve.database import SessionFactory, transaction
from involve.models import Event, Letter, SecondFactor
from involve.services.staff.recovery import HOW_MANY, count_codes, renew_codes, use_recovery_code
from involve.services.staff.second_factor import (
    STEP,
    CodeRefused,
    app_address,
    lacks_second_factor,
    new_secret,
    remove_second_factor,
    second_factor_since,
    set_second_factor,
    use_code,
)
from tests.factories import CODE_KEY, NOW, make_staff

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LATER = NOW + timedelta(minutes=5)
ONE = timedelta(seconds=STEP)


def code_at(moment=NOW, secret: str = SECRET) -> str:  # type: ignore[no-untyped-def]
    """What the app shows at a moment: pyotp on its own."""
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def user_id(factory: SessionFactory) -> int:
    """Someone with a second step, beside a colleague with another."""
    with transaction(factory) as session:
        mair, noise = make_staff(session).user_id, make_staff(session).user_id
        for each, secret in ((mair, SECRET), (noise, new_secret())):
            set_second_factor(session, each, secret, code_at(secret=secret), NOW, CODE_KEY)
            renew_codes(session, each, NOW, CODE_KEY)
    return mair


def take(factory: SessionFactory, user_id: int, typed: str, moment=LATER) -> str:  # type: ignore[no-untyped-def]
    """Use a code, and return why it was refused, or nothing."""
    try:
        with transaction(factory) as session:
            use_code(session, user_id, typed, moment, CODE_KEY)
    except CodeRefused as refused:
        return refused.why
    return ""


def test_a_code_works_once_and_that_of_setting_up_not_again(factory: SessionFactory, user_id: int) -> None:
    assert take(factory, user_id, code_at(NOW), NOW) == "used"
    assert take(factory, user_id, code_at(LATER)) == ""
    assert take(factory, user_id, code_at(LATER)) == "used"
    # Nor does an older one that was never typed: the newest that worked closes all before it.
    assert take(factory, user_id, code_at(LATER - ONE)) == "used"


@pytest.mark.parametrize(
    ("apart", "why"),
    [(0, ""), (1, ""), (-1, ""), (2, "clock"), (-2, "clock"), (-18, "clock"), (20, "clock"), (30, "wrong")],
)
def test_clocks_may_differ_by_one_step_and_a_wrong_clock_is_told_apart(
    factory: SessionFactory, user_id: int, apart: int, why: str
) -> None:
    moment = NOW + timedelta(hours=1)
    assert take(factory, user_id, code_at(moment + apart * ONE), moment) == why


def test_a_site_whose_clock_went_back_says_so_and_takes_no_code_twice(
    factory: SessionFactory, user_id: int
) -> None:
    assert take(factory, user_id, code_at(LATER)) == ""
    back = LATER - timedelta(minutes=4)
    assert take(factory, user_id, code_at(back), back) == "clock"
    with factory() as session:
        assert session.get_one(SecondFactor, user_id).last_step == int(LATER.timestamp()) // STEP


@pytest.mark.parametrize("typed", ["000000", "", "12345", "abcdef", "½½½½½½", code_at(LATER) + "1"])
def test_anything_else_is_wrong(factory: SessionFactory, user_id: int, typed: str) -> None:
    assert take(factory, user_id, typed) == "wrong"


def test_spaces_in_a_code_do_not_matter_and_a_code_opens_its_own_account_only(
    factory: SessionFactory, user_id: int
) -> None:
    code = code_at(LATER)
    assert take(factory, user_id + 1, code) == "wrong"
    assert take(factory, user_id, f" {code[:3]} {code[3:]} ") == ""


def test_nothing_that_makes_codes_can_be_read_in_the_database(factory: SessionFactory, user_id: int) -> None:
    with transaction(factory) as session:
        codes = renew_codes(session, user_id, NOW, CODE_KEY)
    with factory() as session:
        kept = str(
            [
                session.execute(text(f"select * from {table}")).all()
                for table in ("second_factor", "recovery_code")
            ]
        )
        events = str([(event.kind, event.detail) for event in session.scalars(select(Event))])
        assert SECRET not in kept
        assert not any(code.replace("-", "") in kept or code in kept for code in codes)
        assert not any(secret in events for secret in (SECRET, *codes))


def test_it_is_not_set_unless_the_app_shows_the_right_code(factory: SessionFactory, user_id: int) -> None:
    with transaction(factory) as session:
        someone = make_staff(session)
        assert lacks_second_factor(session, someone)
        with pytest.raises(CodeRefused):
            set_second_factor(session, someone.user_id, SECRET, "000000", NOW, CODE_KEY)
        assert second_factor_since(session, someone.user_id) is None
        assert not lacks_second_factor(session, make_staff(session, "analyst"))


def test_taking_it_away_voids_the_codes_tells_the_owner_and_leaves_others_alone(
    factory: SessionFactory, user_id: int
) -> None:
    with transaction(factory) as session:
        before = len(session.scalars(select(Letter)).all())
        remove_second_factor(session, user_id, NOW)
    with factory() as session:
        assert second_factor_since(session, user_id) is None
        assert count_codes(session, user_id) == 0
        assert second_factor_since(session, user_id + 1) == NOW
        assert count_codes(session, user_id + 1) == HOW_MANY
        letters = session.scalars(select(Letter)).all()
        assert [letter.kind for letter in letters[before:]] == ["sign_in_changed"]


def test_each_recovery_code_works_once_for_its_owner_however_it_is_typed(
    factory: SessionFactory, user_id: int
) -> None:
    with transaction(factory) as session:
        codes = renew_codes(session, user_id, NOW, CODE_KEY)
        assert len(set(codes)) == HOW_MANY
        with pytest.raises(CodeRefused, match="wrong"):
            use_recovery_code(session, user_id + 1, codes[0], NOW, CODE_KEY)
        use_recovery_code(
            session, user_id, codes[0].lower().replace("-", " ").replace("0", "o"), NOW, CODE_KEY
        )
        with pytest.raises(CodeRefused, match="used"):
            use_recovery_code(session, user_id, codes[0], NOW, CODE_KEY)
        with pytest.raises(CodeRefused, match="wrong"):
            use_recovery_code(session, user_id, "", NOW, CODE_KEY)
        assert count_codes(session, user_id) == HOW_MANY - 1


def test_new_recovery_codes_void_the_old_ones(factory: SessionFactory, user_id: int) -> None:
    with transaction(factory) as session:
        old = renew_codes(session, user_id, NOW, CODE_KEY)
        renew_codes(session, user_id, NOW, CODE_KEY)
        with pytest.raises(CodeRefused, match="wrong"):
            use_recovery_code(session, user_id, old[0], NOW, CODE_KEY)


def test_an_app_is_told_whose_account_it_is() -> None:
    address = app_address(SECRET, "mair@corff.example")
    assert address.startswith("otpauth://totp/Involve:mair%40corff.example?secret=" + SECRET)
    assert "issuer=Involve" in address
