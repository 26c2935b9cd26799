"""From what went wrong to a page that says so, in the reader's language, with what they typed."""

from dataclasses import replace
from typing import Any

from apiflask import HTTPError
from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from involve.errors import InvolveError
from involve.i18n import in_both
from involve.web.explanation import Explanation
from involve.web.explanations import (
    BY_CODE,
    BY_STATUS,
    FORM_EXPIRED,
    INVALID,
    NOT_THERE,
    NOT_YOURS,
)
from involve.web.fields import UNREADABLE_CHARACTERS

# Fields that are the machinery of a form, not something a person typed.
MACHINERY = ("csrf_token",)
MOST_FIELDS = 200


def init_errors(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(InvolveError, explain_own)
    app.register_error_handler(HTTPError, _explain_invalid)
    app.register_error_handler(CSRFError, lambda _error: show_explanation(FORM_EXPIRED))
    app.register_error_handler(HTTPException, _explain_http)
    app.register_error_handler(Exception, _explain_unexpected)


def show_explanation(explanation: Explanation) -> Response:
    """Return the page of an error, with everything that was typed in a form that can be sent again.

    A program gets it as JSON, in both languages.
    """
    if asks_api():
        return make_response(jsonify(explain_to_program(explanation)), explanation.status)
    try:
        said = {"typed": typed_fields(), "file_lost": sent_file()}
        body = render_template("errors/error.html", explanation=explanation, **said)
    except Exception as error:  # noqa: BLE001  whatever is broken, the reader gets an answer and the log no words
        _log(error)
        title = "\n\n".join(in_both(explanation.title).values())
        return Response(title, explanation.status, mimetype="text/plain")
    return make_response(body, explanation.status)


def asks_api() -> bool:
    """Whether a program asks, not a browser."""
    return request.path.startswith("/api/")


def explain_to_program(explanation: Explanation, detail: Any = None) -> dict[str, Any]:
    """Return what the API says of an error: its code, words in both languages, and what is wrong with which field."""
    if explanation.code == NOT_THERE.code:
        explanation = NOT_THERE
    said = {"title": in_both(explanation.title), "advice": in_both(explanation.advice)}
    return {"error": explanation.code, **said, **({"detail": detail} if detail else {})}


def sent_file() -> bool:
    """Whether a file came with the form, which no page can hold until it is sent again."""
    return bool(typed_fields()) and any(file.filename for file in request.files.values())


def typed_fields() -> tuple[tuple[str, str], ...]:
    """Return the names and values of the form that was sent, without its machinery and without files."""
    if request.method != "POST":
        return ()
    try:
        pairs = list(request.form.items(multi=True))
    except HTTPException:  # a form too large to be read holds nothing that can be shown
        return ()
    return tuple(
        (UNREADABLE_CHARACTERS.sub("", name), UNREADABLE_CHARACTERS.sub("", value))
        for name, value in pairs[:MOST_FIELDS]
        if name not in MACHINERY and "password" not in name
    )


def explain_own(error: InvolveError) -> Response:
    """Explain an expected failure by its code."""
    if error.code == NOT_YOURS.code and request.blueprint == "staff":
        return show_explanation(NOT_YOURS)
    return show_explanation(BY_CODE.get(error.code, BY_CODE["bad_input"]))


def _explain_invalid(error: HTTPError) -> Response:
    """Explain which fields of what a program sent are wrong."""
    return make_response(jsonify(explain_to_program(INVALID, error.detail)), INVALID.status)


def _explain_http(error: HTTPException) -> Response | HTTPException:
    """Explain what Werkzeug or an extension refused; redirects pass."""
    status = error.code or 500
    if status < 400:
        return error
    return show_explanation(BY_STATUS.get(status) or replace(BY_CODE["bad_input"], status=status))


def _explain_unexpected(error: Exception) -> Any:
    """Log where it broke, without what the person wrote, and say sorry."""
    _log(error)
    return show_explanation(BY_STATUS[500])


def _log(error: Exception) -> None:
    """Log where something broke."""
    current_app.logger.error("unexpected %s", type(error).__name__, exc_info=_without_words(error))


def _without_words(error: Exception) -> tuple[type[BaseException], BaseException, Any]:
    """Return the trace with the error's own message left out, since it may quote a story."""
    # A plain error under its name: not every class can be made without arguments.
    return RuntimeError, RuntimeError(type(error).__name__), error.__traceback__
