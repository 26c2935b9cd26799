"""The page of what was asked, what people said, and what came back."""

from flask import render_template

from involve.services.promises.changes import list_returns
from involve.vocabulary.goals import find_goal
from involve.web.addresses import page
from involve.web.site import site
from involve.web.what_changed import blueprint


@page(blueprint, cy="/beth-newidiodd", en="/what-changed")
def show_what_changed() -> str:
    """See, project by project, what the body did with what people said."""
    with site().reading() as session:
        returns = list_returns(session, site().today)
    return render_template("what_changed/list.html", returns=returns, find_goal=find_goal)
