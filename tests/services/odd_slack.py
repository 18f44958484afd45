"""A server that answers as it is told: for answers that no well-behaved Slack gives."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int = 200
    body: str = '{"ok": true, "channel": "C1", "ts": "1.000001"}'
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False


@dataclass(slots=True, kw_only=True)
class OddSlack:
    """Answers each call with the next of ``answers``, the last one for ever.

    Attributes:
        calls: The path and the body of each call.
    """

    answers: list[Answer]
    url: str = ""
    calls: list[tuple[str, str]] = field(default_factory=list)

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def odd_slack(*answers: Answer) -> Iterator[OddSlack]:
    slack = OddSlack(answers=list(answers) or [Answer()])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            slack.calls.append((self.path, self.rfile.read(length).decode()))
            answer = slack.next_answer()
            if answer.hang_up:
                self.close_connection = True
                return
            content = answer.body.encode()
            # Without a date: its clock is the test's.
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    slack.url = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield slack
    finally:
        server.shutdown()
        server.server_close()
        thread.join(60)


def error(code: str) -> Answer:
    return Answer(body=json.dumps({"ok": False, "error": code}))
