"""Which service carries out which kind of job."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from involve.services.evidence.exports import MAKE_EXPORT
from involve.services.evidence.making import Exporter
from involve.services.importing.taking import Importer
from involve.services.importing.uploads import LOOK, TAKE
from involve.services.reading.learning import LEARN, learn_anew
from involve.services.stories.tell import TAG_STORY
from involve.services.stories.understand import tag_story
from involve.services.upkeep.delivery import Ask, ask_delivery
from involve.services.upkeep.jobs import Errand, Work
from involve.services.upkeep.letters import ASK_DELIVERY, SEND_LETTER, Post, send_letter

# What can be done at once by the request that causes it.
HANDLERS: Mapping[str, Work] = MappingProxyType({TAG_STORY: tag_story, LEARN: learn_anew})


def make_handlers(
    post: Post | None,
    code_key: str,
    ask: Ask = lambda _mark: None,
    exporter: Exporter | None = None,
    importer: Importer | None = None,
) -> Mapping[str, Work]:
    """Return what a worker carries out: letters too where there is a way to send them; else they wait.

    *ask* asks whoever carries letters what became of one; *exporter* makes files of stories and *importer* takes
    them in, which wait without one.
    """
    files = {
        **({MAKE_EXPORT: Errand(exporter.make)} if exporter else {}),
        **(import_handlers(importer) if importer else {}),
    }
    if post is None:
        return MappingProxyType({**HANDLERS, **files})
    errands = {
        **files,
        SEND_LETTER: Errand(partial(send_letter, post=post, code_key=code_key)),
        ASK_DELIVERY: Errand(partial(ask_delivery, ask=ask, code_key=code_key)),
    }
    return MappingProxyType({**HANDLERS, **errands})


def import_handlers(importer: Importer) -> Mapping[str, Work]:
    """Return what carries out the two jobs of a file that is brought in."""
    return {LOOK: Errand(importer.look), TAKE: Errand(importer.take)}
