"""Importing stories that were gathered elsewhere: in batches, each kept or rejected whole, repeatable without harm."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.models import Consent, Insight, Project, Stage, Story
from involve.services.evidence.import_plan import (
    LONGEST_KEY,
    GivenCode,
    ImportOutcome,
    ImportPlan,
    ImportRow,
    Refusal,
)
from involve.services.insights.insight_draft import InsightDraft, check_draft
from involve.services.insights.insights import add_insight
from involve.services.projects.projects import current_stage, find_project
from involve.services.publishing.publish import publish_story
from involve.services.reading.learning import reading_in_use
from involve.services.safeguarding.alerts import tell_of_concerns
from involve.services.stories.codes import client_of_import, hash_client, hash_code, hash_content, make_code
from involve.services.stories.tell import check_text, clean_text, free_reference
from involve.services.stories.understand import store_analysis
from involve.services.trail.record import record
from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse
from involve.vocabulary.consents import USES
from involve.vocabulary.days import day_of

# Our own wording was not shown to these people; the importer vouches for what they agreed to.
WORDING_VERSION = "import"


def import_batch(
    session: Session,
    plan: ImportPlan,
    rows: Sequence[ImportRow],
    now: datetime,
    code_key: str,
    user_id: int | None = None,
) -> ImportOutcome:
    """Take *rows* in, read them by machine and, where the plan says so, publish those that nothing speaks against.

    A row that came before (same source and id, or same source and text without an id) adds nothing. Rows with
    personal details or signs of risk are never published here. The caller commits; an event tells of each batch
    that added something: by the member of staff *user_id*, or by a command.
    """
    project = find_project(session, plan.project)
    fresh, refused = readable_rows(rows, plan)
    keyed: dict[str, ImportRow] = {}
    for row in fresh:
        keyed.setdefault(source_key(row, plan, code_key), row)
    known = known_keys(session, project, plan, keyed)
    new = [(key, row) for key, row in keyed.items() if key not in known]
    codes: tuple[GivenCode, ...] = ()
    if plan.told_as == "insight":
        _add_insights(session, project, plan, new, now)
        published, held = 0, 0
    else:
        published, held, codes = _add_stories(session, project, plan, new, now, code_key)
    if new:
        _note_batch(session, project, plan, now, user_id, added=len(new), published=published, held=held)
    session.flush()
    tell_of_concerns(session, now)
    return ImportOutcome(len(new), len(fresh) - len(new), published, held, tuple(refused), codes)


def _note_batch(
    session: Session, project: Project, plan: ImportPlan, now: datetime, user_id: int | None, **became: int
) -> None:
    """Keep that a batch came: from where, on whose word, and how much became of it."""
    record(
        session,
        "imported",
        "project",
        project.id,
        now,
        actor="command" if user_id is None else "staff",
        user_id=user_id,
        source=plan.source,
        as_=plan.told_as,
        because=plan.because,
        uses=sorted(plan.uses),
        codes=plan.codes,
        **became,
    )


def readable_rows(rows: Iterable[ImportRow], plan: ImportPlan) -> tuple[list[ImportRow], list[Refusal]]:
    """Separate the rows that can be kept from those that cannot."""
    fresh, refused = [], []
    for row in rows:
        try:
            text = check_text(row.text)
            if plan.told_as == "insight":
                check_draft(row.insight or InsightDraft(plan.project, text, row.people))
        except BadInput as error:
            refused.append(Refusal(row.line, str(error)))
            continue
        if row.id is not None and (len(row.id) > LONGEST_KEY or row.id != clean_text(row.id)):
            refused.append(Refusal(row.line, "id"))
            continue
        fresh.append(replace(row, text=text))
    return fresh, refused


def source_key(row: ImportRow, plan: ImportPlan, code_key: str) -> str:
    """Return what a repeat of the row is known by, within its source."""
    if row.id:
        return f"id:{row.id}"
    # Keyed, so that the words cannot be guessed from what is left of a withdrawn story.
    return "text:" + hash_content(code_key, {"source": plan.source, "text": row.text.strip()})


def known_keys(session: Session, project: Project, plan: ImportPlan, keys: Iterable[str]) -> set[str]:
    """Return those of *keys* that an earlier import of the same source brought."""
    table = Insight if plan.told_as == "insight" else Story
    return set(
        session.scalars(
            select(table.source_key).where(
                table.project_id == project.id, table.source == plan.source, table.source_key.in_(list(keys))
            )
        )
    )


def _add_insights(
    session: Session, project: Project, plan: ImportPlan, new: Sequence[tuple[str, ImportRow]], now: datetime
) -> None:
    """Add insights with what the machine reads in them; nobody here is their author."""
    for key, row in new:
        draft = row.insight or InsightDraft(plan.project, row.text, row.people)
        add_insight(session, project, check_draft(draft), plan.source, key, now, None)


def _add_stories(
    session: Session,
    project: Project,
    plan: ImportPlan,
    new: Sequence[tuple[str, ImportRow]],
    now: datetime,
    code_key: str,
) -> tuple[int, int, tuple[GivenCode, ...]]:
    """Add stories with what the machine understood; return how many were published, how many held back, and codes."""
    stage = current_stage(project, day_of(now))
    codebook, reading = load_builtin(), reading_in_use(session)
    published = held = 0
    codes = []
    for key, row in new:
        analysis = analyse(row.text, codebook, reading=reading)
        story = _story(session, stage, plan, key, row, now, code_key)
        # There is no page on which it was told: its own language stands in, and a Welsh story is answered in Welsh.
        story.page_language = story.reply_language = "cy" if analysis.language in ("cy", "mixed") else "en"
        story.consents = _consents(plan.uses, story.reply_language, now)
        session.add(story)
        session.flush()
        store_analysis(session, story, analysis, now)
        if plan.codes:
            client_id = client_of_import(code_key, _seed(project.id, plan, key))
            codes.append(GivenCode(row.id or "", story.reference, make_code(code_key, client_id)))
        if plan.publish and not (story.personal or story.at_risk or story.abuse):
            publish_story(session, story, now)
            published += 1
        elif plan.publish:
            held += 1
    return published, held, tuple(codes)


def _story(
    session: Session, stage: Stage, plan: ImportPlan, key: str, row: ImportRow, now: datetime, code_key: str
) -> Story:
    """Return the row of an imported story. Nobody is given a code for it, unless the plan says so."""
    seed = _seed(stage.project_id, plan, key)
    client_id = client_of_import(code_key, seed)
    return Story(
        reference=free_reference(session, code_key, seed),
        project_id=stage.project_id,
        stage_id=stage.id,
        text=row.text,
        language="und",
        told_as=plan.told_as,
        area=None,
        state="received",
        received_at=now,
        client_hash=hash_client(code_key, client_id) if plan.codes else None,
        code_hash=hash_code(code_key, make_code(code_key, client_id)) if plan.codes else None,
        content_hash=hash_content(code_key, {"text": row.text}),
        source=plan.source,
        source_key=key,
        personal=[],
        risk=[],
        spam=[],
        at_risk=False,
    )


def _seed(project_id: int, plan: ImportPlan, key: str) -> bytes:
    """Return what is one row's own: its project, source and key."""
    return f"{project_id}\0{plan.source}\0{key}".encode("utf-8", "replace")


def _consents(uses: frozenset[str], language: str, now: datetime) -> list[Consent]:
    """Return one row for each use, given or not."""
    return [
        Consent(
            use=use.id,
            given=use.id in uses,
            wording_version=WORDING_VERSION,
            wording_language=language,
            answered_at=now,
        )
        for use in USES
    ]
