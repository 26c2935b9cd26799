"""Send a story, list published ones, count them, and describe all this as OpenAPI."""

from dataclasses import asdict
from typing import Any

from flask import Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from involve.services.account.suppression import FEWEST
from involve.services.account.views import show_account
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.facets import FACETS, Choosing, count_facets
from involve.services.evidence.public_story import PublicStory
from involve.services.projects.signposts import list_signposts
from involve.services.stories.tell import StoryDraft, tell_story
from involve.services.stories.understand import read_language
from involve.services.tellers.reach import read_reach
from involve.web.api import blueprint
from involve.web.api.asking import read_filter, read_limit
from involve.web.api.examples import EVIDENCE, NEW_STORY, STORIES
from involve.web.api.keys import caller, searching, sending
from involve.web.api.parameters import FILTER_NAMES, PAGING_NAMES
from involve.web.api.schemas import (
    EvidenceOut,
    Filter,
    KeptStory,
    ModerationOut,
    NewStory,
    PagedFilter,
    StoriesOut,
)
from involve.web.errors import show_explanation
from involve.web.explanations import BY_CODE
from involve.web.limits import limiter
from involve.web.reaching import offered_channels
from involve.web.site import site

REFUSALS = {
    400: "This is no JSON, or a place in the list that is not one of ours",
    404: "There is no project with this name",
    429: "Too many requests in a short time",
}
READ_REFUSALS = {**REFUSALS, 422: "A filter, or a value of one, that is not known: `detail` says which are"}

# Each is the name of a filter; a period is two of them.
COUNTED = tuple(name for name in FACETS if name != "period")


@blueprint.post("/stories")
@blueprint.input(NewStory, example=NEW_STORY)
@blueprint.output(KeptStory, status_code=201)
@blueprint.doc(
    summary="Send a story",
    responses={
        **REFUSALS,
        200: {
            "description": "The same receipt again: nothing new was kept",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/KeptStory"}}},
        },
        409: "`client_id` was used before (`conflict`), or the project takes no stories now (`stage_closed`)",
        413: "Too much to be a story",
    },
)
@limiter.limit(sending, key_func=caller)
def send_story(json_data: dict[str, Any]) -> ResponseReturnValue:
    """Keep a story and return its receipt; a repeat returns the same with status 200."""
    uses = frozenset(use for use, given in json_data.pop("consent").items() if given)
    if json_data["contact"] is not None:
        read_reach(json_data["contact"], offered_channels(site().settings))
    draft = StoryDraft(**json_data, uses=uses, page_language=json_data["reply_language"])
    with site().writing() as session:
        receipt = tell_story(session, draft, site().clock(), site().settings.code_key)
    site().carry_out(receipt.job_id)
    with site().reading() as session:
        language = read_language(session, receipt.story_id)
        signposts = list_signposts(session)
    kept: dict[str, Any] = {"reference": receipt.reference, "code": receipt.code, "language": language}
    if site().speaks_of_danger(receipt.story_id):
        kept["signposts"] = [asdict(each) for each in signposts]
    return kept, 200 if receipt.job_id is None else 201


@blueprint.get("/stories")
@blueprint.input(PagedFilter, location="query", validation=False)
@blueprint.output(StoriesOut, example=STORIES)
@blueprint.doc(summary="List published stories, newest first", responses=READ_REFUSALS)
@limiter.limit(searching, key_func=caller)
def list_stories(query_data: object) -> dict[str, Any]:
    """Return one page of published stories; `next` continues after it, and needs the same filters again."""
    limit = read_limit()
    with site().reading() as session:
        asked = read_filter(session, (*FILTER_NAMES, *PAGING_NAMES))
        found = find_stories(session, asked.wanted, limit, asked.after, sort=asked.sort)
    return {"stories": [_story(story) for story in found.stories], "total": found.total, "next": found.next}


@blueprint.get("/evidence")
@blueprint.input(Filter, location="query", validation=False)
@blueprint.output(EvidenceOut, example=EVIDENCE)
@blueprint.doc(summary="Count published stories by what is visible on them", responses=READ_REFUSALS)
@limiter.limit(searching, key_func=caller)
def count_stories(query_data: object) -> dict[str, Any]:
    """Return the counts: each equals the list with that value in place of what is asked of its name, if anything."""
    with site().reading() as session:
        wanted = read_filter(session, FILTER_NAMES).wanted
        choosing = Choosing(session)
        return {
            "total": len(choosing.fitting(wanted)),
            "counts": list(count_facets(session, wanted, choosing, COUNTED)),
        }


@blueprint.get("/moderation")
@blueprint.output(ModerationOut)
@blueprint.doc(summary="Count, month by month and by language, what was held, declined and published")
@limiter.limit(searching, key_func=caller)
def show_moderation() -> dict[str, Any]:
    """Return the public account of moderation; a number that is not shown is null."""
    with site().reading() as session:
        account = show_account(session)
    months = [
        {"month": f"{month.first:%Y-%m}", "language": each.language, "counts": dict(each.numbers)}
        for month in account.months
        for each in month.languages
    ]
    return {"hidden_below": FEWEST, "months": months, "welsh_held": account.comparison.finding}


@blueprint.errorhandler(RecursionError)
def refuse_depth(_error: RecursionError) -> Response:
    """Refuse JSON that is nested deeper than it can be read."""
    return show_explanation(BY_CODE["bad_input"])


@blueprint.get("/openapi.json")
@blueprint.doc(hide=True)
def describe() -> ResponseReturnValue:
    """Return the OpenAPI description of this API."""
    return jsonify(current_app.spec)  # type: ignore[attr-defined]


def _story(story: PublicStory) -> dict[str, Any]:
    """Return the public values of a story, with each passage's words."""
    tags = [
        {
            "scheme": tag.scheme,
            "concept": tag.concept,
            "stance": tag.stance,
            "agreed": tag.agreed,
            "passages": [{"start": s, "end": e, "text": story.text[s:e]} for s, e in tag.passages],
        }
        for tag in story.tags
    ]
    names = (
        "reference",
        "text",
        "language",
        "area",
        "told_as",
        "published_on",
        "demonstration",
        "quotable",
        "translations",
    )
    return {**{name: getattr(story, name) for name in names}, "project": story.project_slug, "tags": tags}
