"""How far the coders of a round agree: on the page in plain words, and as a file."""

import csv
from io import StringIO

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from involve.i18n import gettext
from involve.i18n import lazy_gettext as _l
from involve.services.codebook.agreeing import (
    MACHINE,
    AgreementView,
    agreement_rows,
)
from involve.services.codebook.agreeing import (
    show_agreement as open_agreement,
)
from involve.services.evidence.exporting import guard_cell
from involve.text.agreement import FEWEST_MARKED, FEWEST_UNITS, Agreement
from involve.web.addresses import page
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.codebook.codebook_words import theme_title

SPOKEN = {"all": _l("All languages"), "cy": _l("Welsh stories"), "en": _l("English stories")}
# From Krippendorff, Content Analysis (2004), p. 241: rely on 0.8 and above, conclude tentatively from 0.667.
RELIABLE, TENTATIVE = 0.8, 0.667


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/codio/<int:round_id>/cytundeb",
    en="/staff/projects/<slug>/codebook/coding/<int:round_id>/agreement",
)
def show_agreement(slug: str, round_id: int) -> str:
    """See how far the coders of a round agree, by theme and by language."""
    with site().reading() as session:
        view = open_agreement(session, signed_in(), slug, round_id)
    groups = _groups(view) if view else []
    values = {"fewest": FEWEST_UNITS, "fewest_marked": FEWEST_MARKED, "spoken": SPOKEN, "meaning": meaning_of}
    return render_template(
        "staff/coding_agreement.html",
        slug=slug,
        round_id=round_id,
        view=view,
        groups=groups,
        title_of=theme_title,
        **values,
    )


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/llyfr-codau/codio/<int:round_id>/cytundeb/ffeil",
    en="/staff/projects/<slug>/codebook/coding/<int:round_id>/agreement/file",
)
def export_agreement(slug: str, round_id: int) -> ResponseReturnValue:
    """Take the figures along as CSV."""
    with site().reading() as session:
        view = open_agreement(session, signed_in(), slug, round_id)
    if view is None:
        return redirect(url_for("staff.show_agreement", slug=slug, round_id=round_id), 303)
    file = StringIO()
    csv.writer(file).writerows([guard_cell(cell) for cell in row] for row in agreement_rows(view))
    headers = {"Content-Disposition": f'attachment; filename="{slug}-agreement-{round_id}.csv"'}
    return Response("\ufeff" + file.getvalue(), mimetype="text/csv", headers=headers)


def meaning_of(row: Agreement) -> tuple[str, str]:
    """Return what a figure means, in words, and the kind of its mark."""
    if not row.enough or row.alpha is None:
        return gettext("Too few to say"), ""
    if row.alpha >= RELIABLE:
        return gettext("They agree well"), "good"
    if row.alpha >= TENTATIVE:
        return gettext("They agree well enough for careful conclusions"), ""
    return gettext("They agree too little: talk about the definition"), "warn"


def _groups(view: AgreementView) -> list[tuple[str, list[Agreement], list[Agreement]]]:
    """Return each group of coders by name, with its figures over all themes and those by theme."""
    names = {**view.names, MACHINE: gettext("the software")}
    groups = dict.fromkeys(row.coders for row in view.rows)
    return [
        (
            ", ".join(names[coder] for coder in coders),
            [row for row in view.rows if row.coders == coders and row.theme is None],
            [row for row in view.rows if row.coders == coders and row.theme is not None and row.marked],
        )
        for coders in groups
    ]
