"""What people and staff do in the test of leaks, each act with the words that nobody may read because of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import InvolveError, NotFound
from involve.models import Decision, DecisionPassage, Publication
from involve.services.deciding.citing import cite_sentences
from involve.services.deciding.decisions import DecisionDraft, draft_decision, publish_decision
from involve.services.deciding.outcomes import OutcomeDraft, note_outcome
from involve.services.following import asking as following
from involve.services.moderation.moderate import decide_story, redact_story
from involve.services.moderation.replies import reply_to_stories
from involve.services.publishing.hidden_words import find_marks
from involve.services.staff.access import Actor
from involve.services.tellers.contacts import forget_contact
from involve.services.tellers.conversation import write_to_staff, write_to_teller
from involve.services.tellers.my_contact import keep_my_contact
from involve.services.tellers.my_story import change_consent, withdraw_story
from involve.services.tellers.my_translation import question_translation
from involve.services.translations.translating import check_translation, keep_translation, open_translation
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.following import ALL
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, make_project, make_staff, make_story
from tests.grounds import see
from tests.services.following.readers import follow as follow_by_email
from tests.services.following.readers import wish

STORIES = 3
# What the public may read of what came of a decision.
OUTCOME = "Gwelwydzebq"
# The name in the address of whoever decides and notes what came: public is what they wrote, not who they are.
STAFF_NAME = "gweithiwrzebq"
_numbers = count(1)


@dataclass
class Told:
    """One story of a trial: what may become public of it, and what may never."""

    number: int
    reference: str = ""
    story_id: int = 0
    code: str = ""
    public: bool = False
    secrets: list[str] = field(default_factory=list)
    # Words of its translations; those that are not public now stand among the secrets too.
    translated: list[str] = field(default_factory=list)
    more_hidden: bool = False

    @property
    def shown(self) -> str:
        """A word that the public may read while the story is published."""
        return f"Gwelirzeb{self.number}q"

    @property
    def hidden(self) -> str:
        """A name that every moderator of this test hides."""
        return f"Cuddzeb{self.number}q"

    def secret(self, what: str) -> str:
        """Return a new word that no public answer may hold."""
        self.secrets.append(f"{what}zeb{self.number}x{next(_numbers)}q")
        return self.secrets[-1]

    def address(self, whose: str) -> str:
        """Return the e-mail address of somebody, whose first part is a secret."""
        return f"{self.secret(whose)}@example.org".lower()

    def lose_translations(self) -> None:
        """No word of a translation may be read any more."""
        self.secrets += [word for word in self.translated if word not in self.secrets]


@dataclass
class Trial:
    """The stories of a site, and the staff who work on them."""

    site: Site
    staff: Actor
    translator: Actor
    told: list[Told]


Action = Callable[[Session, Trial, Told], object]


def publish(session: Session, trial: Trial, told: Told) -> None:
    redact_story(session, trial.staff, told.reference, ((0, len(told.hidden), "name"),), NOW)
    decide_story(session, trial.staff, told.reference, "published", NOW)
    if told.more_hidden:
        told.lose_translations()
    told.public, told.more_hidden = True, False


def hide_more(session: Session, trial: Trial, told: Told) -> None:
    spans = ((0, len(told.hidden), "name"), (len(told.hidden) + 1, len(told.hidden) + 6, "other"))
    redact_story(session, trial.staff, told.reference, spans, NOW)
    if not told.more_hidden:
        told.lose_translations()
    told.more_hidden = True


def translate(session: Session, trial: Trial, told: Told, name: str = "") -> None:
    view = open_translation(session, trial.translator, told.reference, "cy")
    words = f"{' '.join(find_marks(view.original))} {told.secret('Cyfieithiad')} {name}"
    keep_translation(session, trial.translator, told.reference, "cy", words, view.version, NOW)
    told.lose_translations()
    told.translated.append(told.secrets[-1])


def translate_with_the_name(session: Session, trial: Trial, told: Told) -> None:
    translate(session, trial, told, told.hidden)


def check(session: Session, trial: Trial, told: Told) -> None:
    view = open_translation(session, trial.staff, told.reference, "cy")
    check_translation(session, trial.staff, told.reference, "cy", view.version, NOW)
    told.secrets = [word for word in told.secrets if word not in view.text]


def question(session: Session, _trial: Trial, told: Told) -> None:
    question_translation(session, told.story_id, "cy", f"Not {told.secret('Cwestiwn')}.", NOW)
    told.lose_translations()


def decide(verdict: str) -> Action:
    def act(session: Session, trial: Trial, told: Told) -> None:
        decide_story(session, trial.staff, told.reference, verdict, NOW)
        told.public = False
        told.lose_translations()

    return act


def agree_to(*uses: str) -> Action:
    def act(session: Session, _trial: Trial, told: Told) -> None:
        change_consent(session, told.story_id, frozenset({"read", *uses}), "en", NOW)
        told.public = told.public and "publish" in uses
        if not told.public:
            told.lose_translations()

    return act


def withdraw(session: Session, _trial: Trial, told: Told) -> None:
    withdraw_story(session, told.story_id, NOW)
    told.public = False
    told.lose_translations()


def reply(session: Session, trial: Trial, told: Told) -> None:
    word = told.secret("Ateb")
    reply_to_stories(session, trial.staff, [told.reference], word, word, NOW)


def ask(session: Session, trial: Trial, told: Told) -> None:
    write_to_teller(
        session, trial.staff, told.reference, f"Why {told.secret('Gofyn')}?", NOW, other_language=True
    )


def say(session: Session, _trial: Trial, told: Told) -> None:
    write_to_staff(session, told.story_id, f"Because of {told.secret('Dweud')}.", NOW)


def decide_on(session: Session, trial: Trial, told: Told) -> None:
    """Publish a decision that relies on the story's words, and leave a draft of another."""
    draft_decision(session, trial.staff, 1, decision_words(told.secret("Drafft")), NOW)
    decision = draft_decision(session, trial.staff, 1, decision_words("Penderfyniad"), NOW)
    cite_sentences(session, trial.staff, decision, told.reference, [0], "for", NOW)
    publish_decision(session, trial.staff, decision, see(session, decision), NOW)


def decision_words(word: str) -> DecisionDraft:
    words = Bilingual(word, word)
    return DecisionDraft(words, words, words)


def note_what_came(session: Session, trial: Trial, told: Told) -> None:
    """Note what came of the newest public decision that cites the story."""
    decision_id = session.scalar(
        select(DecisionPassage.decision_id)
        .join(DecisionPassage.publication)
        .join(Decision, Decision.id == DecisionPassage.decision_id)
        .where(Publication.story_id == told.story_id, Decision.state == "published")
        .order_by(DecisionPassage.decision_id.desc())
        .limit(1)
    )
    if decision_id is None:
        raise NotFound("decision")
    came = Bilingual(f"Canlyniad {OUTCOME}", f"Outcome {OUTCOME}")
    note_outcome(session, trial.staff, decision_id, OutcomeDraft("under_way", came, NOW.date()), NOW)


def follow(session: Session, _trial: Trial, told: Told) -> None:
    """Follow the project by e-mail and say yes to the letter."""
    follow_by_email(session, wish(address=told.address("Dilynwr"), language="cy"))


def ask_to_follow(session: Session, _trial: Trial, told: Told) -> None:
    """Ask to follow everything, and never say yes."""
    asked = wish("everything", ALL, told.address("Holwr"))
    following.ask_to_follow(session, asked, NOW, CODE_KEY)


def leave_number(session: Session, _trial: Trial, told: Told) -> None:
    """Leave a mobile number in place of the e-mail address, however it may be written."""
    number = f"7700900{told.number % 1000:03d}"
    keep_my_contact(session, told.story_id, f"0{number}", NOW, CODE_KEY)
    told.secrets += [f"+44{number}", f"0{number}", f"0{number[:4]} {number[4:]}"]


def stop_letters(session: Session, _trial: Trial, told: Told) -> None:
    forget_contact(session, told.story_id)


ACTIONS: dict[str, Action] = {
    "publish": publish,
    "hold": decide("held"),
    "decline": decide("declined"),
    "agree to all": agree_to("publish", "quote", "share", "research", "learn"),
    "agree to reading only": agree_to(),
    "withdraw": withdraw,
    "reply": reply,
    "ask": ask,
    "say": say,
    "decide on": decide_on,
    "note what came": note_what_came,
    "follow": follow,
    "ask to follow": ask_to_follow,
    "leave a number": leave_number,
    "stop letters": stop_letters,
    "hide more": hide_more,
    "translate": translate,
    "translate with the name": translate_with_the_name,
    "check": check,
    "question": question,
}


def make_trial(site: Site) -> Trial:
    """Fill a site with a project and three stories, each with a secret name, a contact and a code."""
    with site.writing() as session:
        make_project(session)
        staff = make_staff(session, "administrator", email=f"{STAFF_NAME}@corff.example")
        told = [plant(session) for _ in range(STORIES)]
        return Trial(site, staff, make_staff(session, "analyst"), told)


def plant(session: Session) -> Told:
    """Tell a story that begins with a name to be hidden and goes on with a word to be shown."""
    told = Told(next(_numbers))
    text = f"{told.hidden} waits for the bus at {told.shown} each morning, and I worry about my health."
    receipt = make_story(session, text=text, contact=told.address("Cyswllt"))
    told.reference, told.story_id, told.code = receipt.reference, receipt.story_id, receipt.code
    told.secrets += [told.hidden, receipt.code, receipt.code.replace("-", "")]
    return told


def act_out(trial: Trial, steps: list[tuple[str, int]]) -> None:
    """Do each step in a transaction of its own; what a rule refuses changes nothing."""
    for name, number in steps:
        told = trial.told[number]
        before = replace(told, secrets=list(told.secrets))
        try:
            with trial.site.writing() as session:
                ACTIONS[name](session, trial, told)
        except InvolveError:
            told.public = before.public
