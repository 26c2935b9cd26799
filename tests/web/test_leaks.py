"""Whatever people and staff do in whatever order, no public answer holds an original, a contact or a code."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from involve.app import create_app
from involve.errors import InvolveError
from involve.services.deciding.citing import cite_sentences
from involve.services.deciding.decisions import DecisionDraft, draft_decision, publish_decision
from involve.services.evidence.exporting import export_row
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.published import published_stories
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.moderation.replies import reply_to_stories
from involve.services.publishing.hidden_words import find_marks
from involve.services.staff.access import Actor
from involve.services.tellers.contacts import forget_contact
from involve.services.tellers.conversation import write_to_staff, write_to_teller
from involve.services.tellers.my_story import change_consent, withdraw_story
from involve.services.tellers.my_translation import question_translation
from involve.services.translations.translating import check_translation, keep_translation, open_translation
from involve.settings import Settings
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests import factories
from tests.answers import words_of
from tests.factories import CODE_KEY, NOW, make_project, make_staff, make_story
from tests.grounds import see
from tests.web.test_secrets import PART

STORIES = 3
_numbers = count(1)


@dataclass
class Told:
    """One story of a trial: what may become public of it, and what may never."""

    number: int
    reference: str = ""
    story_id: int = 0
    code: str = ""
    public: bool = False
    secrets: list[str] = field(default_factory=list)
    # Words of its translations; those that are not public now stand among the secrets too.
    translated: list[str] = field(default_factory=list)
    more_hidden: bool = False

    @property
    def shown(self) -> str:
        """A word that the public may read while the story is published."""
        return f"Gwelirzeb{self.number}q"

    @property
    def hidden(self) -> str:
        """A name that every moderator of this test hides."""
        return f"Cuddzeb{self.number}q"

    def secret(self, what: str) -> str:
        """Return a new word that no public answer may hold."""
        self.secrets.append(f"{what}zeb{self.number}x{next(_numbers)}q")
        return self.secrets[-1]

    def lose_translations(self) -> None:
        """No word of a translation may be read any more."""
        self.secrets += [word for word in self.translated if word not in self.secrets]


@dataclass
class Trial:
    """A site of its own, its stories and the staff who work on them."""

    site: Site
    app: Flask
    staff: Actor
    translator: Actor
    told: list[Told]


Action = Callable[[Session, Trial, Told], object]


def publish(session: Session, trial: Trial, told: Told) -> None:
    redact_story(session, trial.staff, told.reference, ((0, len(told.hidden), "name"),), NOW)
    decide_story(session, trial.staff, told.reference, "published", NOW)
    if told.more_hidden:
        told.lose_translations()
    told.public, told.more_hidden = True, False


def hide_more(session: Session, trial: Trial, told: Told) -> None:
    spans = ((0, len(told.hidden), "name"), (len(told.hidden) + 1, len(told.hidden) + 6, "other"))
    redact_story(session, trial.staff, told.reference, spans, NOW)
    if not told.more_hidden:
        told.lose_translations()
    told.more_hidden = True


def translate(session: Session, trial: Trial, told: Told, name: str = "") -> None:
    view = open_translation(session, trial.translator, told.reference, "cy")
    words = f"{' '.join(find_marks(view.original))} {told.secret('Cyfieithiad')} {name}"
    keep_translation(session, trial.translator, told.reference, "cy", words, view.version, NOW)
    told.lose_translations()
    told.translated.append(told.secrets[-1])


def translate_with_the_name(session: Session, trial: Trial, told: Told) -> None:
    translate(session, trial, told, told.hidden)


def check(session: Session, trial: Trial, told: Told) -> None:
    view = open_translation(session, trial.staff, told.reference, "cy")
    check_translation(session, trial.staff, told.reference, "cy", view.version, NOW)
    told.secrets = [word for word in told.secrets if word not in view.text]


def question(session: Session, _trial: Trial, told: Told) -> None:
    question_translation(session, told.story_id, "cy", f"Not {told.secret('Cwestiwn')}.", NOW)
    told.lose_translations()


def decide(verdict: str) -> Action:
    def act(session: Session, trial: Trial, told: Told) -> None:
        decide_story(session, trial.staff, told.reference, verdict, NOW)
        told.public = False
        told.lose_translations()

    return act


def agree_to(*uses: str) -> Action:
    def act(session: Session, _trial: Trial, told: Told) -> None:
        change_consent(session, told.story_id, frozenset({"read", *uses}), "en", NOW)
        told.public = told.public and "publish" in uses
        if not told.public:
            told.lose_translations()

    return act


def withdraw(session: Session, _trial: Trial, told: Told) -> None:
    withdraw_story(session, told.story_id, NOW)
    told.public = False
    told.lose_translations()


def reply(session: Session, trial: Trial, told: Told) -> None:
    word = told.secret("Ateb")
    reply_to_stories(session, trial.staff, [told.reference], word, word, NOW)


def ask(session: Session, trial: Trial, told: Told) -> None:
    write_to_teller(
        session, trial.staff, told.reference, f"Why {told.secret('Gofyn')}?", NOW, other_language=True
    )


def say(session: Session, _trial: Trial, told: Told) -> None:
    write_to_staff(session, told.story_id, f"Because of {told.secret('Dweud')}.", NOW)


def decide_on(session: Session, trial: Trial, told: Told) -> None:
    """Publish a decision that relies on the story's words, and leave a draft of another."""
    draft_decision(session, trial.staff, 1, decision_words(told.secret("Drafft")), NOW)
    decision = draft_decision(session, trial.staff, 1, decision_words("Penderfyniad"), NOW)
    cite_sentences(session, trial.staff, decision, told.reference, [0], "for", NOW)
    publish_decision(session, trial.staff, decision, see(session, decision), NOW)


def decision_words(word: str) -> DecisionDraft:
    words = Bilingual(word, word)
    return DecisionDraft(words, words, words)


def stop_letters(session: Session, _trial: Trial, told: Told) -> None:
    forget_contact(session, told.story_id)


ACTIONS: dict[str, Action] = {
    "publish": publish,
    "hold": decide("held"),
    "decline": decide("declined"),
    "agree to all": agree_to("publish", "quote", "share", "research", "learn"),
    "agree to reading only": agree_to(),
    "withdraw": withdraw,
    "reply": reply,
    "ask": ask,
    "say": say,
    "decide on": decide_on,
    "stop letters": stop_letters,
    "hide more": hide_more,
    "translate": translate,
    "translate with the name": translate_with_the_name,
    "check": check,
    "question": question,
}


@contextmanager
def open_trial(folder: Path, empty: Path, bytecode: Any) -> Iterator[Trial]:
    """Give a site with three stories, each with a secret name, a contact and a code."""
    shutil.copy(empty, folder / "involve.sqlite3")
    settings_ = Settings(
        data_dir=folder,
        secret_key=factories.SECRET_KEY,
        code_key=CODE_KEY,
        limits=False,
        secure_cookies=False,
    )
    app = create_app(settings_, factories.Clock())
    app.jinja_env.bytecode_cache = bytecode
    site: Site = app.extensions["involve"]
    with site.writing() as session:
        make_project(session)
        trial = Trial(site, app, make_staff(session, "administrator"), make_staff(session, "analyst"), [])
        for _ in range(STORIES):
            trial.told.append(plant(session))
    yield trial
    site.factory.kw["bind"].dispose()


def plant(session: Session) -> Told:
    """Tell a story that begins with a name to be hidden and goes on with a word to be shown."""
    told = Told(next(_numbers))
    text = f"{told.hidden} waits for the bus at {told.shown} each morning, and I worry about my health."
    receipt = make_story(session, text=text, contact=f"{told.secret('Cyswllt')}@example.org".lower())
    told.reference, told.story_id, told.code = receipt.reference, receipt.story_id, receipt.code
    told.secrets += [told.hidden, receipt.code, receipt.code.replace("-", "")]
    return told


def act_out(trial: Trial, steps: list[tuple[str, int]]) -> None:
    """Do each step in a transaction of its own; what a rule refuses changes nothing."""
    for name, number in steps:
        told = trial.told[number]
        before = replace(told, secrets=list(told.secrets))
        try:
            with trial.site.writing() as session:
                ACTIONS[name](session, trial, told)
        except InvolveError:
            told.public = before.public


def public_answers(trial: Trial) -> str:
    """Return all that anyone is answered at any address, in every format, with headers."""
    client = trial.app.test_client()
    said = []
    for rule in trial.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        for told in trial.told if "reference" in rule.arguments else trial.told[:1]:
            values = {"slug": "bywyd-da", "reference": told.reference, "decision_id": "2"}
            path = PART.sub(lambda part: values.get(part[1]) or "1", rule.rule)  # noqa: B023
            answer = client.get(path)
            assert answer.status_code < 500, path
            said.append(f"{answer.headers}\n{words_of(answer)}")
    return "\n".join([*said, *exported(trial)])


def exported(trial: Trial) -> list[str]:
    """Return the rows of an export."""
    with trial.site.reading() as session:
        return [
            " ".join(export_row(story))
            for story in published_stories(session, EvidenceFilter(project="bywyd-da"))
        ]


def own_pages(trial: Trial, told: Told) -> str:
    """Return what the teller of one story sees with its code; empty where the code opens nothing any more."""
    client: FlaskClient = trial.app.test_client()
    opened = client.post("/en/my-story", data={"code": told.code}, follow_redirects=True)
    return opened.get_data(as_text=True)


STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, STORIES - 1)), max_size=14)


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_public_answer_holds_what_was_not_published(
    tmp_path_factory: pytest.TempPathFactory,
    empty_database: Path,
    compiled_templates: Any,
    caplog: pytest.LogCaptureFixture,
    steps: list[tuple[str, int]],
) -> None:
    caplog.clear()
    with (
        caplog.at_level(logging.DEBUG),
        open_trial(tmp_path_factory.mktemp("trial"), empty_database, compiled_templates) as trial,
    ):
        act_out(trial, steps)
        said = public_answers(trial)
        for told in trial.told:
            assert (told.shown in said) == told.public, (told.shown, steps)
            leaked = [word for word in told.secrets if word.lower() in (said + caplog.text).lower()]
            assert leaked == [], steps
        mine = own_pages(trial, trial.told[0])
        others = [word for told in trial.told[1:] for word in told.secrets]
        assert [word for word in others if word.lower() in mine.lower()] == [], steps


def test_a_translation_is_read_only_as_long_as_it_is_of_the_words_that_are_published(
    tmp_path: Path, empty_database: Path, compiled_templates: Any
) -> None:
    """So that the test above cannot pass because no translation was ever public."""
    with open_trial(tmp_path, empty_database, compiled_templates) as trial:
        told = trial.told[0]
        act_out(trial, [("publish", 0), ("translate", 0), ("check", 0)])
        (word,) = told.translated
        assert word not in told.secrets
        assert public_answers(trial).count(word) > 5
        act_out(trial, [("hide more", 0)])
        assert word in told.secrets
        assert word not in public_answers(trial)
        act_out(trial, [("translate with the name", 0), ("check", 0)])
        assert not [each for each in told.secrets if each in public_answers(trial)]


def test_a_decision_shows_what_it_relies_on_as_long_as_that_is_published(
    tmp_path: Path, empty_database: Path, compiled_templates: Any
) -> None:
    """So that the test above cannot pass because no decision was ever public."""
    with open_trial(tmp_path, empty_database, compiled_templates) as trial:
        told = trial.told[0]
        act_out(trial, [("agree to all", 0), ("publish", 0), ("decide on", 0)])
        for page in decision_answers(trial):
            assert told.shown in page
            assert not [word for word in told.secrets if word in page]
        act_out(trial, [("withdraw", 0)])
        page, record = decision_answers(trial)
        assert told.shown not in page + record
        assert "can no longer be shown" in page
        assert "Penderfyniad" in record


def decision_answers(trial: Trial) -> tuple[str, str]:
    """Return the page of the published decision, and what programs are told of it."""
    client = trial.app.test_client()
    page, record = client.get("/en/decisions/2"), client.get("/api/v1/decisions")
    return words_of(page), words_of(record)


def test_a_teller_reads_with_the_code_what_nobody_else_reads(
    tmp_path: Path, empty_database: Path, compiled_templates: Any
) -> None:
    """So that the test above cannot pass because nothing was there to leak."""
    with open_trial(tmp_path, empty_database, compiled_templates) as trial:
        act_out(trial, [("publish", 0), ("reply", 0), ("ask", 0), ("say", 0), ("withdraw", 1)])
        mine, said = own_pages(trial, trial.told[0]), public_answers(trial)
        assert trial.told[0].shown in said
        for word in trial.told[0].secrets[1:2] + trial.told[0].secrets[4:]:
            assert word in mine
        assert "Cuddzeb" not in own_pages(trial, trial.told[1])
