"""Making a story public: its redacted words and agreed or suggested tags, and nothing else."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, text
from sqlalchemy.orm import Session

from involve.errors import NotAllowed
from involve.models import Publication, PublicationTag, Story, Tag
from involve.services.codebook.coding import follow_coded_words
from involve.services.deciding.followed_words import follow_cited_words
from involve.services.publishing.keys import encode_keys
from involve.services.publishing.wording import word_many, word_story
from involve.services.reading.theme_passages import follow_words
from involve.services.stories.voices import bring_together
from involve.services.translations.translation_rows import forget_translations, mark_stale
from involve.text.redaction import Redacted
from involve.text.search import index_keys
from involve.text.types import Passage


class PublishingNotAgreed(NotAllowed):
    """The participant did not agree that the story may be published."""

    code = "publishing_not_agreed"


def agreed_uses(story: Story) -> frozenset[str]:
    """Return the uses that the participant agrees to now: the last answer about each use counts."""
    answers = {consent.use: consent.given for consent in story.consents}
    return frozenset(use for use, given in answers.items() if given)


def publish_story(session: Session, story: Story, now: datetime) -> Publication:
    """Publish *story* as its redactions leave it; doing it again brings the published form up to date.

    Raises:
        PublishingNotAgreed: there is no consent to publish, or the story was withdrawn.
    """
    if "publish" not in agreed_uses(story) or story.state == "withdrawn":
        raise PublishingNotAgreed(story.reference)
    story.state = "published"
    publication = _find_publication(session, story)
    if publication is None:
        publication = Publication(
            story_id=story.id,
            reference=story.reference,
            project_id=story.project_id,
            stage_id=story.stage_id,
            area=story.area,
            told_as=story.told_as,
            published_at=now,
            text="",
            language="und",
            keys="",
            quotable=False,
            corrected=False,
        )
        session.add(publication)
    _fill(session, publication, story)
    return publication


def refresh_publication(session: Session, story: Story) -> None:
    """Bring the published form, if there is one, up to date with the story's tags and redactions."""
    publication = _find_publication(session, story)
    if publication is not None:
        _fill(session, publication, story)


def refresh_themes(session: Session, story_ids: Collection[int]) -> None:
    """Bring the themes of the published forms of many stories up to date, whose words are what they were."""
    published = select(Publication.id, Story.id, Story.text).join(Story, Story.id == Publication.story_id)
    rows = session.execute(published.where(Story.id.in_(story_ids))).all()
    worded = word_many(session, {story_id: text for _id, story_id, text in rows})
    tags: dict[int, list[Tag]] = {story_id: [] for story_id in worded}
    for tag in session.scalars(select(Tag).where(Tag.story_id.in_(worded), Tag.scheme == "theme")):
        tags[tag.story_id].append(tag)
    ids = {publication_id: story_id for publication_id, story_id, _text in rows}
    _replace_tags(
        session,
        PublicationTag.publication_id.in_(ids) & (PublicationTag.scheme == "theme"),
        (row for id_, story_id in ids.items() for row in _public_tags(id_, tags[story_id], worded[story_id])),
    )


def unpublish_story(session: Session, story: Story) -> None:
    """Take the published form away; the search index loses it in the same transaction."""
    publication = _find_publication(session, story)
    if publication is not None:
        session.delete(publication)
        session.flush()
        _forget_words(session)
    forget_translations(session, story.id)


def _find_publication(session: Session, story: Story) -> Publication | None:
    """Return the published form of *story*."""
    return session.scalar(select(Publication).where(Publication.story_id == story.id))


def _fill(session: Session, publication: Publication, story: Story) -> None:
    """Write the redacted words, their keys and the tags that may be seen."""
    redacted, old_keys, old_text = word_story(session, story), publication.keys, publication.text
    publication.text, publication.language = redacted.text, story.language
    publication.keys = " ".join(encode_keys(index_keys(_words_of(redacted))))
    publication.corrected = any(not move.hidden for move in redacted.moves)
    publication.quotable = "quote" in agreed_uses(story)
    session.flush()
    follow_words(session, publication, old_text)
    follow_coded_words(session, publication, old_text)
    follow_cited_words(session, publication, old_text)
    if old_text != publication.text:
        mark_stale(session, story.id)
    if old_keys and old_keys != publication.keys:
        _forget_words(session)
    tags = session.scalars(select(Tag).where(Tag.story_id == story.id))
    _replace_tags(
        session,
        PublicationTag.publication_id == publication.id,
        _public_tags(publication.id, tags, redacted),
    )
    session.expire(publication, ["tags"])


def _words_of(redacted: Redacted) -> str:
    """Return the words that anyone may read: nobody searches for the marks of what is hidden."""
    marks = [move for move in redacted.moves if move.hidden]
    starts = [0, *(mark.new_end for mark in marks)]
    ends = [*(mark.new_start for mark in marks), len(redacted.text)]
    return " ".join(redacted.text[start:end] for start, end in zip(starts, ends, strict=True))


def _forget_words(session: Session) -> None:
    """Rewrite SQLite's search index: it only crosses deleted words out, and they could be read in its file."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("insert into publication_search(publication_search) values ('optimize')"))


def _replace_tags(session: Session, old: ColumnElement[bool], new: Iterable[dict[str, Any]]) -> None:
    """Put *new* published tags in the place of *old* ones."""
    session.execute(delete(PublicationTag).where(old))
    if rows := list(new):
        session.execute(insert(PublicationTag), rows)


def _public_tags(publication_id: int, tags: Iterable[Tag], redacted: Redacted) -> Iterator[dict[str, Any]]:
    """Yield the rows of the tags that nobody rejected. One of the machine's needs a passage that is still readable."""
    for each in bring_together(tags):
        moved = (redacted.follow(Passage(start, end, "")) for start, end in each.passages)
        passages = [[passage.start, passage.end] for passage in moved if passage is not None]
        if each.verdict != "rejected" and (passages or each.voice != "machine"):
            yield {
                "publication_id": publication_id,
                "scheme": each.scheme,
                "concept": each.concept,
                "stance": each.stance,
                "voice": each.voice,
                "passages": passages,
            }
