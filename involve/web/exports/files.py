"""A file that is made in the background: how far it is, cancelling it, fetching it, and having it made again."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.services.evidence.exports import UNDER_WAY, ask_again, cancel_export, fetch_export, show_export
from involve.services.projects.projects import name_projects
from involve.vocabulary.exports import find_export_form
from involve.web.addresses import page
from involve.web.evidence.asked import write_address
from involve.web.exports import blueprint
from involve.web.exports.asking import label_filter, send_file
from involve.web.limits import EXPORTING, PRINTING, limiter
from involve.web.site import site


@page(blueprint, cy="/lawrlwytho/<key>", en="/download/<key>", methods=("GET", "POST"))
@limiter.limit(EXPORTING, methods=["POST"])
def show_export_here(key: str) -> ResponseReturnValue:
    """See how far a file is; cancel it, or have it made again."""
    if request.method == "POST":
        change_export(key, request.form.get("do", ""))
        return redirect(url_for("exports.show_export_here", key=key), 303)
    with site().reading() as session:
        export, projects = show_export(session, key, site().clock()), name_projects(session)
    shown = render_template(
        "exports/export.html",
        export=export,
        under_way=export.state in UNDER_WAY,
        kind=find_export_form(export.form).name,
        chosen=list(label_filter(export.wanted, projects)),
        address=write_address(export.wanted),
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page(blueprint, cy="/lawrlwytho/<key>/ffeil", en="/download/<key>/file")
@limiter.limit(PRINTING)
def fetch_file(key: str) -> ResponseReturnValue:
    """Fetch a finished file, if everything in it is still public."""
    here = site()
    path = fetch_export(here.factory, key, here.settings.resolved_export_dir, here.clock())
    if path is None:
        return redirect(url_for("exports.show_export_here", key=key), 303)
    with here.reading() as session:
        form = show_export(session, key, here.clock()).form
    return send_file(path.open("rb"), form)


def change_export(key: str, do: str) -> None:
    """Do to a file what was pressed; anything unknown does nothing."""
    here = site()
    if do == "cancel":
        with here.writing() as session:
            cancel_export(session, key, here.settings.resolved_export_dir, here.clock())
    elif do == "again":
        with here.writing() as session:
            job = ask_again(session, key, here.clock())
        here.carry_out(job)
