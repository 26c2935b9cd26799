"""The values that each filter of evidence can take, for every page, program and command that reads one."""

from collections.abc import Mapping

from involve.text.topics import load_topics
from involve.vocabulary.areas import AREAS, REGIONS
from involve.vocabulary.goals import GOALS
from involve.vocabulary.happened import HAPPENED
from involve.vocabulary.indicators import INDICATORS
from involve.vocabulary.ladders import LADDERS
from involve.vocabulary.stages import STAGES
from involve.vocabulary.states import LANGUAGES, STANCES, TOLD_AS, VOICES
from involve.vocabulary.ways import WAYS

# By the name of the filter's field. Projects and themes are a site's own, and words and days are free.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "goal": tuple(goal.id for goal in GOALS),
    "way": tuple(way.id for way in WAYS),
    "topic": tuple(topic.id for topic in load_topics()),
    "stance": tuple(stance.id for stance in STANCES),
    "voice": tuple(voice.id for voice in VOICES),
    "indicator": tuple(indicator.id for indicator in INDICATORS),
    "region": tuple(region.id for region in REGIONS),
    "area": tuple(area.gss for area in AREAS),
    "stage": tuple(stage.id for stage in STAGES),
    "rung": tuple(f"{ladder.id}.{rung.id}" for ladder in LADDERS for rung in ladder.rungs),
    "told_as": tuple(told.id for told in TOLD_AS),
    "language": tuple(language.id for language in LANGUAGES),
    "happened": tuple(each.id for each in HAPPENED),
}
