"""How a file gets into a thread: an address is asked for, the bytes go there, then it is shared.

Until it is shared nobody sees anything, so only the last of the three calls can be in doubt.
"""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from slack_sdk import WebClient

from domain.outgoing import Row
from services.delivery_calls import METHODS, Where
from services.delivery_outcomes import CALL_ERRORS, Outcome, outcome_of
from services.delivery_settling import Delivered

UPLOAD_METHOD: Final = "files.getUploadURLExternal"


def share(client: WebClient, row: Row, where: Where, arguments: Mapping[str, Any]) -> Delivered:
    """Put a file into its thread, once."""
    try:
        file_id = _upload(client, str(arguments["name"]), str(arguments["content"]).encode())
    except CALL_ERRORS as error:
        return Delivered(outcome=_not_shared(outcome_of(row.kind, error)))
    if file_id is None:
        return Delivered(outcome=Outcome(result="later", reason="no_upload_url"))
    shared = {
        "files": json.dumps([{"id": file_id, "title": arguments["title"]}]),
        "channel_id": where.channel,
        "initial_comment": arguments["comment"],
        **({"thread_ts": where.thread_ts} if where.thread_ts else {}),
    }
    try:
        answer = client.api_call(METHODS[row.kind], params=shared)
    except CALL_ERRORS as error:
        return Delivered(outcome=outcome_of(row.kind, error))
    body = answer.data if isinstance(answer.data, dict) else {}
    return Delivered(
        outcome=Outcome(result="sent"), channel=where.channel, ts=_ts_in(body, where.channel)
    )


def _upload(client: WebClient, name: str, content: bytes) -> str | None:
    """The id under which Slack holds the bytes; None when it named no address for them."""
    answer = client.api_call(UPLOAD_METHOD, params={"filename": name, "length": len(content)})
    url, file_id = answer.get("upload_url"), answer.get("file_id")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return None
    # The token is not sent along: the address itself is the permission.
    request = Request(url, data=content, method="POST")  # noqa: S310  # checked above
    request.add_header("Content-Type", "application/octet-stream")
    proxies = {"http": client.proxy, "https": client.proxy} if client.proxy else {}
    opener = build_opener(ProxyHandler(proxies), HTTPSHandler(context=client.ssl))
    with opener.open(request, timeout=client.timeout):
        return str(file_id)


def _not_shared(outcome: Outcome) -> Outcome:
    """What went wrong before the file was shared left nothing behind."""
    if outcome.result != "uncertain":
        return outcome
    return Outcome(result="later", reason=outcome.reason)


def _ts_in(body: Mapping[str, Any], channel: str | None) -> str | None:
    """The ts of the message with the file; Slack often shares later and tells none."""
    for file in body.get("files") or ():
        for places in (file.get("shares") or {}).values():
            for share_in in places.get(channel) or ():
                return str(share_in["ts"])
    return None
