"""Answers as they look, for the description and the help: every word in them is invented."""

from typing import Any

STORY: dict[str, Any] = {
    "reference": "4821-7730",
    "text": "The last bus leaves at six, so I cannot get home from the hospital.",
    "language": "en",
    "area": "W06000023",
    "told_as": "own",
    "published_on": "2026-03-27",
    "project": "bysiau",
    "demonstration": False,
    "quotable": True,
    "tags": [
        {
            "scheme": "goal",
            "concept": "healthier",
            "stance": "concern",
            "agreed": True,
            "passages": [{"start": 0, "end": 28, "text": "The last bus leaves at six, "}],
        }
    ],
    "translations": [
        {
            "language": "cy",
            "text": "Mae’r bws olaf yn gadael am chwech, felly alla i ddim mynd adref o’r ysbyty.",
            "checked_on": "2026-03-28",
        }
    ],
}
STORIES: dict[str, Any] = {"stories": [STORY], "total": 41, "next": "1207"}
EVIDENCE: dict[str, Any] = {
    "total": 41,
    "counts": [
        {"name": "goal", "value": "healthier", "count": 23},
        {"name": "stance", "value": "concern", "count": 30},
        {"name": "area", "value": "W06000023", "count": 12},
    ],
}
NEW_STORY: dict[str, Any] = {
    "project": "bysiau",
    "text": "The last bus leaves at six, so I cannot get home from the hospital.",
    "client_id": "7d0c2f9e-5b1a-4c55-9a43-0a5c2c1b8f10",
    "area": "W06000023",
    "told_as": "own",
    "reply_language": "en",
    "consent": {"read": True, "publish": True, "quote": False},
}
