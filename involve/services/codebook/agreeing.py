"""How far the coders of a round agree, with each other and with the machine; seen by those who have finished coding."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import CodedPassage, CodedStory, Coder, CodingStory, Publication
from involve.services.codebook.books import CodebookView, as_concepts, read_version
from involve.services.codebook.rounds import RoundView, find_round, view_round
from involve.services.staff.access import Actor
from involve.text.agreement import Agreement, Unit, compare_coders
from involve.text.sentences import split_sentences
from involve.text.theme_reading import ThemeReader, make_theme_reader, prepare

MACHINE = "machine"
COLUMNS = (
    "coders",
    "theme",
    "name_cy",
    "name_en",
    "language",
    "sentences",
    "marked",
    "alpha",
    "low",
    "high",
    "enough",
)


@dataclass(frozen=True, slots=True)
class AgreementView:
    """A round, its codebook, the names of its coders by their mark in `rows`, and how far they agree."""

    round: RoundView
    codebook: CodebookView
    names: Mapping[str, str]
    rows: tuple[Agreement, ...]


def show_agreement(session: Session, actor: Actor, slug: str, round_id: int) -> AgreementView | None:
    """Return how far coders agree on the sentences of the stories that they are done with.

    None while this member of staff may not see it: they have not finished coding, and the round is not closed.

    Raises:
        NotFound, NotAllowed: there is no such round, or no grant covers it.
    """
    row = find_round(session, actor, slug, round_id)
    view = view_round(session, row)
    if not view.shows_to(actor.user_id):
        return None
    codebook = read_version(session, row.version_id)
    units = tuple(_units(session, row.id, codebook))
    themes = [theme.key for theme in codebook.active]
    # The same marks give the same intervals each time that somebody looks.
    rows = compare_coders(units, themes, MACHINE, Random(row.seed))  # noqa: S311  not for secrets
    names = {str(each.user_id): each.name for each in view.coders}
    return AgreementView(view, codebook, names, rows)


def agreement_rows(view: AgreementView) -> Iterator[tuple[str, ...]]:
    """Yield the figures as rows of a table, its heading first; figures that say nothing are ''."""
    yield COLUMNS
    for row in view.rows:
        theme = view.codebook.find(row.theme) if row.theme else None
        yield (
            "; ".join(view.names.get(coder, coder) for coder in row.coders),
            row.theme or "",
            theme.name.cy if theme else "",
            theme.name.en if theme else "",
            row.language,
            str(row.units),
            str(row.marked),
            *(
                "" if figure is None or not row.enough else f"{figure:.3f}"
                for figure in (row.alpha, row.low, row.high)
            ),
            "yes" if row.enough else "no",
        )


def _units(session: Session, round_id: int, codebook: CodebookView) -> Iterator[Unit]:
    """Yield every sentence that at least one coder read, with what each of them and the machine says of it."""
    coders = session.execute(select(Coder.id, Coder.user_id).where(Coder.round_id == round_id)).all()
    names = {number: str(user_id) for number, user_id in coders}
    done: dict[int, set[int]] = defaultdict(set)
    for coder, story in session.execute(
        select(CodedStory.coder_id, CodedStory.coding_story_id).where(CodedStory.coder_id.in_(names))
    ):
        done[story].add(coder)
    marks: dict[int, list[CodedPassage]] = defaultdict(list)
    for mark in session.scalars(select(CodedPassage).where(CodedPassage.coder_id.in_(names))):
        marks[mark.coding_story_id].append(mark)
    reader = make_theme_reader(as_concepts(codebook.themes))
    stories = session.execute(
        select(CodingStory.id, Publication.language, Publication.text)
        .join(Publication, Publication.id == CodingStory.publication_id)
        .where(CodingStory.id.in_(done))
    )
    for number, language, text in stories:
        machine = _read(reader, codebook, text)
        for sentence in split_sentences(text):
            span = (sentence.start, sentence.end)
            codes = {
                names[coder]: frozenset(
                    mark.theme
                    for mark in marks[number]
                    if mark.coder_id == coder and _touch(span, (mark.start, mark.stop))
                )
                for coder in done[number]
            }
            found = frozenset(theme for theme, place in machine if _touch(span, place))
            yield Unit(str(number), language, {**codes, MACHINE: found})


def _read(reader: ThemeReader, codebook: CodebookView, text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return what the machine marks in a story: the key of a theme and where its words stand."""
    keys = {theme.concept: theme.key for theme in codebook.active}
    return [
        (keys[tag.concept], (passage.start, passage.end))
        for tag in reader.read(prepare(text))
        for passage in tag.passages
    ]


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
