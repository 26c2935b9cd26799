"""The states and kinds that stories and tags can have, and the words for each in both languages."""

from involve.vocabulary.terms import Term, find, term

STORY_STATES: tuple[Term, ...] = (
    term("received", "Wedi cyrraedd", "Received"),
    term("published", "Wedi’i chyhoeddi", "Published"),
    term("held", "Yn cael ei dal yn ôl", "Held back"),
    term("declined", "Ni chaiff ei chyhoeddi", "Will not be published"),
    term("withdrawn", "Wedi’i thynnu’n ôl", "Withdrawn"),
)

TAG_STATES: tuple[Term, ...] = (
    term("suggested", "Wedi’i awgrymu", "Suggested"),
    term("confirmed", "Wedi’i gadarnhau", "Confirmed"),
    term("rejected", "Wedi’i wrthod", "Rejected"),
)

# Who speaks through a tag. They are kept apart: disagreement is data.
VOICES: tuple[Term, ...] = (
    term("machine", "Y feddalwedd", "The software"),
    term("participant", "Y sawl a ddywedodd y stori", "The person who told the story"),
    term("staff", "Staff", "Staff"),
)

STANCES: tuple[Term, ...] = (
    term("strength", "Cryfder", "Strength"),
    term("concern", "Pryder", "Concern"),
    term("idea", "Syniad", "Idea"),
    term("mixed", "Cymysg", "Mixed"),
)

TOLD_AS: tuple[Term, ...] = (
    term("own", "Fy stori i", "My own story"),
    term("on_behalf", "Ar ran rhywun arall, gyda’u caniatâd", "For someone else, with their permission"),
)

# The language of a story's text, which is another thing than the language of a page.
LANGUAGES: tuple[Term, ...] = (
    term("cy", "Cymraeg", "Welsh"),
    term("en", "Saesneg", "English"),
    term("mixed", "Cymraeg a Saesneg", "Welsh and English"),
    term("und", "Iaith arall neu anhysbys", "Another or unknown language"),
)


# How far the translation of a published story has come.
TRANSLATION_STATES: tuple[Term, ...] = (
    term("none", "Heb ei chyfieithu", "Not translated"),
    term("draft", "Drafft i’w wirio", "Draft to be checked"),
    term("stale", "Newidiodd y geiriau ers hynny", "The words changed since"),
    term(
        "questioned",
        "Nid dyma a olygwyd, meddai’r sawl a’i dywedodd",
        "Not what was meant, says its teller",
    ),
    term("published", "Yn gyhoeddus", "Public"),
)


def find_story_state(state_id: str) -> Term:
    """Return the words for a state of a story.

    Raises:
        NotFound: there is no such state.
    """
    return find(STORY_STATES, state_id)


def find_tag_state(state_id: str) -> Term:
    """Return the words for a state of a tag.

    Raises:
        NotFound: there is no such state.
    """
    return find(TAG_STATES, state_id)


def find_voice(voice_id: str) -> Term:
    """Return the words for who speaks through a tag.

    Raises:
        NotFound: there is no such voice.
    """
    return find(VOICES, voice_id)


def find_stance(stance_id: str) -> Term:
    """Return the words for a stance.

    Raises:
        NotFound: there is no such stance.
    """
    return find(STANCES, stance_id)


def find_told_as(told_as_id: str) -> Term:
    """Return the words for whose story it is.

    Raises:
        NotFound: there is no such way of telling.
    """
    return find(TOLD_AS, told_as_id)


def find_language(language_id: str) -> Term:
    """Return the words for the language of a story.

    Raises:
        NotFound: there is no such language.
    """
    return find(LANGUAGES, language_id)


def find_translation_state(state_id: str) -> Term:
    """Return the words for how far a translation has come.

    Raises:
        NotFound: there is no such state.
    """
    return find(TRANSLATION_STATES, state_id)
