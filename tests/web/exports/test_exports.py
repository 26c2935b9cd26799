"""Files of stories from the site: few at once, many in the background, and nothing that is not public any more."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.documents.tables.writers import write_stories
from involve.models import Export, Publication, Story
from involve.services.codebook.drafting import ThemeDraft, save_theme
from involve.services.codebook.releasing import release_draft
from involve.services.evidence import exports
from involve.services.evidence.making import LOOK_AGAIN, Exporter, tidy_exports
from involve.services.moderation.moderate import redact_story
from involve.services.publishing.publish import refresh_publication, unpublish_story
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.vocabulary.bilingual import Bilingual
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, Clock, make_staff
from tests.pages import Browser, Page
from tests.publications import Shown, add_rows, make_public

TAKE = {"cy": "/cy/lawrlwytho", "en": "/en/download"}
OTHERS = 5
WORDS = "Gwenllian ŵyn: mae’r bws yn hwyr."


@pytest.fixture
def told(site: Site, project: str) -> str:
    """The reference of one story among others that must not be touched."""
    with site.writing() as session:
        add_rows(session, project, [Shown(f"Number {at}.") for at in range(OTHERS)])
        return make_public(session, WORDS)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few stories are many that a test can make them."""
    monkeypatch.setattr("involve.web.exports.asking.AT_ONCE", 1)
    monkeypatch.setattr("involve.services.evidence.making.AT_A_TIME", 2)


def exporter(site: Site, write: Any = write_stories) -> Exporter:
    return Exporter(site.settings.resolved_export_dir, write, site.clock)


def work(site: Site, write: Any = write_stories) -> None:
    """Do as the worker does."""
    run_due_jobs(site.factory, make_handlers(None, CODE_KEY, exporter=exporter(site, write)), site.clock)


def files(site: Site) -> list[Path]:
    return sorted(site.settings.resolved_export_dir.glob("*"))


def ask(page: Browser, form: str = "csv", path: str = TAKE["en"]) -> Page:
    return page.send(page.get(path), {}, form="form#download", format=form)


def rows_of(answer: Page) -> list[dict[str, str]]:
    assert answer.response.headers["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(StringIO(answer.response.data.decode("utf-8-sig"), newline="")))


def link(shown: Page) -> str:
    return str(shown.soup.select("a[download]")[0]["href"])


@pytest.mark.parametrize("language", ["cy", "en"])
def test_few_stories_come_at_once_for_the_filters_of_the_evidence_page(
    page: Browser, site: Site, told: str, language: str
) -> None:
    evidence = page.get({"cy": "/cy/tystiolaeth?q=bws", "en": "/en/evidence?q=bws"}[language])
    # Beside it, other pages of the same choice.
    offered = {str(a["href"]) for a in evidence.soup.select("main a[rel=nofollow]")}
    (address,) = {each for each in offered if each.startswith(TAKE[language])}
    assert address == f"{TAKE[language]}?q=bws"
    assert [row["text"] for row in rows_of(ask(page, path=address))] == [WORDS]
    with site.reading() as session:
        assert session.scalar(select(func.count()).select_from(Export)) == 0


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("language", ["cy", "en"])
def test_many_are_made_beside_the_requests_seen_on_their_way_and_fetched(
    page: Browser, site: Site, told: str, language: str
) -> None:
    shown = ask(page, path=TAKE[language])
    assert shown.soup.select("progress") != []
    assert "6" in shown.text
    path = shown.response.request.path
    work(site)
    rows = rows_of(page.get(link(page.get(path))))
    assert len(rows) == OTHERS + 1
    assert WORDS in {row["text"] for row in rows}


@pytest.mark.usefixtures("many")
def test_who_stops_it_half_way_finds_nothing_left_and_can_begin_again(
    page: Browser, site: Site, told: str
) -> None:
    path = ask(page).response.request.path
    seen: list[Page] = []

    def stopped(form: str, file: Any, stories: Any) -> None:
        for at, _story in enumerate(stories):
            file.write(b"words")
            if at == 3:
                seen.append(page.get(path))
                page.send(seen[-1], {"do": "cancel"})

    work(site, stopped)
    assert "2 of 6" in seen[0].text
    assert page.get(path).h1 == "The file was cancelled"
    assert files(site) == []
    page.send(page.get(path), {"do": "again"})
    work(site)
    assert len(rows_of(page.get(link(page.get(path))))) == OTHERS + 1


def withdraw(session: Any, reference: str) -> None:
    unpublish_story(session, session.scalar(select(Story).where(Story.reference == reference)))


def redact(session: Any, reference: str) -> None:
    redact_story(session, make_staff(session), reference, [(0, 9, "name")], NOW)


def unquote(session: Any, reference: str) -> None:
    session.scalar(select(Publication).where(Publication.reference == reference)).quotable = False


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("change", [withdraw, redact, unquote])
def test_a_file_is_not_handed_on_once_a_word_in_it_is_not_public_any_more(
    page: Browser, site: Site, told: str, change: Any
) -> None:
    path = ask(page).response.request.path
    work(site)
    address = link(page.get(path))
    with site.writing() as session:
        change(session, told)
    refused = page.get(address)
    assert refused.h1 == "The file has to be made again"
    assert files(site) == []
    page.send(refused, {"do": "again"})
    work(site)
    rows = rows_of(page.get(link(page.get(path))))
    assert len(rows) == OTHERS + (change is not withdraw)
    assert (WORDS in {row["text"] for row in rows}) == (change is unquote)


@pytest.mark.usefixtures("many")
def test_new_stories_and_answered_tags_leave_a_file_as_it_is(page: Browser, site: Site, told: str) -> None:
    path = ask(page).response.request.path
    work(site)
    with site.writing() as session:
        make_public(session, "A new story.")
        refresh_publication(session, session.scalar(select(Story).where(Story.reference == told)))
    assert len(rows_of(page.get(link(page.get(path))))) == OTHERS + 1


@pytest.mark.usefixtures("many")
def test_what_nobody_fetches_goes_after_a_day_and_what_was_taken_back_within_minutes(
    page: Browser, site: Site, told: str, clock: Clock
) -> None:
    folder = site.settings.resolved_export_dir
    path = ask(page).response.request.path
    work(site)
    (folder / "left-by-a-dead-process.x.part").write_bytes(b"words")
    assert tidy_exports(site.factory, folder, NOW) == 1
    assert len(files(site)) == 1
    kept = ask(page).response.request.path
    with site.writing() as session:
        withdraw(session, told)
    work(site)
    assert tidy_exports(site.factory, folder, NOW + LOOK_AGAIN) == 1
    assert (page.get(path).h1, page.get(kept).h1) == ("The file has to be made again", "The file is ready")
    clock.now = NOW + exports.LASTS + timedelta(seconds=1)
    assert page.get(kept).status == page.get(f"{kept}/file").status == 404
    assert tidy_exports(site.factory, folder, clock.now) == 3
    assert files(site) == []


def test_a_snapshot_on_either_database_is_what_the_digest_says(
    factory: SessionFactory, tmp_path: Path
) -> None:
    from involve.services.evidence.filters import EvidenceFilter
    from tests.factories import make_project

    with transaction(factory) as session:
        make_project(session)
        add_rows(session, "bywyd-da", [Shown("Ŵyn."), Shown("Bws.", "cy", "W06000002")])
        wanted = EvidenceFilter(project="bywyd-da", language="cy", until=NOW.date())
        exports.ask_for_export(session, wanted, "jsonl", "key", NOW)
    maker = Exporter(tmp_path, write_stories, lambda: NOW)
    run_due_jobs(factory, make_handlers(None, CODE_KEY, exporter=maker), lambda: NOW)
    path = exports.fetch_export(factory, "key", tmp_path, NOW)
    assert path is not None
    assert path.read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("query", "typed", "status"),
    [
        ("", {"format": "pdf"}, 422),
        ("", {}, 422),
        ("?goal=happier", None, 400),
        ("?from=2026-02-31", None, 400),
        ("?from=2026-03-01&to=2026-02-01", None, 400),
        ("?from=2026-03-01&to=2026-02-01", {"format": "csv"}, 400),
    ],
)
def test_what_cannot_be_had_is_explained(
    page: Browser, site: Site, told: str, query: str, typed: dict[str, str] | None, status: int
) -> None:
    for path in TAKE.values():
        answer = page.get(path + query) if typed is None else page.post(path + query, typed)
        assert answer.status == status
    assert page.get(f"{TAKE['en']}/file{query}").response.mimetype == "text/html"
    assert page.get("/en/download/none-of-ours").status == 404


@pytest.mark.usefixtures("many")
def test_no_more_is_begun_than_a_site_can_make(
    page: Browser, site: Site, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_WAITING", 1)
    ask(page)
    assert ask(page).status == 503


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_codes_of_a_project_can_be_taken_along_by_anyone(
    page: Browser, site: Site, told: str, project: str, language: str
) -> None:
    with site.writing() as session:
        actor = make_staff(session, "administrator")
        theme = ThemeDraft(
            Bilingual("Bysiau hwyr", "Late buses"),
            Bilingual("Hŵyr", "Late"),
            cues_cy=("hwyr",),
            cues_en=("late",),
        )
        save_theme(session, actor, project, "", theme, NOW)
        release_draft(session, actor, project, NOW)
    taking = page.get(f"{TAKE[language]}?project={project}")
    answer = page.client.get(str(taking.one('a[href*="odebook"], a[href*="llyfr-codau"]')["href"]))
    assert answer.headers["Content-Disposition"].endswith('.qdc"')
    assert "Bysiau hwyr · Late buses" in answer.data.decode()
    assert "Late buses" not in page.client.get("/en/download/codebook").get_data(as_text=True)
    assert page.client.get("/en/download/codebook?project=dim").status_code == 404
