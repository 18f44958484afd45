"""The web application: routes, and a door that only this machine's own pages may enter."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from sandbox.answers import use_response_url
from sandbox.attachments import attachment
from sandbox.control.desk import answer_control
from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.strict_json import read_json
from sandbox.webapi.gate import answer_call
from sandbox.wire_log import Traffic
from sandbox.workspace import Workspace

PAGE: Final = Path(__file__).parent / "page"
MOST_UPLOAD_BYTES: Final = 50_000_000
# What people and apps say is data: no browser is to guess a page or a script in it, and no page
# elsewhere may show ours in a frame or use what it is made of.
GUARDS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


ELSEWHERE: Final = frozenset({b"cross-site", b"same-site"})
# What a browser says of a link that was followed, or an address that a page put in the bar.
FOLLOWED: Final = {b"sec-fetch-mode": b"navigate", b"sec-fetch-dest": b"document"}


class Door:
    """Lets in what is addressed to this machine and comes from no foreign page.

    Any page in a browser can send requests to 127.0.0.1, and a foreign name can be made to point
    there: so both the Host and, where a browser gives one, the Origin must be our own. For an image
    or a plain reading it gives no Origin, but says what kind of page asked; to such a page nothing
    is open but the link to the front page.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        names = ("127.0.0.1", "localhost", "[::1]")
        self._pages = {f"{name}:{port}" for name in names}
        # The SDK's socket client leaves the port out; a browser never does.
        self._hosts = self._pages | set(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *GUARDS]
            await send(message)

        if scope["type"] not in {"http", "websocket"} or self._is_ours(scope):
            await self._app(scope, receive, guarded)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        body = {
            "ok": False,
            "error": "foreign_origin",
            "message": "The sandbox answers only to 127.0.0.1 and to its own page.",
        }
        await JSONResponse(body, status_code=403)(scope, receive, guarded)

    def _is_ours(self, scope: Scope) -> bool:
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        if headers.get(b"host", b"").decode("latin-1").lower() not in self._hosts:
            return False
        if headers.get(b"sec-fetch-site") in ELSEWHERE and not _is_link_home(scope, headers):
            return False
        origin = headers.get(b"origin")
        return origin is None or urlsplit(origin.decode("latin-1")).netloc.lower() in self._pages


def _is_link_home(scope: Scope, headers: Mapping[bytes, bytes]) -> bool:
    is_front = (scope.get("method"), scope["path"]) == ("GET", "/")
    return is_front and all(headers.get(name) == value for name, value in FOLLOWED.items())


def make_app(ws: Workspace, port: int) -> ASGIApp:
    async def api(request: Request) -> Response:
        return await answer_call(ws, request)

    async def control(request: Request) -> Response:
        return await answer_control(ws, request)

    async def respond(request: Request) -> Response:
        return await answer_response_url(ws, request)

    async def upload(request: Request) -> Response:
        return await take_upload(ws, request)

    async def link(socket: WebSocket) -> None:
        await ws.sockets.serve(socket)

    routes = [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        Route("/_control/{call}", control, methods=["GET", "POST"]),
        Route("/response/{key}", respond, methods=["POST"]),
        Route("/upload/{file_id}", upload, methods=["POST", "GET"]),
        WebSocketRoute("/link/", link),
        Route("/", front_page),
        Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
    ]
    return Door(Starlette(routes=routes, exception_handlers={ClientDisconnect: hung_up}), port)


async def hung_up(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette asks
    """Who sent half a request and went away is nobody's fault, and reads no answer."""
    return Response(status_code=400)


async def front_page(request: Request) -> Response:  # noqa: ARG001 - a route takes a request
    page = PAGE / "index.html"
    if not page.is_file():
        return PlainTextResponse("The page of the sandbox is missing.", status_code=404)
    return FileResponse(page)


async def answer_response_url(ws: Workspace, request: Request) -> Response:
    """A ``response_url``: 200 with ``ok``, 404 when it is used up or too old."""
    key = request.path_params["key"]
    url = ws.response_urls.get(key)
    ws.activity.began_call()
    try:
        body = _json(await request.body())
        traffic = Traffic(
            at=ws.now().isoformat(),
            kind="response_url",
            name="response_url",
            who=None if url is None else url.user_id,
            place=None if url is None else url.channel_id,
        )
        entry = ws.wire.begin(traffic, body)
        status, answer = _answered(ws, key, body)
        ws.wire.end(entry, status=status, answer=answer)
    finally:
        ws.activity.ended_call()
    if isinstance(answer, str):
        return PlainTextResponse(answer, status_code=status)
    return JSONResponse(answer, status_code=status)


def _json(body: bytes) -> object:
    try:
        return read_json(body or b"{}")
    except ValueError:
        return body.decode(errors="replace")


def _answered(ws: Workspace, key: str, body: object) -> tuple[int, str | Json]:
    if not isinstance(body, dict):
        return 400, "invalid_payload"
    try:
        use_response_url(ws, key, body)
    except Refused as refusal:
        gone = refusal.error in {"used_url", "expired_url"}
        return 404 if gone else 400, {"ok": False, "error": refusal.error, **refusal.extra}
    return 200, "ok"


async def take_upload(ws: Workspace, request: Request) -> Response:
    """Take the bytes of a file, or give them back to whoever holds the app's token."""
    upload = ws.uploads.get(request.path_params["file_id"])
    if upload is None:
        return PlainTextResponse("no such file", status_code=404)
    if request.method == "GET":
        if request.headers.get("authorization") != f"Bearer {ws.tokens.bot}":
            return PlainTextResponse("no token", status_code=403)
        return attachment(upload.data, str(upload.body["name"]))
    data = await request.body()
    if len(data) > MOST_UPLOAD_BYTES or len(data) != upload.body["size"]:
        return PlainTextResponse("the length is not as announced", status_code=400)
    upload.data, upload.received = data, True
    return PlainTextResponse(f"OK - {len(data)}")
