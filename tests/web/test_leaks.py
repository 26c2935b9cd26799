"""Whatever people and staff do in whatever order, no public answer holds an original, a contact or a code."""

import logging
import sqlite3
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from werkzeug.routing import Rule

from involve.models import Decision, Follow
from involve.services.evidence.exporting import export_row
from involve.services.evidence.filters import EvidenceFilter
from involve.services.evidence.published import published_stories
from involve.web.rules import PUBLIC, RULES
from involve.web.site import Site
from tests.answers import words_of
from tests.web.leak_acts import ACTIONS, OUTCOME, STAFF_NAME, STORIES, Told, Trial, act_out, make_trial
from tests.web.test_secrets import PART

# Where something of a story can stand. The other public pages say the same whatever people told; test_secrets.py asks
# for them too, as for those that only staff or tellers open.
SHOWING = {
    "api", "evidence", "exports", "feeds", "following", "pictures", "projects", "promises", "sharing", "what_changed",
}  # fmt: skip
SAME_FOR_ALL = {"accounts", "health", "home", "my_story", "notify", "static", "tell"}
NAMED = {"slug": "bywyd-da", "goal_id": "healthier", "gss": "W06000015"}
SUBJECTS = {"project": "bywyd-da", "goal": "healthier", "area": "W06000015", "body": "corff-prawf"}
# A sheet takes longest to make, and one holds both languages.
BOTH = "?both=1"


@dataclass
class Stage:
    """A site with a trial on it that can be begun again and again."""

    app: Flask
    trial: Trial
    database: Path
    before: sqlite3.Connection

    def begin(self) -> Trial:
        """Make everything as it was before anybody did anything, and return it."""
        with sqlite3.connect(self.database) as live:
            self.before.backup(live)
        # No site runs while its database is put back: what this one remembers is of another.
        self.trial.site.factory.kw["info"]["memory"].clear()
        return Trial(self.trial.site, self.trial.staff, self.trial.translator, deepcopy(self.trial.told))


@pytest.fixture
def stage(app: Flask, site: Site, data_dir: Path) -> Iterator[Stage]:
    """Three stories that nobody has read yet."""
    app.test_client_class = FlaskClient
    trial, before = make_trial(site), sqlite3.connect(":memory:")
    with sqlite3.connect(data_dir / "involve.sqlite3") as live:
        live.backup(before)
    yield Stage(app, trial, data_dir / "involve.sqlite3", before)
    before.close()


def public_answers(app: Flask, trial: Trial) -> str:
    """Return all that anyone is answered wherever something of a story can stand, in every format, with headers."""
    client, said = app.test_client(), []
    for path in public_paths(app, trial):
        answer = client.get(path)
        assert answer.status_code < 500, path
        said.append(f"{answer.headers}\n{words_of(answer)}")
    return "\n".join([*said, *exported(trial)])


def public_paths(app: Flask, trial: Trial) -> list[str]:
    """Return the address of each such page, for each story and decision."""
    with trial.site.reading() as session:
        decisions = session.scalars(select(Decision.id).order_by(Decision.id.desc()).limit(4)).all()
    paths = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and may_show(rule):
            stories = [told.reference for told in trial.told] if "reference" in rule.arguments else [""]
            numbers = decisions if "decision" in subject_of(rule) else [0]
            paths += [address(rule, *each) for each in product(stories, numbers)]
    return [path for path in paths if path]


def may_show(rule: Rule) -> bool:
    """Say whether something of a story can stand on a page; a new part of the site has to be sorted first."""
    if RULES.get(rule.endpoint) != PUBLIC:
        return False
    part = rule.endpoint.partition(".")[0]
    assert part in SHOWING | SAME_FOR_ALL, f"Can {rule.endpoint} show something of a story?"
    return part in SHOWING or rule.endpoint == "home.show_home"


def subject_of(rule: Rule) -> str:
    """Return what a page is about: a name in its address, or what is followed there."""
    return "decision" if "decision_id" in rule.arguments else str((rule.defaults or {}).get("kind", ""))


def address(rule: Rule, reference: str, decision: int) -> str:
    """Return the address of a page about a story or decision; of a sheet in two languages, one."""
    sheet = rule.rule.endswith((".pdf", ".docx"))
    if sheet and (rule.rule.startswith("/cy/") or decision % 2):
        return ""
    # A brief’s PDF and its Word file are made of the same words, and the PDF takes longest.
    if rule.endpoint == "evidence.take_pdf":
        return ""
    values = {**NAMED, "reference": reference, "decision_id": str(decision)}
    values["subject"] = SUBJECTS.get(subject_of(rule), str(decision or 1))
    if rule.endpoint.endswith("_body"):
        values["slug"] = SUBJECTS["body"]
    return PART.sub(lambda part: values.get(part[1], "1"), rule.rule) + (BOTH if sheet else "")


def exported(trial: Trial) -> list[str]:
    """Return the rows of an export."""
    with trial.site.reading() as session:
        return [
            " ".join(export_row(story))
            for story in published_stories(session, EvidenceFilter(project="bywyd-da"))
        ]


def own_pages(app: Flask, told: Told) -> str:
    """Return what the teller of one story sees with its code; empty where the code opens nothing any more."""
    client = app.test_client()
    opened = client.post("/en/my-story", data={"code": told.code}, follow_redirects=True)
    contact = client.get("/en/my-story/email")
    return opened.get_data(as_text=True) + contact.get_data(as_text=True)


STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), st.integers(0, STORIES - 1)), max_size=14)


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_public_answer_holds_what_was_not_published(
    stage: Stage, caplog: pytest.LogCaptureFixture, steps: list[tuple[str, int]]
) -> None:
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        trial = stage.begin()
        act_out(trial, steps)
        said = public_answers(stage.app, trial)
        assert STAFF_NAME not in said
        for told in trial.told:
            assert (told.shown in said) == told.public, (told.shown, steps)
            leaked = [word for word in told.secrets if word.lower() in (said + caplog.text).lower()]
            assert leaked == [], steps
        mine = own_pages(stage.app, trial.told[0])
        others = [word for told in trial.told[1:] for word in told.secrets]
        assert [word for word in others if word.lower() in mine.lower()] == [], steps


def test_a_translation_is_read_only_as_long_as_it_is_of_the_words_that_are_published(stage: Stage) -> None:
    """So that the test above cannot pass because no translation was ever public."""
    trial = stage.begin()
    told = trial.told[0]
    act_out(trial, [("publish", 0), ("translate", 0), ("check", 0)])
    (word,) = told.translated
    assert word not in told.secrets
    assert public_answers(stage.app, trial).count(word) > 5
    act_out(trial, [("hide more", 0)])
    assert word in told.secrets
    assert word not in public_answers(stage.app, trial)
    act_out(trial, [("translate with the name", 0), ("check", 0)])
    assert not [each for each in told.secrets if each in public_answers(stage.app, trial)]


def test_a_decision_shows_what_it_relies_on_and_what_came_of_it_as_long_as_that_is_published(
    stage: Stage,
) -> None:
    """So that the test above cannot pass because no decision was ever public, nor what came of it."""
    trial = stage.begin()
    told = trial.told[0]
    act_out(trial, [("agree to all", 0), ("publish", 0), ("decide on", 0), ("note what came", 0)])
    assert public_answers(stage.app, trial).count(OUTCOME) > 5
    page = stage.app.test_client().get("/en/decisions/2").get_data(as_text=True)
    assert told.shown in page
    assert not [word for word in told.secrets if word in page]
    act_out(trial, [("withdraw", 0)])
    page = stage.app.test_client().get("/en/decisions/2").get_data(as_text=True)
    assert told.shown not in page
    assert "can no longer be shown" in page
    assert OUTCOME in page


def test_a_teller_reads_with_the_code_what_nobody_else_reads(stage: Stage) -> None:
    """So that the test above cannot pass because nothing was there to leak."""
    trial = stage.begin()
    act_out(trial, [("publish", 0), ("reply", 0), ("ask", 0), ("say", 0), ("withdraw", 1)])
    mine, said = own_pages(stage.app, trial.told[0]), public_answers(stage.app, trial)
    assert trial.told[0].shown in said
    for word in trial.told[0].secrets[1:2] + trial.told[0].secrets[4:]:
        assert word in mine
    assert "Cuddzeb" not in own_pages(stage.app, trial.told[1])


def test_addresses_and_numbers_that_were_left_are_there_to_leak(stage: Stage) -> None:
    """So that the test above cannot pass because nobody ever followed, nor left a number."""
    trial = stage.begin()
    act_out(trial, [("publish", 0), ("follow", 0), ("ask to follow", 1), ("leave a number", 0)])
    with trial.site.reading() as session:
        follows = session.scalars(select(Follow).order_by(Follow.id)).all()
        assert [each.confirmed_at is not None for each in follows] == [True, False]
    number = trial.told[0].secrets[-1]
    assert number in own_pages(stage.app, trial.told[0])
