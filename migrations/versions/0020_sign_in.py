"""Signing in: sessions that can be ended, a second step, recovery codes, passkeys and single sign-on."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def _moment(name: str, nullable: bool = False) -> "sa.Column[object]":
    """Return a column that holds a moment."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _words(*names: str) -> Iterable["sa.Column[str]"]:
    """Return columns that hold words."""
    return (sa.Column(name, sa.String(), nullable=False) for name in names)


def _number(name: str = "id") -> "sa.Column[int]":
    """Return a column that holds a number."""
    return sa.Column(name, sa.Integer(), nullable=False)


def _of_user(table: str) -> sa.ForeignKeyConstraint:
    """Return the rule that rows go with their user."""
    return sa.ForeignKeyConstraint(
        ["user_id"], ["user.id"], ondelete="CASCADE", name=op.f(f"fk_{table}_user_id_user")
    )


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "staff_session",
        *(_number(), _number("user_id"), *_words("token_hash", "mark", "how", "browser")),
        *(_moment(name) for name in ("signed_in_at", "seen_at", "confirmed_at")),
        _of_user("staff_session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_session_token_hash")),
    )
    op.create_table(
        "second_factor",
        *(_number("user_id"), *_words("sealed_secret"), _number("last_step"), _moment("set_at")),
        _of_user("second_factor"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        *(_number(), _number("user_id"), *_words("code_hash"), _moment("used_at", nullable=True)),
        _of_user("recovery_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    op.create_table(
        "passkey",
        *(_number(), _number("user_id"), *_words("credential_id", "public_key")),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        *(*_words("name"), _moment("added_at"), _moment("used_at", nullable=True)),
        _of_user("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_table(
        "identity",
        *(_number(), _number("user_id"), *_words("issuer", "subject"), _moment("bound_at")),
        _of_user("identity"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identity_issuer_subject")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_identity_user_id_issuer")),
    )
    for table in ("staff_session", "recovery_code", "passkey"):
        op.create_index(op.f(f"ix_{table}_user_id"), table, ["user_id"])


def downgrade() -> None:
    """Go back from this revision."""
    for table in ("identity", "passkey", "recovery_code", "second_factor", "staff_session"):
        op.drop_table(table)
