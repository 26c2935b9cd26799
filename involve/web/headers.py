"""Headers of every answer: nothing from elsewhere, nothing inline, and private pages kept by nobody."""

from flask import Flask, Response, request

# No inline script or style anywhere, so the policy needs no exception.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)
# Pages that a body may show in a frame on a site of its own: no script, no form, nothing but words and links.
FRAMED = frozenset({"sharing.embed_evidence", "what_changed.embed_body", "what_changed.embed_project"})
FRAMED_POLICY = "; ".join(
    (
        "default-src 'none'",
        "object-src 'none'",
        "script-src 'none'",
        "style-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors https: http:",
    )
)
# Blueprints whose pages may hold somebody's words, code or judgement.
PRIVATE = frozenset({"tell", "my_story", "staff", "accounts", "following"})


def init_headers(app: Flask) -> None:
    """Send the headers with every answer."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    """Add the headers to one answer."""
    headers = response.headers
    framed = request.endpoint in FRAMED and response.status_code < 300
    headers["Content-Security-Policy"] = FRAMED_POLICY if framed else POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    # Forms check where they were sent from; other sites learn nothing.
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    if request.blueprint in PRIVATE or request.method == "POST" or response.status_code >= 400:
        headers["Cache-Control"] = "no-store"
    elif request.endpoint != "static":
        # A story that was withdrawn is gone from every page at once, so no copy is shown without asking.
        headers["Cache-Control"] = "no-cache"
    return response
