"""What an import is: where its rows go, what was agreed to, what became of each row, and the rules it is held to."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from involve.errors import BadInput
from involve.services.insights.insight_draft import InsightDraft
from involve.services.projects.projects import find_project
from involve.vocabulary.consents import USES

TOLD_AS = ("own", "on_behalf", "insight")
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What is imported where. `uses` are the ids of uses agreed to; `because` is the reason for publishing."""

    project: str
    source: str
    told_as: str = "own"
    uses: frozenset[str] = frozenset({"read"})
    publish: bool = False
    because: str = ""
    # Whether each person is to be given a story code, so that they can come back.
    codes: bool = False


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row of a file. `line` is where it begins, from 1; `id` is its own in the source, if it has one."""

    line: int
    text: str
    id: str | None = None
    people: int | None = None
    # What only an insight says beside its words.
    insight: InsightDraft | None = None


@dataclass(frozen=True, slots=True)
class GivenCode:
    """The story code of an imported story, for the person who told it: whoever has it can open the story."""

    id: str
    reference: str
    code: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken, and why: the reason that a rule gives ('empty', 'long', 'how' …), or a sentence."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of some rows. `held` are those that `publish` left in the queue for a person to look at."""

    added: int = 0
    repeated: int = 0
    published: int = 0
    held: int = 0
    refused: tuple[Refusal, ...] = ()
    codes: tuple[GivenCode, ...] = ()

    def __add__(self, other: "ImportOutcome") -> "ImportOutcome":
        return ImportOutcome(
            self.added + other.added,
            self.repeated + other.repeated,
            self.published + other.published,
            self.held + other.held,
            self.refused + other.refused,
            self.codes + other.codes,
        )


def check_import(session: Session, plan: ImportPlan) -> None:
    """Hold a plan to the rules before any row is read.

    Raises:
        NotFound: there is no such project.
        BadInput: a rule is broken; the message says which.
    """
    find_project(session, plan.project)
    if not plan.source.strip() or len(plan.source) > LONGEST_KEY:
        raise BadInput(f"The source needs a name of at most {LONGEST_KEY} characters.")
    if plan.told_as not in TOLD_AS:
        raise BadInput(f"Unknown kind of import: {plan.told_as}.")
    if unknown := plan.uses - {use.id for use in USES}:
        raise BadInput(
            f"Unknown consent: {', '.join(sorted(unknown))}. Known: {', '.join(use.id for use in USES)}."
        )
    if plan.told_as == "insight" and (plan.publish or plan.uses - {"read"}):
        raise BadInput("An insight is second-hand: nobody's consent goes with it, and it is never published.")
    if plan.told_as == "insight" and plan.codes:
        raise BadInput("An insight is second-hand: there is no participant to give a code to.")
    if plan.publish and "publish" not in plan.uses:
        raise BadInput("Publishing needs the participants' consent: add --consent publish.")
    if plan.publish and not plan.because.strip():
        raise BadInput("Publishing without anyone reading needs a reason: add --because.")
