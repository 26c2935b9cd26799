"""Letters to staff: the words of a kind in either language, where they lead, and nothing of what they are about."""

import pytest

from involve.documents.letters import write_words
from involve.services.upkeep.letters import Envelope
from involve.settings import Settings
from tests.factories import NOW, SECRET_KEY

SITE = Settings(secret_key=SECRET_KEY, public_url="https://involve.example")


@pytest.mark.parametrize(
    ("language", "subject", "link", "said"),
    [
        (
            "cy",
            "Mae newyddion am benderfyniad y cyrhaeddodd eich mewnwelediad ato",
            "https://involve.example/cy/staff/fy-mewnwelediadau",
            ("Mewngofnodwch i’w ddarllen:", "Nid oes neb yn darllen atebion i’r e-bost hwn."),
        ),
        (
            "en",
            "There is news of a decision that your insight reached",
            "https://involve.example/en/staff/my-insights",
            ("Sign in to read it:", "Nobody reads answers to this e-mail."),
        ),
    ],
)
def test_a_letter_about_an_outcome_leads_whoever_logged_the_insight_to_it(
    language: str, subject: str, link: str, said: tuple[str, ...]
) -> None:
    envelope = Envelope(1, "decision_outcome", language, "mair@example.org", {}, NOW, user_id=7)
    words = write_words(envelope, SITE)
    lines = words.body.splitlines()
    assert (words.subject, words.stop) == (subject, "")
    assert link in lines
    assert set(said) <= set(lines)
    # One language, and neither an address nor a mark that would sign anybody in.
    other = {"cy": "decision", "en": "penderfyniad"}[language]
    assert other not in words.subject + words.body
    assert "mair" not in words.body
    assert [line for line in lines if "https://" in line] == [link]
