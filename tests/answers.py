"""What somebody who is sent an answer can read in it."""

import re
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader
from werkzeug.test import TestResponse


def words_of(answer: TestResponse) -> str:
    """Return the words of an answer: its text, or those of a PDF or Word file with what the file says of itself."""
    if answer.mimetype.endswith("wordprocessingml.document"):
        with ZipFile(BytesIO(answer.get_data())) as file:
            parts = (file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels")))
            return "\n".join(
                re.sub(r"</w:p>|<[^>]*>", lambda tag: "\n" * (tag[0] == "</w:p>"), each) for each in parts
            )
    if answer.mimetype != "application/pdf":
        return answer.get_data(as_text=True)
    paper = PdfReader(BytesIO(answer.get_data()))
    return "\n".join([str(paper.metadata), *(page.extract_text() for page in paper.pages)])
