"""The shapes that the API takes and gives, as OpenAPI describes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from apiflask import Schema
from apiflask.fields import UUID, Boolean, Date, Dict, Integer, List, Nested, Raw, String
from apiflask.validators import Length, OneOf, Range
from marshmallow import pre_load

from involve.i18n import LANGUAGES as PAGE_LANGUAGES
from involve.services.evidence.evidence import LARGEST_PAGE
from involve.services.stories.tell import LONGEST_TEXT
from involve.services.tellers.reach import CHANNELS
from involve.vocabulary.areas import AREAS
from involve.vocabulary.consents import USES
from involve.vocabulary.proxies import PROXIES
from involve.web.api.parameters import FILTERS, PAGING, Parameter

KNOWN_AREA = OneOf([area.gss for area in AREAS])


class GivenOrNot(Boolean):
    """Yes or no as JSON writes them: agreement is not guessed from other words."""

    truthy = {True}
    falsy = {False}


class Address(String):
    """An e-mail address or number, by itself or as the `email` or `text` of an object. An empty one is none."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        if isinstance(value, dict) and len(value) == 1 and set(value) <= set(CHANNELS):
            value = next(iter(value.values()))
        return super()._deserialize(value, attr, data, **options) or None


class NewStory(Schema):
    """A story to be kept. The same `client_id` and content again returns the same receipt."""

    project = String(required=True, metadata={"description": "The slug of a project that takes stories."})
    text = String(
        required=True,
        validate=Length(max=LONGEST_TEXT),
        metadata={"description": "In the person's own words; characters are Unicode code points."},
    )
    client_id = UUID(
        required=True, metadata={"description": "Made at random by the client for this one story."}
    )
    area = String(
        load_default=None,
        allow_none=True,
        validate=KNOWN_AREA,
        metadata={"description": "GSS code of a local authority in Wales."},
    )
    told_as = String(load_default="own", validate=OneOf(("own", "on_behalf")))
    proxy = String(
        load_default=None,
        allow_none=True,
        validate=OneOf([proxy.id for proxy in PROXIES]),
        metadata={"description": "Of a story told on behalf: by what right. A child is one under 13."},
    )
    reply_language = String(load_default="cy", validate=OneOf(PAGE_LANGUAGES))
    consent = Dict(
        keys=String(validate=OneOf([use.id for use in USES])),
        values=GivenOrNot(),
        required=True,
        metadata={"description": "What the person agreed to; `read` must be true, what is absent is false."},
    )
    contact = Address(
        load_default=None,
        allow_none=True,
        metadata={
            "description": "An e-mail address or a mobile number (of the United Kingdom unless it says otherwise), or "
            "an object with `email` or `text`, as far as this site can write to it: its owner hears that there is "
            "something new, and never what. It is kept apart from the story, sealed, and deleted with it."
        },
    )


class BothLanguages(Schema):
    """Words in Welsh and in English."""

    cy = String()
    en = String()


class SignpostOut(Schema):
    """A service to turn to at once; `reach` is a telephone number or an address."""

    name = Nested(BothLanguages)
    purpose = Nested(BothLanguages)
    reach = String()
    hours = Nested(BothLanguages)


class KeptStory(Schema):
    """The receipt: a public number, the secret code, and the language found.

    `signposts` is there only where the words speak of danger: show them to the person at once, in their language.
    """

    reference = String()
    code = String()
    language = String()
    signposts = List(Nested(SignpostOut))


class ErrorOut(Schema):
    """What went wrong: a name for programs, words for people, and which fields are meant.

    `detail` says of each field what is wrong, and where there is a list of what is known instead, that list.
    """

    error = String()
    title = Dict(keys=String(), values=String())
    advice = Dict(keys=String(), values=String())
    detail = Dict(keys=String(), values=Raw())


class Query(Schema):
    """What is asked for in an address. An empty value asks for nothing."""

    @pre_load
    def leave_empty_out(self, data: Mapping[str, Any], **_: object) -> dict[str, Any]:
        """Leave out what was sent without a value, as forms do."""
        return {name: data[name] for name in data if data[name] != ""}


def _filter_schema(name: str, parameters: Iterable[Parameter]) -> type[Schema]:
    """Return a schema of filters for the description; they are read as the pages read them (`asking.py`)."""
    fields = {
        each.name: Integer(validate=Range(1, LARGEST_PAGE))
        if each.name == "limit"
        else String(validate=OneOf(each.choices) if each.choices else None)
        for each in parameters
    }
    return Schema.from_dict(fields, name=name)  # type: ignore[arg-type]


Filter = _filter_schema("Filter", FILTERS)
PagedFilter = _filter_schema("PagedFilter", (*FILTERS, *PAGING))


class PassageOut(Schema):
    """A span of the published text, in Unicode code points."""

    start = Integer()
    end = Integer()
    text = String()


class TagOut(Schema):
    """A tag; `agreed` is false where only the machine says so."""

    scheme = String()
    concept = String()
    stance = String()
    agreed = Boolean()
    passages = List(Nested(PassageOut))


class TranslationOut(Schema):
    """What a member of staff made of the text in the other language, checked by a person; the text is the record."""

    language = String()
    text = String()
    checked_on = Date()


class StoryOut(Schema):
    """A published story."""

    reference = String()
    text = String()
    language = String()
    area = String(allow_none=True)
    told_as = String()
    published_on = Date()
    project = String()
    demonstration = Boolean()
    quotable = Boolean(metadata={"description": "Whether the person agreed that their words may be quoted."})
    tags = List(Nested(TagOut))
    translations = List(Nested(TranslationOut))


class StoriesOut(Schema):
    """A page of published stories; `next` is null at the end."""

    stories = List(Nested(StoryOut))
    total = Integer()
    next = String(allow_none=True)


class FacetOut(Schema):
    """How many stories a further choice would leave."""

    name = String()
    value = String()
    count = Integer()


class EvidenceOut(Schema):
    """Counts of the published stories that fit; each equals the list behind it."""

    total = Integer()
    counts = List(Nested(FacetOut))


class ModerationMonth(Schema):
    """The counts of one month and one language; null where it is not shown: under `hidden_below`, or telling of one."""

    month = String()
    language = String()
    counts = Dict(keys=String(), values=Integer(allow_none=True))


class ModerationOut(Schema):
    """All months, the newest first. `welsh_held` compares Welsh with English: more, less, alike, or few (to say)."""

    hidden_below = Integer()
    months = List(Nested(ModerationMonth))
    welsh_held = String()
