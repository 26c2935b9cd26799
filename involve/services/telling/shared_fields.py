"""The fields of an answer that are the same for everybody: filled when it is kept, so that it stays what was said."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from involve.errors import NotFound
from involve.models import Decision, Project
from involve.services.telling.fields import FieldRefused, fields_of, fill_fields, named
from involve.vocabulary.bilingual import Bilingual


def fill_shared(
    session: Session, project: Project, decision_id: int | None, words: Mapping[str, str]
) -> dict[str, str]:
    """Return the words of an answer, by language, with its shared fields filled.

    Raises:
        FieldRefused: they name the decision, and the answer is about none ('nothing').
        NotFound: the project has no such decision that is public.
    """
    decision = None if decision_id is None else _find_decision(session, project, decision_id)
    values = _values(project, decision)
    for language, text in words.items():
        if decision is None and "decision" in fields_of(text):
            raise FieldRefused("nothing", named("decision", language), language)
    return {
        language: fill_fields(text, {name: value.in_language(language) for name, value in values.items()})
        for language, text in words.items()
    }


def _find_decision(session: Session, project: Project, decision_id: int) -> Decision:
    decision = session.get(Decision, decision_id)
    if decision is None or decision.project_id != project.id or decision.state != "published":
        raise NotFound("decision")
    return decision


def _values(project: Project, decision: Decision | None) -> dict[str, Bilingual]:
    """Return what each shared field stands for."""
    values = {
        "project": Bilingual(project.name_cy, project.name_en),
        "body": Bilingual(project.body.name_cy, project.body.name_en),
    }
    if decision is not None:
        values["decision"] = Bilingual(decision.title_cy, decision.title_en)
    return values
