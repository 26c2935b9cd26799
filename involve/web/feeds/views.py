"""A feed for each thing that may be followed, in each language; one that has not changed is not sent again."""

from flask import Response, request, url_for

from involve.documents.feeds import ATOM, Place, last_updated, write_feed
from involve.i18n import other_language, page_language
from involve.services.following.news import list_news
from involve.services.following.things import Thing, find_thing
from involve.web.addresses import PAGE
from involve.web.feeds import blueprint
from involve.web.followed import follow_page, page_of
from involve.web.site import site


@follow_page(blueprint, cy="/ffrydiau", en="/feeds", ending=".xml")
def show_feed(kind: str, subject: str) -> Response:
    """Read what happened to one thing, the newest first."""
    with site().reading() as session:
        thing = find_thing(session, kind, subject)
        items = list_news(session, thing, site().clock())
    response = Response(write_feed(thing, items, page_language(), _place(thing)), mimetype=ATOM)
    response.last_modified = last_updated(items)
    response.add_etag()
    return response.make_conditional(request)


def _place(thing: Thing) -> Place:
    """Return where a feed stands: under the address that the site was given, or the one by which it was asked."""
    root = site().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    there = {"kind": thing.kind, "subject": thing.subject}
    own = url_for("feeds.show_feed", **there)
    twin = url_for("feeds.show_feed", **there, **{PAGE: other_language(page_language())})
    return Place(root, own, twin, page_of(thing))
