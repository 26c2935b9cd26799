"""The mark by which whoever carries a letter names it: nobody can make one of a letter that they never saw."""

import hmac
import re
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from involve.models import Letter
from involve.services.stories.codes import sealing_key

# The number of the letter, as large as every database can hold, and 128 bits that belong to it.
MARK = re.compile(r"(?P<number>[1-9][0-9]{0,8})-[0-9a-f]{32}")


def letter_mark(code_key: str, letter_id: int, written_at: datetime) -> str:
    """Return the mark of a letter. It stays the same when the letter is sent again."""
    # The time too: after a back-up was restored, another letter may have the same number.
    about = f"{letter_id} {int(written_at.timestamp())}".encode()
    return f"{letter_id}-{hmac.new(sealing_key(code_key, 'letter'), about, sha256).hexdigest()[:32]}"


def find_by_mark(session: Session, code_key: str, mark: str) -> Letter | None:
    """Return the letter with that mark, locked; None where there is none."""
    read = MARK.fullmatch(mark)
    if read is None:
        return None
    letter = session.get(Letter, int(read["number"]), with_for_update=True)
    if letter is None:
        return None
    ours = letter_mark(code_key, letter.id, letter.written_at)
    return letter if hmac.compare_digest(ours, mark) else None
