"""How somebody may be reached: an e-mail address, or the number of a mobile telephone, read from what they typed."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from involve.errors import ContactRefused

Channel = Literal["email", "text"]
CHANNELS: tuple[Channel, ...] = ("email", "text")
LONGEST_ADDRESS = 254
# Where a number is from that does not say so.
COUNTRY = "GB"
TEXTED = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
# Ofcom keeps these for plays and films: they reach nobody, so that a site can be tried with them.
INVENTED = range(7_700_900_000, 7_700_901_000)


@dataclass(frozen=True, slots=True)
class Reach:
    """An e-mail address as it is written to, or a number as networks write it, such as +447700900123."""

    channel: Channel
    address: str


def read_reach(typed: str, channels: Collection[str] = CHANNELS) -> Reach:
    """Return what was typed as one of *channels*: what holds an @ is an address, anything else a number.

    Nobody is asked whether it exists.

    Raises:
        ContactRefused: it is neither ("address", "number"), a number that takes no texts ("no_texts"), or an address
            where there are only texts ("email").
    """
    channel: Channel = "email" if "@" in typed or "text" not in channels else "text"
    reach = Reach(channel, _read_address(typed) if channel == "email" else _read_number(typed))
    if channel not in channels:
        raise ContactRefused(channel)
    return reach


def spell_reach(address: str) -> str:
    """Return an address or number as its owner reads it: numbers of this country without its prefix."""
    if "@" in address:
        return address
    number = phonenumbers.parse(address, COUNTRY)
    home = number.country_code == phonenumbers.country_code_for_region(COUNTRY)
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    )


def _read_address(typed: str) -> str:
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        # The library's words are English only and quote what was typed.
        raise ContactRefused("address") from error


def _read_number(typed: str) -> str:
    """Return a number as networks write it."""
    line = typed.strip()
    # What the library would read past: names of addresses, letters as on old dials, more lines than one.
    if not line or set(line) - set("+0123456789 ()-.\u00a0\u2010\u2011\u2013"):
        raise ContactRefused("number")
    try:
        number = phonenumbers.parse(line, COUNTRY)
    except phonenumbers.NumberParseException as error:
        raise ContactRefused("number") from error
    if not _takes_texts(number):
        raise ContactRefused("no_texts" if phonenumbers.is_valid_number(number) else "number")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _takes_texts(number: PhoneNumber) -> bool:
    if number.country_code == 44 and number.national_number in INVENTED:
        return True
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in TEXTED
