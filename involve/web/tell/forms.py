"""The questions of telling a story, a few to a step, and the answers that travel from step to step."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import AnyOf, DataRequired, InputRequired, Optional, StopValidation

from involve.i18n import lazy_gettext as _l
from involve.i18n import page_language
from involve.services.projects.signifiers import Signified, SignifierView
from involve.services.stories.tell import LONGEST_TEXT, StoryDraft
from involve.vocabulary.areas import AREAS
from involve.vocabulary.consents import USES, find_use
from involve.vocabulary.proxies import AGE_RULE, PROXIES
from involve.web.fields import (
    UNREADABLE_CHARACTERS,
    HiddenField,
    OneOfField,
    PickField,
    SomeOfField,
    TickField,
    WordsField,
    choice,
    plain_line_ends,
)
from involve.web.meanings import meaning_words
from involve.web.reaching import ReachField
from involve.web.site import site
from involve.web.tell.meaning import field_name, signified_by, signifier_field

# The names of the questions of each step; all other answers travel along unseen. Those about the meaning of a story
# are the stage's own.
QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "story": ("story",),
    "meaning": (),
    "about": ("told_as", "area"),
    "agree": ("read", "uses", "reply_language", "contact"),
    "check": (),
}
# Whose story it is, and for somebody else’s by what right it is told.
OWN = "own"
BEHALF = {"on_behalf" if each.id == "permission" else each.id: each for each in PROXIES}
NOT_EMPTY = _l("Write your story. A few words are enough.")
TAKEN_OUT = _l("We removed characters that cannot be displayed. Check your story, then continue.")
# By what this site can write to.
CONTACTS = {
    "email": _l("Your e-mail address, if you want to be told of an answer"),
    "text": _l("Your mobile number, if you want to be told of an answer"),
    "both": _l("Your e-mail address or mobile number, if you want to be told of an answer"),
}
ADDRESS_HINT = _l(
    "You do not need one: you can always come back with your code. We keep it apart from your story, "
    "encrypted, and use it only to say that there is something new. The e-mail never says what."
)
NUMBER_HINT = _l(
    "You do not need one: you can always come back with your code. We keep it apart from your story, "
    "encrypted, and use it only to say that there is something new. The message never says what. A number "
    "without a country code is taken as one in the United Kingdom."
)
READ_FIRST = _l("Tick the box if you agree that we read your story. We cannot take it otherwise.")


# Says that a collector holds the device (decision 0005): the code is then for the teller alone.
COLLECTING = "collecting"


def readable(typed: str | None) -> str:
    """Return *typed* without nulls, control characters and lone surrogates."""
    return UNREADABLE_CHARACTERS.sub("", typed or "")


class StoryField(WordsField):
    """The story itself: whatever is wrong with it, as much of it as can be shown comes back."""

    def __init__(self, label: object, validators: Sequence[Any], **options: Any) -> None:
        super().__init__(label, validators, filters=(plain_line_ends, readable), **options)

    def pre_validate(self, form: Form) -> None:
        """Say what was taken out because no page can show it, and how long a story is that is too long."""
        typed = self.data or ""
        if any(readable(sent) != sent for sent in (self.raw_data or [])[:1]):
            raise StopValidation(TAKEN_OUT)
        if len(typed) > LONGEST_TEXT:
            raise StopValidation(
                _l(
                    "Your story has %(count)s characters. Shorten it to %(limit)s at most, or send it in parts.",
                    count=f"{len(typed):,}",
                    limit=f"{LONGEST_TEXT:,}",
                )
            )
        super().pre_validate(form)


class TellForm(Form):
    """All the questions. A step shows and checks only its own; `open_form` adds those of a stage."""

    signifiers: tuple[SignifierView, ...] = ()
    # Whether the body rests on express consent for sensitive information.
    expressly = False

    client_id = HiddenField()
    story = StoryField(_l("Your story"), [DataRequired(NOT_EMPTY)], limit=LONGEST_TEXT)
    told_as = OneOfField(
        _l("Whose story is it?"),
        [InputRequired(_l("Choose whose story it is"))],
        default="own",
    )
    area = PickField(_l("Which area is it about?"), [Optional()])
    read = TickField(validators=[DataRequired(READ_FIRST)])
    uses = SomeOfField(_l("What else do you agree to?"), [Optional()])
    reply_language = OneOfField(
        _l("In which language do you want your answer?"),
        [AnyOf(("cy", "en"), _l("Choose a language for your answer"))],
        choices=[choice("cy", "Cymraeg", lang="cy"), choice("en", "English", lang="en")],
    )

    contact = ReachField("", [Optional()])

    def __init__(self, answers: MultiDict[str, str]) -> None:
        self.answers = answers
        super().__init__(answers or None)
        language = page_language()
        names = sorted((area.name.in_language(language), area.gss) for area in AREAS)
        self.area.choices = [
            choice("", _l("Somewhere else, or prefer not to say")),
            *(choice(gss, name) for name, gss in names),
        ]
        self.contact.offer(site().settings)
        self.contact.label.text = CONTACTS[self.contact.kind]
        self.contact.description = ADDRESS_HINT if self.contact.kind == "email" else NUMBER_HINT
        self.told_as.description = AGE_RULE.in_language(language)
        self.told_as.choices = [
            choice(OWN, _l("My own")),
            *(
                choice(value, each.choice.in_language(language), hint=each.hint.in_language(language))
                for value, each in BEHALF.items()
            ),
        ]
        self.read.label.text = find_use("read").label.in_language(language)
        self.read.description = find_use("read").wording_now(self.expressly).in_language(language)
        self.uses.choices = [
            choice(use.id, use.label.in_language(language), hint=use.wording.in_language(language))
            for use in USES
            if not use.required
        ]
        # The answer comes in the language of the page, unless the person chose otherwise.
        if "reply_language" not in answers:
            self.reply_language.data = language
        self.client_id.data = str(sent_id(answers))

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of this form; nobody is asked about meaning where the stage does not."""
        return tuple(step for step in QUESTIONS if step != "meaning" or self.signifiers)

    def questions(self, step: str) -> tuple[str, ...]:
        """Return the names of the fields of a step."""
        return tuple(map(field_name, self.signifiers)) if step == "meaning" else QUESTIONS[step]

    @property
    def collecting(self) -> bool:
        """Whether someone else holds the device on which this is told."""
        return COLLECTING in self.answers

    def check(self, step: str) -> bool:
        """Whether the answers of one step can be taken; the errors stand at its fields."""
        # Every question of the step is looked at, so that all mistakes are told together.
        results = [self[name].validate(self) for name in self.questions(step)]
        return all(results)

    def first_wrong(self) -> str | None:
        """Return the first step whose answers cannot be taken, or None."""
        return next((step for step in self.steps if not self.check(step)), None)

    def carried(self, step: str) -> list[tuple[str, str]]:
        """Return what was answered in the other steps, as pairs for hidden fields."""
        pairs = [("client_id", self.client_id.data or "")]
        pairs += [(COLLECTING, "1")] if self.collecting else []
        others = [name for each in self.steps if each != step for name in self.questions(each)]
        for name in (part for field in others for part in getattr(self[field], "parts", (field,))):
            values = list(dict.fromkeys(readable(value) for value in self.answers.getlist(name)))
            # Where a question has one answer the first counts, as everywhere on this form.
            pairs += [(name, value) for value in (values if name == "uses" else values[:1])]
        return pairs

    @property
    def whose(self) -> str:
        """Whose story it is, in words."""
        chosen = BEHALF.get(self.told_as.data)
        return chosen.choice.in_language(page_language()) if chosen else str(_l("My own"))

    @property
    def signified(self) -> dict[str, Signified]:
        """What was said of the meaning of the story, by key of the signifier."""
        said = {each.key: signified_by(each, self[field_name(each)]) for each in self.signifiers}
        return {key: answer for key, answer in said.items() if answer is not None}

    @property
    def meant(self) -> list[tuple[str, str]]:
        """The questions about meaning and the answers, in words."""
        return [
            (each.question.in_language(page_language()), meaning_words(each, self.signified.get(each.key)))
            for each in self.signifiers
        ]

    def draft(self, project: str) -> StoryDraft:
        """Return what is to be sent."""
        return StoryDraft(
            project=project,
            text=self.story.data or "",
            client_id=UUID(self.client_id.data),
            page_language=page_language(),
            reply_language=self.reply_language.data,
            uses=frozenset(self.uses.data or ()) | ({"read"} if self.read.data else frozenset()),
            told_as=OWN if self.told_as.data == OWN else "on_behalf",
            proxy=BEHALF[self.told_as.data].id if self.told_as.data in BEHALF else None,
            area=self.area.data or None,
            signified=self.signified,
            contact=self.contact.data or None,
        )


def open_form(
    answers: MultiDict[str, str], signifiers: tuple[SignifierView, ...], expressly: bool = False
) -> TellForm:
    """Return the form with the questions of a stage about the meaning of a story."""
    own: dict[str, Any] = {field_name(each): signifier_field(each) for each in signifiers}
    own |= {"signifiers": signifiers, "expressly": expressly}
    return cast(TellForm, type("StageForm", (TellForm,), own)(answers))


def sent_id(answers: MultiDict[str, str]) -> UUID:
    """Return the client's id, or a new one where there is none that can be used."""
    try:
        return UUID(answers.get("client_id", ""))
    except ValueError:
        return uuid4()
