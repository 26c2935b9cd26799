"""The account in small, for a body to show on a site of its own: without scripts or cookies, in a frame."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from markupsafe import escape

from involve.services.returns.accounts import list_accounts, show_account
from involve.services.returns.scopes import body_scope
from involve.vocabulary.bilingual import Bilingual, PageLanguage
from involve.vocabulary.influence import find_influence
from involve.web.addresses import PAGE, page
from involve.web.site import site
from involve.web.what_changed import blueprint

LANGUAGES: tuple[PageLanguage, ...] = ("cy", "en")
# How many projects of a body stand in its frame, and how high a frame is in pixels.
MOST_PROJECTS = 5
HEIGHT = 560
FRAME = (
    '<iframe src="{address}" title="{name}" lang="{language}" '
    'width="100%" height="{height}" loading="lazy"></iframe>'
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a body pastes into a page of its own, in the *language* of that page."""

    language: PageLanguage
    lines: str


@page(blueprint, cy="/beth-newidiodd/prosiectau/<slug>/mewnosod", en="/what-changed/projects/<slug>/embed")
def embed_project(slug: str) -> str:
    """Show the account of a project in a frame on somebody's site."""
    with site().reading() as session:
        account, _quoted = show_account(session, slug, site().clock())
    return render_template(
        "what_changed/embed.html",
        name=account.project.name,
        returns=(account,),
        more=url_for("what_changed.show_project", slug=slug),
        find_influence=find_influence,
    )


@page(blueprint, cy="/beth-newidiodd/cyrff/<slug>/mewnosod", en="/what-changed/bodies/<slug>/embed")
def embed_body(slug: str) -> str:
    """Show the newest accounts of a body in a frame on its site."""
    with site().reading() as session:
        scope = body_scope(session, slug)
        accounts = list_accounts(session, site().clock(), scope, most_replies=1)
    return render_template(
        "what_changed/embed.html",
        name=scope.name,
        returns=accounts.returns[:MOST_PROJECTS],
        more=url_for("what_changed.show_body", slug=slug),
        find_influence=find_influence,
    )


def snippets(endpoint: str, slug: str, name: Bilingual) -> tuple[Snippet, ...]:
    """Return what to paste for each language, with whole addresses; the frame is named by what it is about."""
    root = site().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
    return tuple(
        Snippet(
            language,
            FRAME.format(
                address=escape(root + url_for(endpoint, slug=slug, **{PAGE: language})),
                name=escape(name.in_language(language)),
                language=language,
                height=HEIGHT,
            ),
        )
        for language in LANGUAGES
    )
