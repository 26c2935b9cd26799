"""All that carries out the jobs of a site, with what it writes and sends: for each process that looks for them."""

from collections.abc import Callable, Mapping
from datetime import datetime

from involve.documents.post import make_ask, make_post
from involve.documents.tables.writers import make_exporter
from involve.services.importing.taking import make_importer
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import Work
from involve.settings import Settings


def make_site_handlers(settings: Settings, clock: Callable[[], datetime]) -> Mapping[str, Work]:
    """Return what carries out each kind of job on the site of *settings*."""
    return make_handlers(
        make_post(settings),
        settings.code_key,
        make_ask(settings),
        make_exporter(settings),
        make_importer(settings, clock),
    )
