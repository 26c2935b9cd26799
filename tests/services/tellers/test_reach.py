"""What people type to be reached by: addresses, numbers in any spelling, and what cannot be used."""

import pytest

from involve.errors import ContactRefused
from involve.services.tellers.reach import read_reach, spell_reach


@pytest.mark.parametrize(
    ("typed", "channel", "address", "spelt"),
    [
        (" mair@example.org ", "email", "mair@example.org", "mair@example.org"),
        ("07700 900123", "text", "+447700900123", "07700 900123"),
        ("07400 123456", "text", "+447400123456", "07400 123456"),
        ("+44 (0)7400 123 456", "text", "+447400123456", "07400 123456"),
        ("0044 7400-123-456", "text", "+447400123456", "07400 123456"),
        ("+353 85 012 3456", "text", "+353850123456", "+353 85 012 3456"),
    ],
)
def test_an_address_or_number_is_read_and_spelt_back(
    typed: str, channel: str, address: str, spelt: str
) -> None:
    reach = read_reach(typed)
    assert (reach.channel, reach.address) == (channel, address)
    assert spell_reach(address) == spelt
    assert read_reach(spelt) == reach


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "number"),
        ("rhywun", "number"),
        ("999", "number"),
        ("07400 12345", "number"),
        ("07400 123456, 07400 123457", "number"),
        ("07400 123456\r\n07400 123457", "number"),
        ("tel:07400123456", "number"),
        ("07400 123456 x12", "number"),
        ("07400 123456;phone-context=+1", "number"),
        ("٠٧٤٠٠١٢٣٤٥٦", "number"),
        ("1" * 400, "number"),
        ("029 2038 7000", "no_texts"),
        ("070 1234 5678", "no_texts"),
        ("0800 169 0190", "no_texts"),
        ("mair@", "address"),
        ("a@b@c.org", "address"),
    ],
)
def test_what_cannot_be_written_to_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(ContactRefused, match=f"^{reason}$"):
        read_reach(typed)


@pytest.mark.parametrize(
    ("typed", "channels", "reason"),
    [("07400 123456", ("email",), "address"), ("mair@example.org", ("text",), "email")],
)
def test_only_what_the_site_can_write_to_is_taken(typed: str, channels: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ContactRefused, match=reason):
        read_reach(typed, channels)
