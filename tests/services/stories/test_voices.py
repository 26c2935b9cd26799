"""Three voices on one concept: the strongest speaks, and nobody's words are lost."""

import pytest

from involve.models import Tag
from involve.services.stories.voices import bring_together
from tests.factories import NOW


def tag(voice: str, state: str = "", concept: str = "healthier", scheme: str = "goal", **more: object) -> Tag:
    state = state or ("suggested" if voice == "machine" else "confirmed")
    confidence = 0.7 if voice == "machine" else None
    passages = [[0, 4]] if voice == "machine" else []
    values = {"stance": "concern", "confidence": confidence, "passages": passages, "at": NOW, **more}
    return Tag(scheme=scheme, concept=concept, voice=voice, state=state, **values)


@pytest.mark.parametrize(
    ("spoken", "voice", "verdict"),
    [
        ([tag("machine")], "machine", "suggested"),
        ([tag("machine"), tag("staff")], "staff", "confirmed"),
        ([tag("machine"), tag("staff", "rejected")], "staff", "rejected"),
        ([tag("staff", "rejected"), tag("participant")], "participant", "confirmed"),
        ([tag("participant", "rejected"), tag("staff"), tag("machine")], "participant", "rejected"),
        ([tag("participant")], "participant", "confirmed"),
    ],
)
def test_the_teller_outranks_staff_and_people_outrank_the_machine(
    spoken: list[Tag], voice: str, verdict: str
) -> None:
    (understood,) = bring_together(spoken)
    assert (understood.voice, understood.verdict) == (voice, verdict)


def test_disagreement_is_kept_side_by_side() -> None:
    (understood,) = bring_together(
        [tag("participant", "rejected"), tag("staff"), tag("machine", stance="idea")]
    )
    assert (understood.participant, understood.staff, understood.confidence) == ("rejected", "confirmed", 0.7)
    assert understood.stance == "concern"


def test_the_words_that_the_machine_went_by_stay_when_a_person_agrees() -> None:
    (understood,) = bring_together([tag("machine"), tag("participant")])
    assert understood.passages == ((0, 4),)
    (own,) = bring_together([tag("machine"), tag("staff", passages=[[5, 9]])])
    assert own.passages == ((5, 9),)
    (alone,) = bring_together([tag("participant")])
    assert alone.passages == ()


def test_goals_come_first_then_ways_then_themes_each_with_the_surest_first() -> None:
    spoken = [
        tag("machine", concept="bysiau", scheme="theme", confidence=1.0),
        tag("machine", concept="prevention", scheme="way", confidence=0.9),
        tag("machine", concept="equal", confidence=0.4),
        tag("machine", concept="culture", confidence=0.8),
        tag("machine", concept="global", confidence=0.8),
    ]
    assert [each.concept for each in bring_together(spoken)] == [
        "culture",
        "global",
        "equal",
        "prevention",
        "bysiau",
    ]


def test_one_concept_in_two_schemes_is_two() -> None:
    assert len(bring_together([tag("machine"), tag("machine", scheme="theme")])) == 2
    assert bring_together([]) == ()
