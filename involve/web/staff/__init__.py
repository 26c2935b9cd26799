"""Staff at work: the queue, redacting and publishing, answering, and the facts an administrator keeps."""

from flask import Blueprint

blueprint = Blueprint("staff", __name__)

from involve.web.staff import decisions, promises, queue, replies, set_up, signposts, stories  # noqa: E402, F401  they need the blueprint first
