"""The outreach list: which groups and places a project has not heard, and which kinds of partners to ask."""

from flask import render_template

from involve.services.missing.views import list_to_reach, show_missing
from involve.services.projects.projects import find_project
from involve.services.staff.access import require
from involve.web.addresses import page
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint


@page(blueprint, cy="/staff/prosiectau/<slug>/pwy-i-w-cyrraedd", en="/staff/projects/<slug>/who-to-reach")
def list_missing(slug: str) -> str:
    """See whom to reach out to next, and with whom."""
    with site().reading() as session:
        project = find_project(session, slug)
        require(signed_in(), "log_outreach", project)
        missing = show_missing(session, slug)
        goes_back = signed_in().may("promise", project.body_id, project.id)
    return render_template(
        "staff/missing.html",
        missing=missing,
        to_reach=list_to_reach(missing),
        unclear=list_to_reach(missing, "few"),
        goes_back=goes_back,
    )
