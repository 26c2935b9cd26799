"""The choice of language, home, and the pages about privacy and accessibility."""

from flask import g, render_template

from involve.i18n import gettext as _
from involve.i18n import lazy_gettext as _l
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from involve.services.projects.projects import list_projects
from involve.services.projects.signposts import list_signposts
from involve.services.reading.learning import show_learnt
from involve.services.returns.done import list_newest
from involve.text.record import load_record
from involve.vocabulary.consents import USES
from involve.vocabulary.kept import TABLES
from involve.vocabulary.proxies import AGE_RULE, PROXIES
from involve.web.addresses import page
from involve.web.home import blueprint
from involve.web.site import site

FEW = 3
# Of newest stories and of newest decisions, which take more room.
FEW_STORIES = 2
# The rows of the algorithm record, in their order.
MEASURES = {
    ("goals", "right"): _l("Suggested goals that are right"),
    ("goals", "found"): _l("Goals that a person saw, and the software too"),
    ("ways", "right"): _l("Suggested ways of working that are right"),
    ("ways", "found"): _l("Ways of working that a person saw, and the software too"),
    ("stance", "right"): _l("Where the link is right: strength, concern, idea or mixed is right too"),
}


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
        newest = find_stories(session, EvidenceFilter(), limit=FEW_STORIES)
        changed = list_newest(session, FEW_STORIES)
    return render_template("home/home.html", projects=projects[:FEW], newest=newest, changed=changed)


@page(blueprint, cy="/preifatrwydd", en="/privacy")
def show_privacy() -> str:
    """Read what is kept, why, for how long, and how to take it back."""
    return render_template("home/privacy.html", uses=USES, age_rule=AGE_RULE, proxies=PROXIES)


@page(blueprint, cy="/preifatrwydd/beth-a-gedwir", en="/privacy/what-is-kept")
def show_kept() -> str:
    """Read what each table of the database holds, of whom, why and for how long."""
    tellers = [each for each in TABLES if {"participants", "spoken_of"} & {one.id for one in each.people}]
    followers = [each for each in TABLES if "followers" in {one.id for one in each.people}]
    staff = [each for each in TABLES if each.about_people and each not in (*tellers, *followers)]
    frame = [each for each in TABLES if not each.about_people]
    return render_template("home/kept.html", tellers=tellers, followers=followers, staff=staff, frame=frame)


@page(blueprint, cy="/hygyrchedd", en="/accessibility")
def show_accessibility() -> str:
    """Read how the site can be used, and what is not good enough yet."""
    return render_template("home/accessibility.html")


@page(blueprint, cy="/sut-y-darllenir-straeon", en="/how-stories-are-read")
def show_reading() -> str:
    """Read what the software does with a story, how well, and where it goes wrong: the algorithm record."""
    record = load_record()
    with site().reading() as session:
        learnt = show_learnt(session)
    columns = {"all": _("All"), "cy": _("Welsh"), "en": _("English"), "mixed": _("Both languages")}
    rows = [(MEASURES[each.id, "right"], each.right) for each in record.measures]
    rows += [(MEASURES[each.id, "found"], each.found) for each in record.measures if each.found]
    return render_template(
        "home/reading.html",
        record=record,
        columns=columns,
        rows=sorted(rows, key=_row_order),
        learnt=learnt if learnt and learnt.used else None,
    )


def _row_order(row: tuple[object, object]) -> int:
    """Return the place of a row among all."""
    return list(MEASURES.values()).index(row[0])


@page(blueprint, cy="/cymorth", en="/help-now")
def show_signposts() -> str:
    """See where to turn at once."""
    with site().reading() as session:
        signposts = list_signposts(session)
    return render_template("home/help.html", signposts=signposts, title=_("Where to get help now"))
