"""What an answer of Slack, or its absence, means for a row of the outbox; nothing is sent here."""

import errno
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from typing import Any, Final, Literal
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from domain.outgoing import REPEATABLE, Kind
from services.directory import wait_asked_for

# Everything a call may raise without being a mistake of ours.
CALL_ERRORS: Final = (SlackClientError, OSError, HTTPException)

# Slack: the code, or its beginning, where blocks are not as it wants them, or not for all yet.
INVALID_BLOCKS: Final = "invalid_blocks"
AUTH_RETRY: Final = timedelta(minutes=5)

# Slack: "part of the operation may have succeeded".
_AMBIGUOUS: Final = frozenset({"internal_error", "fatal_error"})
_AUTH: Final = frozenset(
    {
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
_PASSING: Final = frozenset({"request_timeout", "service_unavailable", "team_added_to_org"})
_LIMITED: Final = frozenset({"rate_limited", "ratelimited"})
_ALREADY: Final[Mapping[Kind, frozenset[str]]] = {
    "pin": frozenset({"already_pinned"}),
    "unpin": frozenset({"no_pin", "not_pinned"}),
}
# What it was about is not there any more: nobody needs to hear of that.
_GONE: Final[Mapping[Kind, frozenset[str]]] = {
    "update": frozenset({"message_not_found"}),
    "pin": frozenset({"message_not_found", "bad_timestamp"}),
    "unpin": frozenset({"message_not_found", "bad_timestamp"}),
}
_CODE: Final = re.compile(r"[a-z0-9_]{1,80}")

Result = Literal["sent", "later", "refused", "gone", "uncertain"]
Scope = Literal["place", "method", "team"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an attempt ended.

    Attributes:
        result: ``later``: surely not accepted, time mends it; ``refused``: time does not mend it;
            ``gone``: what it was about is no longer there; ``uncertain``: perhaps accepted.
        reason: Slack's error code or ours; empty when sent.
        retry_after: How long Slack or the error asks to wait; None: as the attempts tell.
        scope: What has to wait along with the row.
    """

    result: Result
    reason: str = ""
    retry_after: timedelta | None = None
    scope: Scope = "place"


def outcome_of(kind: Kind, error: Exception) -> Outcome:
    """What an error of a call means.

    Args:
        kind: What was tried.
        error: One of ``CALL_ERRORS``.
    """
    if isinstance(error, SlackApiError):
        response = error.response
        body = response.data if isinstance(response.data, dict) else {}
        return answer_outcome(kind, response.status_code, response.headers, body)
    if never_left(error):
        return Outcome(result="later", reason="unreachable")
    return Outcome(result="uncertain", reason=type(error).__name__)


def answer_outcome(
    kind: Kind, status: int, headers: Mapping[str, Any], body: Mapping[str, Any]
) -> Outcome:
    """What an answer that is not a plain success means."""
    if status == 429:
        return _limited(headers)
    if status >= 500:
        return Outcome(result="uncertain", reason=f"http_{status}")
    code = str(body.get("error", ""))
    if not _CODE.fullmatch(code) or code in _AMBIGUOUS:
        # The SDK puts a whole page in `error` when what came was no answer of Slack.
        known = code if code in _AMBIGUOUS else f"http_{status}"
        return Outcome(result="uncertain", reason=known)
    return _error_outcome(kind, code, headers)


def _error_outcome(kind: Kind, code: str, headers: Mapping[str, Any]) -> Outcome:
    if code in _LIMITED:
        return _limited(headers)
    if code in _AUTH:
        return Outcome(result="later", reason=code, retry_after=AUTH_RETRY, scope="team")
    if code in _PASSING:
        return Outcome(result="later", reason=code)
    if code in _ALREADY.get(kind, ()):
        return Outcome(result="sent")
    if code in _GONE.get(kind, ()):
        return Outcome(result="gone", reason=code)
    return Outcome(result="refused", reason=code)


def never_left(error: Exception) -> bool:
    """Whether a call surely did not reach Slack: no name, no connection, no trust."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, socket.gaierror | ConnectionRefusedError | ssl.SSLCertVerificationError):
        return True
    return isinstance(reason, OSError) and reason.errno == errno.ECONNREFUSED


def may_repeat(kind: Kind) -> bool:
    """Whether doing it twice leaves the same behind as doing it once."""
    return kind in REPEATABLE


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 1, 2, 4 ... seconds, five minutes at most."""
    return min(timedelta(seconds=2 ** min(max(attempts - 1, 0), 9)), timedelta(minutes=5))


def _limited(headers: Mapping[str, Any]) -> Outcome:
    named = {name.lower(): value for name, value in headers.items()}.get("retry-after")
    wait = wait_asked_for(named[0] if isinstance(named, list) else named)
    return Outcome(result="later", reason="ratelimited", retry_after=wait, scope="method")
