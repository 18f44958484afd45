"""The gate that every Web API call passes: token, scopes, pace, faults, and the record."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.errors import Refused
from sandbox.faults import Fault
from sandbox.ports import Json
from sandbox.strict_json import read_json
from sandbox.webapi.call import Call, Method, missing_scope
from sandbox.webapi.registry import METHODS
from sandbox.wire import Silence, client_left
from sandbox.wire_log import Traffic
from sandbox.workspace import Workspace

HELD_S: Final = 60.0  # longer than any client's time-out
# Arguments that clients send as JSON text in a form.
_JSON_ARGUMENTS: Final = ("blocks", "attachments", "metadata", "view", "files", "message")


async def answer_call(ws: Workspace, request: Request) -> Response:
    """Answer one request to ``/api/<method>``."""
    method = request.path_params["method"]
    ws.activity.began_call()
    try:
        args = await _arguments(request)
        token = _token(request, args)
        call = ws.calls.begin(
            at=ws.now().isoformat(), token=token, method=method, args=_readable(args)
        )
        response = await _logged(ws, request, call, args)
        ws.saw("call", {"method": method, "fault": call["fault"] or ""})
        return response
    finally:
        ws.activity.ended_call()


async def _logged(ws: Workspace, request: Request, record: Json, args: Json) -> Response:
    """Answer, with an entry in the log of the wire."""
    shown = record["args"]
    place = shown.get("channel")
    traffic = Traffic(
        at=record["at"],
        kind="call",
        name=record["method"],
        place=place if isinstance(place, str) else None,
    )
    entry = ws.wire.begin(traffic, shown)
    response = await _answer(ws, request, record, args)
    answer, entry.fault = record["answer"], record["fault"]
    if isinstance(answer, dict) and isinstance(answer.get("channel"), str):
        # A message to a person's id went to a channel that the answer names.
        entry.place = answer["channel"]
    ws.wire.end(entry, status=record["status"], answer=answer)
    return response


async def _answer(ws: Workspace, request: Request, record: Json, args: Json) -> Response:
    method = METHODS.get(record["method"])
    fault = ws.faults.take(record["method"])
    if fault is not None:
        record["fault"] = fault.kind
        ws.stream.tell("fault")
        spoiled = await _strike(ws, request, record, fault)
        if spoiled is not None:
            return spoiled
    call = Call(ws=ws, method=record["method"], args=args)
    try:
        answer: Json = {"ok": True, **_run(call, method, record["token"])}
    except Refused as refusal:
        answer = {"ok": False, "error": refusal.error, **refusal.extra}
    if fault is not None:
        return _spoil(record, fault, answer)
    return _respond(ws, record, answer, method)


def _run(call: Call, method: Method | None, token: str | None) -> Json:
    ws = call.ws
    if method is None:
        raise Refused("unknown_method", req_method=call.method)
    _check_token(ws, method, token)
    if method.scopes and not set(method.scopes) & set(ws.manifest.scopes):
        raise missing_scope(method.scopes[0], ws)
    wait_s = ws.pace.closed_for_s(call.method, ws.now())
    if wait_s is None and ws.rate_limits and method.tier is not None:
        wait_s = ws.pace.call(call.method, method.tier, ws.now())
    if wait_s is not None:
        raise Refused("ratelimited", retry_after=wait_s)
    return method.run(call)


def _check_token(ws: Workspace, method: Method, token: str | None) -> None:
    if method.token == "any" and call_without_token_is_fine(method, token):
        return
    if not token:
        raise Refused("not_authed")
    if token not in {ws.tokens.bot, ws.tokens.app}:
        raise Refused("invalid_auth")
    wanted = {"bot": {ws.tokens.bot}, "app": {ws.tokens.app}}.get(method.token)
    if wanted is not None and token not in wanted:
        raise Refused("not_allowed_token_type")


def call_without_token_is_fine(method: Method, token: str | None) -> bool:
    """``api.test`` alone answers anybody."""
    return token is None and method is METHODS["api.test"]


async def _strike(ws: Workspace, request: Request, record: Json, fault: Fault) -> Response | None:
    """The answer of a fault that keeps the call from being carried out; None for the others."""
    if fault.kind == "ratelimited":
        until = ws.now() + timedelta(seconds=fault.retry_after_s)
        ws.pace.close(record["method"], until)
        # A moment at which a walking clock stops.
        ws.alarms.at(until, f"{record['method']} may be called again")
        answer = {"ok": False, "error": "ratelimited", "retry_after": fault.retry_after_s}
        return _respond(ws, record, answer, None)
    if fault.kind.startswith("error:"):
        answer = {"ok": False, "error": fault.kind.removeprefix("error:")}
        return _respond(ws, record, answer, None)
    if fault.kind == "http_500":
        record["status"] = 500
        return Response("Internal Server Error", status_code=500)
    if fault.kind == "timeout":
        await _hold(request)
        return Silence()
    return None


def _spoil(record: Json, fault: Fault, answer: Json) -> Response:
    """Spoil the answer of a call that was carried out."""
    record["answer"] = answer
    if fault.kind == "http_500_done":
        record["status"] = 500
        return Response("Internal Server Error", status_code=500)
    return Silence()


async def _hold(request: Request) -> None:
    """Give no answer until the client has left, but not for ever."""
    with suppress(TimeoutError):
        async with asyncio.timeout(HELD_S):
            await client_left(request)


def _respond(ws: Workspace, record: Json, answer: Json, method: Method | None) -> Response:
    record["answer"] = answer
    headers = {"x-oauth-scopes": ",".join(ws.manifest.scopes)}
    if method is not None:
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
    status = 200
    if answer.get("error") == "ratelimited":
        status = 429
        headers["Retry-After"] = str(answer.pop("retry_after", 1))
    record["status"] = status
    return JSONResponse(answer, status_code=status, headers=headers)


async def _arguments(request: Request) -> Json:
    args: Json = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        args |= _json_object(body)
    elif kind == "multipart/form-data":
        form = await request.form()
        args |= {key: value for key, value in form.items() if isinstance(value, str)}
    elif body:
        args |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    return args


def _json_object(body: bytes) -> Json:
    try:
        data = read_json(body or b"{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _token(request: Request, args: Json) -> str | None:
    """The token from the header or the arguments, taken out of the latter."""
    given = args.pop("token", None)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return None if given is None else str(given)


def _readable(args: Mapping[str, Any]) -> Json:
    """The arguments for the record, with JSON text decoded."""
    return {key: _decoded(key, value) for key, value in args.items()}


def _decoded(key: str, value: Any) -> Any:
    if key not in _JSON_ARGUMENTS or not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ValueError:
        return value
