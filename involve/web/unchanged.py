"""Answers that have not changed since somebody fetched them are not sent again."""

from flask import Response, request


def send_if_changed(response: Response) -> Response:
    """Mark an answer by its content, and send none to whoever has this one already (RFC 9110, section 13).

    The mark is of the words themselves: a story that is withdrawn, corrected or tagged changes it at once, in every
    process and on every database. It is weak, as packing changes the bytes and not what they say.
    """
    response.add_etag(weak=True)
    return response.make_conditional(request)
