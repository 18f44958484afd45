"""Takes control requests in and answers them: which call, its body, its refusals."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sandbox.control import (
    acts,
    changes,
    check,
    due,
    faults,
    files,
    guides,
    marks,
    messages,
    modals,
    moments,
    reads,
    talk,
    wire,
    worlds,
)
from sandbox.control.ask import Answer, Ask, ControlCall, Drawn, invalid
from sandbox.errors import ControlRefused
from sandbox.ports import Json
from sandbox.strict_json import read_json
from sandbox.workspace import Workspace

WRITES: Final[Mapping[str, ControlCall]] = {
    **acts.CALLS,
    **changes.CALLS,
    **check.CALLS,
    **faults.CALLS,
    **guides.CALLS,
    **marks.CALLS,
    **modals.CALLS,
    **moments.CALLS,
    **talk.CALLS,
    **worlds.CALLS,
}
READS: Final[Mapping[str, ControlCall]] = {
    **due.READS,
    **faults.READS,
    **files.READS,
    **guides.READS,
    **marks.READS,
    **messages.READS,
    **reads.READS,
    **wire.READS,
    **worlds.READS,
}


async def answer_control(ws: Workspace, request: Request) -> Response:
    """Answer one request to ``/_control/<call>``."""
    name = request.path_params["call"]
    if name == "stream" and request.method == "GET":
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(ws.stream.lines(), media_type="text/event-stream", headers=headers)
    try:
        call = _call(name, request.method)
        ask = Ask(ws=ws, args=await _arguments(request))
        act, facts = guides.act_of(name, ask)
        answer = await call(ask)
        if request.method == "POST" and _is_done(answer):
            ws.saw(act, facts)
        return _response(answer)
    except ControlRefused as refusal:
        body: Json = {"ok": False, "error": refusal.error, "message": refusal.message}
        return JSONResponse({**refusal.extra, **body}, status_code=refusal.status)


def _is_done(answer: Answer) -> bool:
    return not isinstance(answer, dict) or bool(answer.get("ok", True))


def _response(answer: Answer) -> Response:
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, Drawn):
        return Response(answer.text, media_type="application/json")
    return JSONResponse({"ok": True, **answer})


def _call(name: str, verb: str) -> ControlCall:
    calls = READS if verb == "GET" else WRITES
    call = calls.get(name)
    if call is None:
        known = ", ".join(sorted(calls))
        raise ControlRefused(
            "unknown_call", f"There is no control call {verb} {name}; there are: {known}."
        )
    return call


async def _arguments(request: Request) -> Mapping[str, Any]:
    if request.method == "GET":
        return dict(request.query_params)
    body = await request.body()
    try:
        data = read_json(body or b"{}")
    except ValueError as error:
        raise invalid(f"The body is not JSON: {error}.") from error
    if not isinstance(data, dict):
        raise invalid("The body must be a JSON object.")
    return data
