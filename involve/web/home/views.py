"""The choice of language, home, and the pages about privacy and accessibility."""

from flask import g, render_template

from involve.i18n import gettext as _
from involve.services.evidence import EvidenceFilter, find_stories
from involve.services.projects import list_projects
from involve.services.signposts import list_signposts
from involve.vocabulary.consents import USES
from involve.web.addresses import page
from involve.web.home import blueprint
from involve.web.site import site

FEW = 3


@blueprint.get("/")
def choose_language() -> str:
    """Choose a language, Welsh first; nothing is remembered and nothing guessed."""
    g.language = "cy"
    return render_template("home/language.html")


@page(blueprint, cy="/", en="/")
def show_home() -> str:
    """See what this is for, what can be told now, and what others said."""
    with site().reading() as session:
        projects = [project for project in list_projects(session, site().today) if project.open]
        newest = find_stories(session, EvidenceFilter(), limit=FEW)
    return render_template("home/home.html", projects=projects[:FEW], newest=newest)


@page(blueprint, cy="/preifatrwydd", en="/privacy")
def show_privacy() -> str:
    """Read what is kept, why, for how long, and how to take it back."""
    return render_template("home/privacy.html", uses=USES)


@page(blueprint, cy="/hygyrchedd", en="/accessibility")
def show_accessibility() -> str:
    """Read how the site can be used, and what is not good enough yet."""
    return render_template("home/accessibility.html")


@page(blueprint, cy="/cymorth", en="/help-now")
def show_signposts() -> str:
    """See where to turn at once."""
    with site().reading() as session:
        signposts = list_signposts(session)
    return render_template("home/help.html", signposts=signposts, title=_("Where to turn at once"))
