"""Delivery status notifications for tests, as mail servers write them (RFC 3464)."""

REPORT = """\
From: MAILER-DAEMON@post.example
To: dim-ateb@involve.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20260401120000.ABC@post.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="PART"

--PART
Content-Type: text/plain; charset=us-ascii

I could not deliver your message.

--PART
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example
{envelope}
Final-Recipient: rfc822; mair.jones@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such person

--PART
Content-Type: {kind}

From: Involve <dim-ateb@involve.example>
To: mair.jones@example.org
{message_id}
Subject: Something new

--PART--
"""


def make_notification(
    message_id: str,
    action: str = "failed",
    status: str = "5.1.1",
    envelope: str = "",
    whole: bool = False,
) -> bytes:
    """Return a notification about the letter with a Message-ID, or with an id of its envelope."""
    return REPORT.format(
        envelope=f"Original-Envelope-Id: {envelope}\n" if envelope else "",
        action=action,
        status=status,
        kind="message/rfc822" if whole else "text/rfc822-headers",
        message_id=f"Message-ID: {message_id}" if message_id else "X-Mailer: none",
    ).encode()
