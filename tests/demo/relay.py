"""A relay in front of a sandbox that notes each call and hands it on unchanged."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

Json = dict[str, Any]


@dataclass(kw_only=True)
class Relay:
    """What came through: each call's path, and the body of those that do something."""

    url: str = ""
    calls: list[tuple[str, str, bytes]] = field(default_factory=list)

    def count(self, path: str) -> int:
        return sum(1 for method, at, _ in self.calls if method == "POST" and at == path)


@contextmanager
def relay_to(url: str) -> Iterator[Relay]:
    noted = Relay()
    with httpx.Client(base_url=url, timeout=120, trust_env=False) as onward:

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Else small answers wait 40 ms for each other.
            disable_nagle_algorithm = True
            wbufsize = -1

            def do_GET(self) -> None:
                self._hand_on("GET")

            def do_POST(self) -> None:
                self._hand_on("POST")

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: what came through is noted."""

            def _hand_on(self, method: str) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                noted.calls.append((method, self.path.partition("?")[0], body))
                kind = {"Content-Type": "application/json"}
                answer = onward.request(method, self.path, content=body, headers=kind)
                self.send_response(answer.status_code)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                self.wfile.write(answer.content)
                self.wfile.flush()

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        noted.url = f"http://127.0.0.1:{server.server_port}/"
        try:
            yield noted
        finally:
            server.shutdown()
            server.server_close()
            thread.join(60)
