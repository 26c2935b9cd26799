"""What somebody who is sent an answer can read in it."""

from io import BytesIO

from pypdf import PdfReader
from werkzeug.test import TestResponse


def words_of(answer: TestResponse) -> str:
    """Return the words of an answer: its text, or those of a PDF with what the file says of itself."""
    if answer.mimetype != "application/pdf":
        return answer.get_data(as_text=True)
    paper = PdfReader(BytesIO(answer.get_data()))
    return "\n".join([str(paper.metadata), *(page.extract_text() for page in paper.pages)])
