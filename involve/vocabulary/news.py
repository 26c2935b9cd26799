"""What happens in public: the heading of each kind of news, and where one reads of it."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find

_PROJECT = Bilingual("/cy/prosiectau/{slug}", "/en/projects/{slug}")
_PROMISE = Bilingual("/cy/prosiectau/{slug}/addewid", "/en/projects/{slug}/promise")
_DECISION = Bilingual("/cy/penderfyniadau/{decision_id}", "/en/decisions/{decision_id}")
_CHANGED = Bilingual("/cy/beth-newidiodd#project-{project_id}", "/en/what-changed#project-{project_id}")

_LAST = Bilingual("Diwrnod olaf", "Last day")
_ANSWER_BY = Bilingual("Ateb erbyn", "Answer by")
_ON = Bilingual("Dyddiad", "Date")
_DUE = Bilingual("Erbyn", "Due by")


@dataclass(frozen=True, slots=True)
class NewsKind:
    """A kind of news. A colon and the name of what it is about follow the heading; `path` may name slug and ids.

    `day` says what the day that comes with it is; None where there is none.
    """

    id: str
    heading: Bilingual
    path: Bilingual
    day: Bilingual | None = None


NEWS_KINDS: tuple[NewsKind, ...] = (
    NewsKind("announced", Bilingual("Prosiect newydd", "New project"), _PROJECT),
    NewsKind("opened", Bilingual("Ar agor i straeon", "Open for stories"), _PROJECT, _LAST),
    NewsKind("closing", Bilingual("Yn cau cyn bo hir", "Closing soon"), _PROJECT, _LAST),
    NewsKind("closed", Bilingual("Wedi cau i straeon", "Closed for stories"), _PROJECT, _ANSWER_BY),
    NewsKind("decision", Bilingual("Penderfyniad", "Decision"), _DECISION),
    NewsKind("agreed", Bilingual("Cytunwyd ar benderfyniad", "Decision agreed"), _DECISION, _ON),
    NewsKind("under_way", Bilingual("Penderfyniad ar waith", "Decision under way"), _DECISION, _ON),
    NewsKind("done", Bilingual("Penderfyniad wedi’i wireddu", "Decision carried out"), _DECISION, _ON),
    NewsKind(
        "not_done", Bilingual("Penderfyniad heb ei wireddu", "Decision not carried out"), _DECISION, _ON
    ),
    NewsKind("answer", Bilingual("Ateb cyhoeddus", "Public answer"), _CHANGED),
    NewsKind("changed", Bilingual("Newidiwyd yr addewid", "The promise was changed"), _PROMISE),
    NewsKind("lowered", Bilingual("Gostyngwyd yr addewid", "The promise was lowered"), _PROMISE),
    NewsKind(
        "kept", Bilingual("Cadwyd yr addewid mewn pryd", "The promise was kept in time"), _PROMISE, _DUE
    ),
    NewsKind(
        "kept_late", Bilingual("Cadwyd yr addewid yn hwyr", "The promise was kept late"), _PROMISE, _DUE
    ),
    NewsKind(
        "missed",
        Bilingual("Ni chadwyd yr addewid mewn pryd", "The promise was not kept in time"),
        _PROMISE,
        _DUE,
    ),
)


def find_news_kind(kind_id: str) -> NewsKind:
    """Return the kind of news with that id.

    Raises:
        NotFound: there is none.
    """
    return find(NEWS_KINDS, kind_id)
