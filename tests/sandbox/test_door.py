import httpx
import pytest

from sandbox.errors import PortTaken
from sandbox.server import Sandbox
from tests.wire import sandbox_options, start_sandbox


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="a foreign host"),
        pytest.param({"Host": "evil.example:8990"}, id="a foreign host with a port"),
        pytest.param({"Origin": "https://evil.example"}, id="a foreign page"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, id="another program's page"),
        pytest.param({"Origin": "null"}, id="a page without an origin"),
    ],
)
@pytest.mark.parametrize("path", ["", "_control/world", "api/api.test"])
def test_who_is_not_of_this_machine_is_refused(
    shared_sandbox: Sandbox, headers: dict[str, str], path: str
) -> None:
    answer = httpx.get(f"{shared_sandbox.url}{path}", headers=headers, trust_env=False)

    assert answer.status_code == 403
    assert answer.json()["error"] == "foreign_origin"


def test_the_own_page_is_let_in(shared_sandbox: Sandbox) -> None:
    origin = shared_sandbox.url.rstrip("/")
    port = origin.rpartition(":")[2]

    for headers in ({}, {"Origin": origin}, {"Host": f"localhost:{port}"}):
        answer = httpx.get(f"{shared_sandbox.url}_control/world", headers=headers, trust_env=False)
        assert answer.json()["ok"]


def test_a_taken_port_is_named(shared_sandbox: Sandbox) -> None:
    port = int(shared_sandbox.url.rstrip("/").rpartition(":")[2])

    with pytest.raises(PortTaken, match=str(port)):
        start_sandbox(sandbox_options(), port=port)


def test_it_stops_with_a_page_open() -> None:
    sandbox = start_sandbox()
    address = f"{sandbox.url}_control/stream"
    with httpx.stream("GET", address, trust_env=False, timeout=60) as stream:
        lines = stream.iter_lines()
        next(lines)

        sandbox.stop()
        sandbox.stop()

        assert list(lines) is not None
    with pytest.raises(httpx.ConnectError):
        httpx.get(sandbox.url, trust_env=False)
