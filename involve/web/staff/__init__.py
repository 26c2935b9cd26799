"""Staff at work, a wing for each noun: the queue, answering, deciding, and the facts an administrator keeps."""

from flask import Blueprint

blueprint = Blueprint("staff", __name__)

# They need the blueprint first.
from involve.web.staff.codebook import (  # noqa: E402
    agreement,  # noqa: F401
    books,  # noqa: F401
    coding,  # noqa: F401
    files,  # noqa: F401
    themes,  # noqa: F401
)
from involve.web.staff.deciding import (  # noqa: E402
    ballots,  # noqa: F401
    decisions,  # noqa: F401
    grounds,  # noqa: F401
    judging,  # noqa: F401
    options,  # noqa: F401
    outcomes,  # noqa: F401
    publishing,  # noqa: F401
    reading,  # noqa: F401
)
from involve.web.staff.importing import (  # noqa: E402
    sending,  # noqa: F401
    steps,  # noqa: F401
)
from involve.web.staff.moderation import (  # noqa: E402
    appeals,  # noqa: F401
    corrections,  # noqa: F401
    moderation,  # noqa: F401
    queue,  # noqa: F401
    several,  # noqa: F401
    step_words,  # noqa: F401
    stories,  # noqa: F401
    takebacks,  # noqa: F401
)
from involve.web.staff.people import (  # noqa: E402
    keys,  # noqa: F401
    members,  # noqa: F401
    roles,  # noqa: F401
    trail,  # noqa: F401
)
from involve.web.staff.projects import (  # noqa: E402
    archive,  # noqa: F401
    dialogues,  # noqa: F401
    hours,  # noqa: F401
    meanings,  # noqa: F401
    missing,  # noqa: F401
    privacy,  # noqa: F401
    promises,  # noqa: F401
    set_up,  # noqa: F401
    signifiers,  # noqa: F401
    waiting,  # noqa: F401
)
from involve.web.staff.safeguarding import (  # noqa: E402
    concerns,  # noqa: F401
    duty,  # noqa: F401
    signposts,  # noqa: F401
)
from involve.web.staff.talking import (  # noqa: E402
    code_help,  # noqa: F401
    collecting,  # noqa: F401
    conversation,  # noqa: F401
    outbox,  # noqa: F401
    paper,  # noqa: F401
    replies,  # noqa: F401
    saved_answers,  # noqa: F401
)
from involve.web.staff.translations import (  # noqa: E402
    translating,  # noqa: F401
    translation_files,  # noqa: F401
)
