"""Why staff take a story back for somebody: the few reasons for which they may, in both languages."""

from involve.vocabulary.terms import Term, find, term

TAKEBACKS: tuple[Term, ...] = (
    term(
        "asked",
        "Gofynnodd y sawl a’i dywedodd, ac rydym yn fodlon mai nhw ydyw",
        "Its teller asked, and we are satisfied who they are",
    ),
    term(
        "spoken_of",
        "Gofynnodd rhywun y mae’r stori’n sôn amdano, ac mae ganddo hawl i hynny",
        "Someone whom it speaks of asked, and has a right to it",
    ),
    term(
        "no_right", "Fe’i hadroddwyd neu ei mewnforio heb hawl", "It was told or imported without a right to"
    ),
    term("mistake", "Cafodd ei mewnforio ar gam", "It was imported by mistake"),
    term("law", "Mae’r gyfraith neu lys yn gorchymyn hynny", "The law or a court orders it"),
)


def find_takeback(takeback_id: str) -> Term:
    """Return the reason with that id.

    Raises:
        NotFound: there is none.
    """
    return find(TAKEBACKS, takeback_id)
