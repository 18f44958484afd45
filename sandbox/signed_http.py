"""Signed HTTP: posts what happens to the app's request URL, as Slack does without Socket Mode."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any, Final
from urllib.parse import urlencode

import httpx

from sandbox.errors import NotConnected
from sandbox.patience import Patience
from sandbox.strict_json import read_json
from sandbox.transport import Ack, Envelope

MOST_CONNECTIONS: Final = 64
FORM: Final = "application/x-www-form-urlencoded"


class SignedHttp:
    """Posts to one address, each request signed.

    Attributes:
        connected: Whether something answered there the last time; true before the first.
    """

    def __init__(self, url: str, signing_secret: str, patience: Patience) -> None:
        self._url = url
        self._patience = patience
        self._secret = signing_secret.encode()
        self._client = httpx.AsyncClient(
            trust_env=False,
            # Loading certificates takes a while, and most apps under test speak plain HTTP.
            verify=url.startswith("https:"),
            # What is awaited below has an end of its own.
            timeout=httpx.Timeout(None),
            limits=httpx.Limits(max_connections=MOST_CONNECTIONS),
            max_redirects=2,
            follow_redirects=True,
        )
        self.connected = True
        self.seen = True

    async def ready(self) -> None:
        """Never wait: over HTTP Slack tries, and tries again, whoever is there."""

    async def send(self, envelope: Envelope) -> Ack:
        try:
            answer = await self._post(envelope)
        except httpx.ConnectError as error:
            self.connected = False
            if envelope.type != "events_api":
                raise NotConnected(f"Nothing answers at {self._url}.") from error
            return Ack(acked=False, reason="connection_failed")
        except httpx.TooManyRedirects:
            cause = f"The app redirects again and again at {self._url}."
            return Ack(acked=False, reason="too_many_redirects", cause=cause)
        except TimeoutError:
            return Ack(acked=False, reason="http_timeout")
        except httpx.HTTPError:
            cause = f"The connection to {self._url} broke before the app answered."
            return Ack(acked=False, reason="connection_failed", cause=cause)
        self.connected = True
        if not answer.is_success:
            wished = answer.headers.get("x-slack-no-retry") != "1"
            cause = f"The app answered {answer.status_code} at {self._url}."
            return Ack(acked=False, reason="http_error", cause=cause, retry=wished)
        return Ack(acked=True, body=_answer_body(answer))

    async def _post(self, envelope: Envelope) -> httpx.Response:
        body, content_type = _body(envelope)
        headers = self._headers(envelope, body, content_type)
        async with asyncio.timeout(self._patience.ack_s):
            return await self._client.post(self._url, content=body, headers=headers)

    async def drop(self) -> None:
        """There is no connection that the app holds."""

    async def close(self) -> None:
        await self._client.aclose()

    def _headers(self, envelope: Envelope, body: bytes, content_type: str) -> dict[str, str]:
        # Apps judge the age of a signature by the machine's clock, wherever the world's stands.
        timestamp = str(time.time_ns() // 1_000_000_000)
        base = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={digest}",
            "User-Agent": "Slackbot 1.0",
        }
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        return headers


def _body(envelope: Envelope) -> tuple[bytes, str]:
    if envelope.type == "events_api":
        return json.dumps(envelope.payload).encode(), "application/json"
    if envelope.type == "slash_commands":
        return urlencode(envelope.payload).encode(), FORM
    return urlencode({"payload": json.dumps(envelope.payload)}).encode(), FORM


def _answer_body(answer: httpx.Response) -> Any:
    if not answer.content:
        return None
    if answer.headers.get("content-type", "").startswith("application/json"):
        return _json(answer.content)
    return {"text": answer.text}


def _json(body: bytes) -> Any:
    """What the app said; text that is no JSON counts as nothing."""
    try:
        return read_json(body)
    except ValueError:
        return None
