"""Stories like one: the page shows them across languages, and says how they were found."""

from array import array

from sqlalchemy import select

from involve.models import Publication, PublicationVector
from involve.web.site import Site
from tests.pages import Browser, Page
from tests.publications import Shown, add_rows

BEARING = (("goal", "healthier", "concern"), ("goal", "equal", "idea"))
SAID = {
    "cy": ("Yn ôl y pynciau", "o ran ystyr eu geiriau"),
    "en": ("By the topics", "in what their words mean"),
}


def alike(page: Page) -> list[str]:
    """Return the references of the stories like the one on a page, in order."""
    links = page.soup.select(
        "#alike ~ article.story a[href*='/evidence/'], #alike ~ article.story a[href*='/tyst']"
    )
    return [str(link["href"]).split("/")[-1] for link in links]


def test_the_nearest_in_meaning_come_first_once_it_is_known(site: Site, project: str, page: Browser) -> None:
    with site.writing() as session:
        stories = [Shown("Mae’r bws yn hwyr.", "cy", tags=BEARING), *[Shown("A bus.", tags=BEARING)] * 2]
        welsh, first, second = add_rows(session, "bywyd-da", stories)
        add_rows(session, "bywyd-da", [Shown("Rain.")] * 5)
    places = {"cy": f"/cy/tystiolaeth/{welsh}", "en": f"/en/evidence/{welsh}"}
    for language, place in places.items():
        before = page.get(place)
        assert alike(before) == [second, first]
        assert SAID[language][0] in before.text
    with site.writing() as session:
        numbers = dict(session.execute(select(Publication.reference, Publication.id)).all())
        for reference, vector in ((welsh, (9, 1)), (first, (8, 2)), (second, (1, 9))):
            packed = array("b", vector).tobytes()
            session.add(PublicationVector(publication_id=numbers[reference], model="m", vector=packed))
    for language, place in places.items():
        after = page.get(place)
        assert alike(after) == [first, second]
        assert SAID[language][1] in after.text
        assert SAID[language][0] not in after.text
