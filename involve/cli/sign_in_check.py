"""What `involve doctor` says of signing in: second steps, and the organisation's provider."""

import requests
from sqlalchemy import Engine

from involve.database import session_factory
from involve.errors import SettingsError
from involve.services.staff.second_factor import count_without_second_factor
from involve.settings import Settings

PATIENCE = 3  # seconds that the provider has to answer


def check_provider(settings: Settings) -> str:
    """Return what there is to say of single sign-on.

    Raises:
        SettingsError: the provider does not answer, or names itself otherwise.
    """
    if not settings.oidc_issuer:
        return "none; staff sign in by password or passkey"
    address = f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        answer = requests.get(address, timeout=PATIENCE)
        answer.raise_for_status()
        issuer = answer.json()["issuer"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"the provider does not answer ({type(error).__name__}); passwords still work: check INVOLVE_OIDC_ISSUER"
        ) from error
    if issuer != settings.oidc_issuer:
        raise SettingsError(f"the provider calls itself {issuer}: INVOLVE_OIDC_ISSUER must be exactly that")
    return f"{issuer} answers"


def check_second_factor(settings: Settings, engine: Engine) -> str:
    """Return what there is to say of second steps."""
    with session_factory(engine)() as session:
        without, everyone = count_without_second_factor(session)
    asked = "asked of" if settings.second_factor == "required" else "left to"
    return f"a second step is {asked} moderators and administrators; {without} of {everyone} have none yet"
