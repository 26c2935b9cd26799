"""The forms in which a teller answers a question of staff, or writes to them first."""

from flask_wtf import FlaskForm
from wtforms.validators import DataRequired

from involve.i18n import lazy_gettext as _l
from involve.services.tellers.conversation import LONGEST_REMARK, MOST_A_DAY
from involve.web.fields import WordsField

LIMITS = _l(
    "Welsh or English, as you like. At most 2,000 characters, and at most %(number)s messages a day.",
    number=MOST_A_DAY,
)


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """The answer to one question."""

    text = WordsField(
        _l("Your answer"),
        [DataRequired(_l("Write your answer, or say that you would rather not answer"))],
        limit=LONGEST_REMARK,
        description=LIMITS,
    )


class MessageForm(FlaskForm):  # type: ignore[misc]
    """Something that the teller wants to say to the staff."""

    text = WordsField(
        _l("What do you want to say to the staff?"),
        [DataRequired(_l("Write something here"))],
        limit=LONGEST_REMARK,
        description=LIMITS,
    )
