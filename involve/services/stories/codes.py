"""Story codes and references: made from the client's id with the code key, so that a repeat returns the same."""

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from involve.errors import BadInput

# Crockford's base 32: no I, L, O or U, so nothing is misread when it is copied from paper or read aloud.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")
# 14 characters of 5 bits: 70 bits that nobody can guess, and two characters that tell a slip from a wrong code.
SECRET_LENGTH = 14
CHECK_LENGTH = 2
CHECK_MODULUS = 1021


class CodeMistyped(BadInput):
    """The characters cannot be a story code: one was mistyped or left out."""

    code = "code_mistyped"


def make_code(code_key: str, client_id: UUID) -> str:
    """Return the story code for *client_id*, as four groups of four ("K7QM-3XR9-TB2D-5HWV")."""
    number = int.from_bytes(_digest(code_key, "story code", client_id.bytes)) >> (256 - 5 * SECRET_LENGTH)
    secret = _spell(number, SECRET_LENGTH)
    return group_code(secret + _check_characters(secret))


def read_code(typed: str) -> str:
    """Return the code in *typed*, whatever its case, spaces and hyphens, in its grouped form.

    Raises:
        CodeMistyped: it has the wrong length, a foreign character or the wrong check characters.
    """
    plain = "".join(character for character in typed.upper() if character.isalnum()).translate(MISREAD)
    secret, check = plain[:SECRET_LENGTH], plain[SECRET_LENGTH:]
    if (
        len(plain) != SECRET_LENGTH + CHECK_LENGTH
        or set(plain) - set(ALPHABET)
        or check != _check_characters(secret)
    ):
        raise CodeMistyped(typed)
    return group_code(plain)


def client_of_import(code_key: str, seed: bytes) -> UUID:
    """Return the client id of an imported story: the same for the same row, so that its code can be made again."""
    return UUID(bytes=_digest(code_key, "import", seed)[:16])


def group_code(plain: str) -> str:
    """Return *plain* in groups of four."""
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def hash_code(code_key: str, code: str) -> str:
    """Return the keyed hash under which a story is found by its code (hexadecimal)."""
    return _digest(code_key, "look-up", code.encode()).hex()


def hash_client(code_key: str, client_id: UUID) -> str:
    """Return the keyed hash under which a repeat of the same submission is known (hexadecimal)."""
    return _digest(code_key, "client", client_id.bytes).hex()


def hash_content(code_key: str, content: Mapping[str, object]) -> str:
    """Return the keyed hash of what was sent, to tell a repeat from something else (hexadecimal)."""
    return _digest(code_key, "content", json.dumps(content, sort_keys=True).encode()).hex()


def hash_reference(code_key: str, reference: str) -> str:
    """Return the keyed hash by which a list outside the database knows a story (hexadecimal)."""
    return _digest(code_key, "withdrawal", reference.encode()).hex()


def hash_address(code_key: str, address: str) -> str:
    """Return the keyed hash by which the e-mail address of a follower is found again (hexadecimal)."""
    return _digest(code_key, "follower", address.encode()).hex()


def seal(code_key: str, content: bytes) -> str:
    """Return the seal of a back-up's manifest, which nobody can make without the key (hexadecimal)."""
    return _digest(code_key, "back-up", content).hex()


def sealing_key(code_key: str, purpose: str) -> bytes:
    """Return the 32 bytes under which values of one purpose are sealed."""
    return _digest(code_key, f"sealing {purpose}", b"")


def make_reference(code_key: str, seed: bytes, attempt: int = 0) -> str:
    """Return a public number such as "4821-7730" that says nothing of how many stories there are."""
    number = int.from_bytes(_digest(code_key, f"reference {attempt}", seed)) % 10**8
    return f"{number // 10**4:04d}-{number % 10**4:04d}"


def _digest(code_key: str, purpose: str, content: bytes) -> bytes:
    """Return HMAC-SHA-256 under a key of its own for each purpose, so that no hash helps with another."""
    return hmac.digest(code_key.encode(), purpose.encode() + b"\0" + content, sha256)


def _spell(number: int, length: int) -> str:
    """Write *number* in the alphabet, with leading zeros."""
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(length)))


def _check_characters(secret: str) -> str:
    """Return the two check characters: the number modulo a prime, which catches any single slip or swap."""
    number = 0
    for character in secret:
        number = number * 32 + max(ALPHABET.find(character), 0)
    return _spell(number % CHECK_MODULUS, CHECK_LENGTH)
