"""The calls of delivery: posts, changes, openings and reads, each answered by an outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from domain.outgoing import Row
from services import delivery_files
from services.delivery_calls import METHODS, RESPOND, Where
from services.delivery_outcomes import (
    CALL_ERRORS,
    INVALID_BLOCKS,
    Outcome,
    answer_outcome,
    outcome_of,
)
from services.delivery_settling import Delivered
from services.directory import server_time

SENT = Outcome(result="sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What Slack answered.

    Attributes:
        body: Empty unless the outcome is ``sent``.
        slack_now: Slack's own time then, to the second; None where it does not say.
    """

    outcome: Outcome
    body: Mapping[str, Any] = field(default_factory=dict)
    slack_now: datetime | None = None


def perform(client: WebClient, row: Row, where: Where, arguments: Mapping[str, Any]) -> Delivered:
    """Make the call of a row, once.

    Args:
        client: Of the row's installation; it must not repeat calls by itself.
    """
    method = METHODS[row.kind]
    if method == RESPOND:
        return _respond(client, row, arguments)
    if row.kind == "file":
        return delivery_files.share(client, row, where, arguments)
    try:
        answer = client.api_call(method, json=dict(arguments))
    except CALL_ERRORS as error:
        return _ended(outcome_of(row.kind, error), where)
    if row.kind != "post":
        return _ended(SENT, where)
    body = answer.data if isinstance(answer.data, dict) else {}
    if not isinstance(body.get("ts"), str):
        return Delivered(outcome=Outcome(result="uncertain", reason="no_ts"))
    channel = str(body.get("channel") or where.channel)
    return Delivered(outcome=SENT, channel=channel, ts=body["ts"])


def open_direct(client: WebClient, user: str) -> tuple[Outcome, str | None]:
    """Open the direct messages with a user; their channel, or None and why not."""
    try:
        answer = client.api_call("conversations.open", json={"users": user})
    except CALL_ERRORS as error:
        outcome = outcome_of("post", error)
        if outcome.result == "uncertain":
            # Opening twice gives the same channel.
            outcome = Outcome(result="later", reason=outcome.reason)
        return outcome, None
    body = answer.data if isinstance(answer.data, dict) else {}
    channel = (body.get("channel") or {}).get("id")
    if not isinstance(channel, str):
        return Outcome(result="later", reason="no_channel"), None
    return SENT, channel


def read(client: WebClient, method: str, arguments: Mapping[str, Any]) -> Reading:
    """Read from Slack."""
    try:
        answer = client.api_call(method, params=dict(arguments))
    except CALL_ERRORS as error:
        return Reading(outcome=outcome_of("post", error))
    headers = {name.lower(): value for name, value in answer.headers.items()}
    body = answer.data if isinstance(answer.data, dict) else {}
    return Reading(outcome=SENT, body=body, slack_now=server_time(headers))


def _ended(outcome: Outcome, where: Where) -> Delivered:
    if outcome.result != "sent":
        return Delivered(outcome=outcome)
    return Delivered(outcome=outcome, channel=where.channel, ts=where.target_ts)


def _respond(client: WebClient, row: Row, arguments: Mapping[str, Any]) -> Delivered:
    hook = WebhookClient(
        row.place, timeout=client.timeout, ssl=client.ssl, proxy=client.proxy, retry_handlers=[]
    )
    hook.proxy = client.proxy
    try:
        answer = hook.send_dict(dict(arguments))
    except CALL_ERRORS as error:
        return Delivered(outcome=outcome_of("respond", error))
    if answer.status_code == 200:
        return Delivered(outcome=SENT)
    if 400 <= answer.status_code < 500 and answer.status_code != 429:
        # Slack: a response_url works five times within 30 minutes; else the body names the fault.
        is_undrawn = INVALID_BLOCKS in str(answer.body)
        reason = INVALID_BLOCKS if is_undrawn else "response_url_used_up"
        return Delivered(outcome=Outcome(result="refused", reason=reason))
    return Delivered(outcome=answer_outcome("respond", answer.status_code, answer.headers, {}))
