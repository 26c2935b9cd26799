"""What a teller said of the meaning of their story, in words of the page's language."""

from involve.i18n import gettext, page_language
from involve.services.projects.signifiers import Signified, SignifierView
from involve.vocabulary.signifiers import DOES_NOT_FIT


def meaning_words(signifier: SignifierView, said: Signified | None) -> str:
    """Return an answer in words; a question that was skipped has none."""
    if said is None:
        return gettext("No answer")
    language = page_language()
    if not said.fits:
        return DOES_NOT_FIT.in_language(language)
    names = [label.name.in_language(language) for label in signifier.labels]
    if said.triad is not None:
        return " · ".join(f"{name}: {share} %" for name, share in zip(names, said.triad, strict=True))
    if said.place is not None:
        return gettext(
            "%(place)s (0: %(first)s. 10: %(last)s.)", place=said.place // 10, first=names[0], last=names[1]
        )
    return next(name for label, name in zip(signifier.labels, names, strict=True) if label.id == said.answer)
