"""The public account of moderation, with the house rules: what is hidden, held back and declined, and how often."""

import csv
from io import StringIO

from flask import Response, render_template

from involve.services.account.suppression import FEWEST
from involve.services.account.views import ENOUGH, show_account
from involve.vocabulary.account import MEASURES, declined_because
from involve.vocabulary.reasons import reasons_for
from involve.vocabulary.states import find_language
from involve.vocabulary.working_days import READ_WITHIN
from involve.web.addresses import page
from involve.web.home import blueprint
from involve.web.site import site

YEAR = 12


@page(blueprint, cy="/cymedroli", en="/moderation")
def show_moderation() -> str:
    """Read the house rules, and how often they were used in each language."""
    with site().reading() as session:
        account = show_account(session, YEAR)
    return render_template(
        "home/moderation.html",
        account=account,
        measures=MEASURES,
        held_for=reasons_for("held"),
        declined_for=[(declined_because(reason.id), reason) for reason in reasons_for("declined")],
        find_language=find_language,
        fewest=FEWEST,
        enough=ENOUGH,
        read_within=READ_WITHIN,
    )


@page(blueprint, cy="/cymedroli.csv", en="/moderation.csv")
def download_moderation() -> Response:
    """Take the numbers of all months along as a table; what is not shown is empty."""
    with site().reading() as session:
        account = show_account(session)
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(("month", "language", "measure", "count"))
    for month in account.months:
        for each in month.languages:
            rows.writerows(
                (f"{month.first:%Y-%m}", each.language, name, "" if number is None else number)
                for name, number in each.numbers.items()
            )
    return Response(file.getvalue(), mimetype="text/csv")
