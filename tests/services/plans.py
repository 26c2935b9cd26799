"""A project's plan with everything filled in, for tests that need one."""

from datetime import date

from involve.services.projects.projects import ProjectPlan, StagePlan
from involve.vocabulary.bilingual import Bilingual

WORDS = Bilingual("Geiriau", "Words")


def plan(
    slug: str, body: str = "corff", opens: date = date(2026, 1, 1), closes: date = date(2026, 12, 31)
) -> ProjectPlan:
    """Return the plan of a project with one stage."""
    stage = StagePlan("identification", "iap2", "consult", WORDS, WORDS, WORDS, opens, closes, closes)
    return ProjectPlan(body, slug, WORDS, WORDS, (stage,))
