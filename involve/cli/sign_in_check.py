"""What `involve doctor` says of signing in: second steps, and the organisation's provider."""

from sqlalchemy import Engine

from involve.database import session_factory
from involve.services.second_factor import count_without_second_factor
from involve.settings import Settings


def check_second_factor(settings: Settings, engine: Engine) -> str:
    """Return what there is to say of second steps."""
    with session_factory(engine)() as session:
        without, everyone = count_without_second_factor(session)
    asked = "asked of" if settings.second_factor == "required" else "left to"
    return f"a second step is {asked} moderators and administrators; {without} of {everyone} have none yet"
