"""Which service carries out which kind of job."""

from collections.abc import Mapping
from types import MappingProxyType

from involve.services.jobs import Handler
from involve.services.learning import LEARN, learn_anew
from involve.services.tell import TAG_STORY
from involve.services.understand import tag_story

HANDLERS: Mapping[str, Handler] = MappingProxyType({TAG_STORY: tag_story, LEARN: learn_anew})
