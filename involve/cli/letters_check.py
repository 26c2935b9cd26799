"""What `involve doctor` says of letters: whether they can be sent, what waits, and what did not arrive."""

from sqlalchemy import Engine

from involve.database import session_factory
from involve.documents.notify import check_templates
from involve.documents.texts import MOST_PARTS, count_parts, longest_text
from involve.errors import SettingsError
from involve.services.upkeep.letters import PostFailed, PostNotAllowed, count_letters
from involve.settings import Settings


def check_letters(settings: Settings, engine: Engine) -> str:
    """Return what there is to say of letters.

    Raises:
        SettingsError: some wait and nobody carries them.
    """
    with session_factory(engine)() as session:
        counts = count_letters(session)
    due, failed, back = (counts.get(state, 0) for state in ("due", "failed", "bounced"))
    if due and not settings.carriers:
        raise SettingsError(
            f"{due} wait and no mail server is set: set INVOLVE_MAIL_HOST, or INVOLVE_MAIL_BY=notify"
        )
    if not settings.carriers:
        return "none waits; no mail server is set, so nobody is written to"
    by = settings.mail_host if settings.carriers.get("email") == "smtp" else "GOV.UK Notify"
    said = f"sent by {by}" if "email" in settings.carriers else "texts only, by GOV.UK Notify; no e-mails"
    return f"{said}; {due} wait, {failed} could not be delivered, {back} came back"


def check_notify(settings: Settings) -> str:
    """Return what there is to say of GOV.UK Notify.

    Raises:
        SettingsError: it does not answer, refuses the key, has not our templates, or texts would be too long.
    """
    if "notify" not in settings.carriers.values():
        return "none"
    try:
        names = check_templates(settings)
    except PostNotAllowed as error:
        raise SettingsError(
            f"does not take letters of this site ({error}): check INVOLVE_NOTIFY_API_KEY and the templates"
        ) from error
    except PostFailed as error:
        raise SettingsError(f"does not answer ({error}); letters wait: check INVOLVE_NOTIFY_URL") from error
    longest = longest_text(settings) if "text" in settings.carriers else ""
    if count_parts(longest) > MOST_PARTS:
        raise SettingsError(
            f"a text would be {count_parts(longest)} parts long: INVOLVE_PUBLIC_URL is too long for texts"
        )
    told = "reports what arrives" if settings.notify_callback_token else "is asked what arrived"
    texts = f"; parts of a text: {count_parts(longest)} at most" if longest else ""
    return f"answers, has the templates {', '.join(names)}, {told}{texts}"
