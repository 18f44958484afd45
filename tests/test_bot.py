import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import httpx
import pytest
from click.testing import CliRunner, Result
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import terminal
from bot import demo, main
from clock import MovableClock
from data import workspaces
from data.store import Store
from data.workspaces import Workspace
from sandbox.server import Sandbox
from sandbox.world_files import load_world
from tests.people import Slack
from tests.waiting import wait_until
from tests.wire import MONDAY_MORNING, start_sandbox

ROOT = Path(__file__).parent.parent
CHANNEL = "acme-globalcall"
READY = re.compile(r"Ctrl-C ends it\.")


@dataclass(kw_only=True)
class Process:
    """The bot as a process of its own, seen from outside."""

    popen: subprocess.Popen[str]
    said: list[str]
    _lines: SimpleQueue[str | None]

    def wait_ready(self, within_seconds: float = 100) -> str:
        """Everything it said up to and with the line that says it is ready."""
        return self.wait_for(READY, within_seconds)

    def wait_for(self, words: re.Pattern[str], within_seconds: float = 100) -> str:
        """Everything it said up to and with the first line in which ``words`` are found."""
        end = time.monotonic() + within_seconds
        while not (self.said and words.search(self.said[-1])):
            try:
                line = self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except Empty:
                raise AssertionError(f"not said in time: {self.said}") from None
            assert line is not None, f"ended before it was said: {self.said}"
            self.said.append(line)
        return "\n".join(self.said)

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Its exit code."""
        self.popen.send_signal(sign)
        return self.popen.wait(60)


@contextlib.contextmanager
def process(folder: Path, *arguments: str, **variables: str) -> Iterator[Process]:
    """``python bot.py`` in ``folder``, with no variables of ours but those given."""
    popen = subprocess.Popen(
        [sys.executable, str(ROOT / "bot.py"), *arguments],
        cwd=folder,
        env=_environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: SimpleQueue[str | None] = SimpleQueue()
    assert popen.stdout is not None
    reading = Thread(target=_read, args=(popen, lines))
    reading.start()
    try:
        yield Process(popen=popen, said=[], _lines=lines)
    finally:
        popen.kill()
        popen.wait(60)
        reading.join(60)
        popen.stdout.close()


def _read(popen: "subprocess.Popen[str]", lines: "SimpleQueue[str | None]") -> None:
    assert popen.stdout is not None
    for line in popen.stdout:
        lines.put(line.rstrip("\n"))
    lines.put(None)


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    foreign = re.compile("SLACK_|TOUCHBASE_|PORT$|HOST$|.*_PROXY", re.IGNORECASE)
    kept = {name: value for name, value in os.environ.items() if not foreign.match(name)}
    return kept | dict(variables)


def socket_mode(sandbox: Sandbox) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "SLACK_API_BASE_URL": f"{sandbox.url}api/",
    }


def over_http(sandbox: Sandbox, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_SIGNING_SECRET": "sandbox",
        "PORT": str(port),
        "SLACK_API_BASE_URL": f"{sandbox.url}api/",
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def dotenv(folder: Path, variables: Mapping[str, str]) -> None:
    lines = [f"{name}={value}\n" for name, value in variables.items()]
    (folder / ".env").write_text("".join(lines), encoding="utf-8")


def invoke(*arguments: str, **variables: str | None) -> Result:
    """The command line inside this process, for what does not stay up."""
    ours = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "PORT")
    return CliRunner().invoke(main, arguments, env=dict.fromkeys(ours) | variables)


def test_in_socket_mode_people_are_answered_and_it_ends_well(tmp_path: Path) -> None:
    with start_sandbox() as sandbox, Slack(sandbox.url) as slack:
        dotenv(tmp_path, socket_mode(sandbox))
        # A client id would make Bolt another app; a proxy would be asked for this machine.
        traps = {
            "SLACK_CLIENT_ID": "1.2",
            "SLACK_CLIENT_SECRET": "s",
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
        }
        with process(tmp_path, **traps) as running:
            said = running.wait_ready()
            answer = slack.command(CHANNEL, "maria", "/touchbase", "help")
            code = running.end()

    assert "Acme Retail" in said
    assert "Socket Mode" in said
    assert "/touchbase setup" in json.dumps(answer)
    assert code == 0
    assert (tmp_path / "touchbase.sqlite").exists()


def test_over_http_people_are_answered_and_strangers_are_not(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with (
        start_sandbox(events_url=f"{url}/slack/events") as sandbox,
        Slack(sandbox.url) as slack,
        process(tmp_path, "run", **over_http(sandbox, port)) as running,
    ):
        said = running.wait_ready()
        answer = slack.command(CHANNEL, "maria", "/touchbase", "help")
        health = httpx.get(f"{url}/healthz", trust_env=False)
        unsigned = httpx.post(f"{url}/slack/events", json={"a": 1}, trust_env=False)
        forged = httpx.post(
            f"{url}/slack/events",
            json={"type": "event_callback"},
            headers={
                "X-Slack-Request-Timestamp": str(int(time.time())),
                "X-Slack-Signature": "v0=" + "0" * 64,
            },
            trust_env=False,
        )
        code = running.end(signal.SIGINT)

    assert f"{url}/slack/events" in said
    assert "/touchbase setup" in json.dumps(answer)
    assert health.json()["ok"] is True
    assert (unsigned.status_code, forged.status_code) == (401, 401)
    assert code == 0


@pytest.mark.parametrize(
    ("command", "sign"),
    [
        pytest.param("run", signal.SIGINT, id="run, Ctrl-C"),
        pytest.param("demo --empty", signal.SIGTERM, id="demo, SIGTERM"),
        pytest.param("sandbox", signal.SIGTERM, id="sandbox, SIGTERM"),
    ],
)
def test_the_end_is_heard_from_the_line_on_that_says_ready(
    tmp_path: Path, command: str, sign: signal.Signals
) -> None:
    options = [] if command == "run" else ["--no-browser", "--port", "0"]
    first = re.compile("Touchbase runs|http://127")
    with (
        start_sandbox() as sandbox,
        process(tmp_path, *command.split(), *options, **socket_mode(sandbox)) as running,
    ):
        running.wait_for(first)
        code = running.end(sign)

    assert code == 0


def test_a_story_that_is_broken_off_ends_quietly(tmp_path: Path) -> None:
    with process(tmp_path, "demo", "--no-browser", "--port", "0") as running:
        running.wait_for(re.compile("Four weeks"))
        code = running.end()

        assert "Traceback" not in _rest(running)
    assert code == 0


def test_a_demo_ends_quietly_while_its_clock_is_moved(tmp_path: Path) -> None:
    with process(tmp_path, "demo", "--empty", "--no-browser", "--port", "0") as running:
        said = running.wait_ready()
        url = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert url is not None
        with Slack(url.group()) as slack, ThreadPoolExecutor(1) as second:
            began = slack.world()["now"]
            moving = second.submit(slack.post, "clock", advance="P9999D")
            wait_until(lambda: slack.world()["now"][:4] > began[:4])
            code = running.end()
            moving.exception(60)

        assert _rest(running) == ""
    assert code == 0


def test_it_is_noted_at_once_that_the_bot_listens(tmp_path: Path) -> None:
    """The next look would come after five seconds; a busy machine may be given some tries."""
    assert any(noted_after_seconds(tmp_path / f"{number}.sqlite") < 3 for number in range(5))


def noted_after_seconds(database: Path) -> float:
    def is_noted() -> bool:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            return bool(db.execute("SELECT 1 FROM listening").fetchall())

    clock = MovableClock(MONDAY_MORNING, running=False)
    with demo(load_world(None), clock, port=0, database=database):
        began = time.monotonic()
        wait_until(is_noted)
        return time.monotonic() - began


def test_a_button_that_nobody_knows_is_answered_to_its_presser(tmp_path: Path) -> None:
    with (
        start_sandbox() as sandbox,
        Slack(sandbox.url) as slack,
        process(tmp_path, **socket_mode(sandbox)) as running,
    ):
        running.wait_ready()
        button = {
            "type": "button",
            "action_id": "old.button",
            "text": {"type": "plain_text", "text": "Old"},
        }
        client = WebClient("xoxb-sandbox", base_url=f"{sandbox.url}api/")
        post = client.chat_postMessage(
            channel=slack.world()["channels"][0]["id"],
            text="old",
            blocks=[{"type": "actions", "elements": [button]}],
        )
        slack.click("ana", "old.button", channel=CHANNEL, ts=post["ts"])
        slack.settle()
        wait_until(lambda: bool(_seen_alone(slack)))
        private = _seen_alone(slack)

    assert len(private) == 1
    assert "another version" in private[0]


def _seen_alone(slack: Slack) -> list[str]:
    ana = slack.user_id("ana")
    return [m["text"] for m in slack.messages(CHANNEL) if m.get("ephemeral_to") == ana]


def test_it_ends_while_slack_does_not_answer(tmp_path: Path) -> None:
    with (
        start_sandbox() as sandbox,
        Slack(sandbox.url) as slack,
        process(tmp_path, **socket_mode(sandbox)) as running,
    ):
        running.wait_ready()
        slack.fault("chat.postMessage", "timeout", times=9)
        bot_user = sandbox_bot(slack)
        slack.say(CHANNEL, "ana", f"<@{bot_user}> help")
        wait_until(lambda: rows(tmp_path, "sending") == 1)
        code = running.end()

    assert code == 0
    assert rows(tmp_path, "sending") + rows(tmp_path, "uncertain") == 1
    # So long it may take whatever happens: then the process ends itself.
    assert terminal.END_WITHIN_SECONDS < 5


def sandbox_bot(slack: Slack) -> str:
    return str(slack.calls("auth.test")[0]["answer"]["user_id"])


def rows(folder: Path, state: str) -> int:
    """How many messages are in a state, seen by somebody else who reads the file."""
    with contextlib.closing(sqlite3.connect(folder / "touchbase.sqlite")) as db:
        found = db.execute("SELECT COUNT(*) FROM outbox WHERE state = ?", [state]).fetchone()
    return int(found[0])


def test_what_is_wrong_with_the_settings_is_said_at_once(tmp_path: Path) -> None:
    dotenv(tmp_path, {"SLACK_BOT_TOKEN": "xapp-wrong"})

    with process(tmp_path) as running:
        code = running.popen.wait(60)
        said = _rest(running)

    assert code == 2
    assert "SLACK_BOT_TOKEN does not start with xoxb-" in said
    assert "SLACK_APP_TOKEN is missing" in said
    assert "Traceback" not in said
    assert list(tmp_path.glob("*.sqlite*")) == []


def _rest(running: Process) -> str:
    lines = []
    while (line := running._lines.get(timeout=60)) is not None:  # noqa: SLF001 (same file)
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"SLACK_BOT_TOKEN": "xoxb-other"}, "SLACK_BOT_TOKEN (invalid_auth)", id="bot token"
        ),
        pytest.param(
            {"SLACK_APP_TOKEN": "xapp-other"}, "SLACK_APP_TOKEN (invalid_auth)", id="app token"
        ),
        pytest.param(
            {"SLACK_API_BASE_URL": "http://127.0.0.1:9/api/"}, "cannot be reached", id="no Slack"
        ),
    ],
)
def test_what_slack_does_not_accept_is_said_in_a_sentence(
    tmp_path: Path, changes: dict[str, str], expected: str
) -> None:
    with start_sandbox() as sandbox:
        database = {"TOUCHBASE_DATABASE": str(tmp_path / "x.sqlite")}
        result = invoke("run", **socket_mode(sandbox) | database | changes)

    assert result.exit_code == 1
    assert expected in result.output
    assert "Traceback" not in result.output


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with start_sandbox() as sandbox, socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        database = {"TOUCHBASE_DATABASE": str(tmp_path / "x.sqlite")}
        result = invoke("run", **over_http(sandbox, port) | database)

    assert result.exit_code == 1
    assert f"Port {port}" in result.output


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_a_taken_port_of_the_sandbox_is_said_in_a_sentence(command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = invoke(command, "--no-browser", "--port", str(port))

    assert result.exit_code == 1
    assert f"Port {port} on 127.0.0.1 is taken" in result.output


@pytest.mark.parametrize("command", ["run", "doctor", "backup copy.sqlite", "demo --port 0"])
def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path: Path, command: str) -> None:
    database = tmp_path / "x.sqlite"
    database.write_text("this is no database, and long enough to be taken for one" * 3)
    with start_sandbox() as sandbox:
        settings = socket_mode(sandbox) | {"TOUCHBASE_DATABASE": str(database)}
        result = invoke(*command.split(), **settings)

    assert result.exit_code == 1
    assert "is damaged, or it is not a database of Touchbase" in result.output
    assert database.read_text().startswith("this is no database")


def test_the_demo_is_ready_without_settings_and_leaves_nothing(tmp_path: Path) -> None:
    # Were these read, nothing would start.
    dotenv(tmp_path, {"SLACK_BOT_TOKEN": "wrong", "TOUCHBASE_DATABASE": "/nowhere/x"})
    traps = {"SLACK_BOT_TOKEN": "wrong", "SLACK_CLIENT_ID": "1", "SLACK_CLIENT_SECRET": "s"}
    with process(tmp_path, "demo", "--empty", "--no-browser", "--port", "0", **traps) as running:
        url = running.wait_ready().splitlines()[0]
        with Slack(url) as slack:
            answer = slack.command(CHANNEL, "maria", "/touchbase", "help")
            moved = slack.advance("P3D")
        code = running.end()

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
    assert "/touchbase setup" in json.dumps(answer)
    assert moved["ok"] is True
    assert code == 0
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_the_sandbox_alone_serves_any_app_and_holds_it_to_its_manifest(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"oauth_config": {"scopes": {"bot": ["users:read"]}}}))
    options = ["--no-browser", "--port", "0", "--manifest", str(manifest)]
    with process(tmp_path, "sandbox", *options) as running:
        said = running.wait_ready()
        url = said.splitlines()[0]
        client = WebClient("xoxb-sandbox", base_url=f"{url}api/")
        known = client.auth_test()
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel="C0ACMEGLOB", text="hello")
        code = running.end()

    assert f"SLACK_API_BASE_URL={url}api/" in said
    assert "SocketModeHandler(app, 'xapp-sandbox').start()" in said
    assert known["team"] == "Acme Retail"
    assert refused.value.response["error"] == "missing_scope"
    assert code == 0


def test_the_sandbox_says_how_an_app_hears_it_over_http(tmp_path: Path) -> None:
    address = "http://127.0.0.1:3000/slack/events"
    with process(
        tmp_path, "sandbox", "--no-browser", "--port", "0", "--events-url", address
    ) as running:
        said = running.wait_ready()
        running.end()

    assert "SLACK_SIGNING_SECRET=sandbox" in said
    assert f"app.start(port=3000, path='/slack/events')  # hears all at {address}, signed" in said
    assert "Socket" not in said
    assert "xapp" not in said


@pytest.mark.parametrize("content", ["{", "[]", None], ids=["no JSON", "no object", "no file"])
def test_a_manifest_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "manifest.json"
    if content is not None:
        file.write_text(content)

    result = invoke("sandbox", "--no-browser", "--port", "0", "--manifest", str(file))

    assert result.exit_code == 1
    assert "manifest.json" in result.output
    assert "Errno" not in result.output
    assert "Traceback" not in result.output


def test_the_demo_keeps_its_hands_off_the_database_of_a_workspace(tmp_path: Path) -> None:
    database = tmp_path / "real.sqlite"
    store = Store.open(database)
    with store.writing(None) as db:
        real = Workspace(
            team_id="T0REAL",
            name="Real Company",
            url="https://real.slack.com/",
            bot_user_id="U1",
            bot_id="B1",
            installed_at=MONDAY_MORNING,
        )
        workspaces.save(db, real)
    store.close()

    result = invoke("demo", "--no-browser", "--port", "0", TOUCHBASE_DATABASE=str(database))

    store = Store.open(database)
    kept = workspaces.every(store.reading())
    store.close()
    assert result.exit_code == 1
    assert "Real Company" in result.output
    assert [one.team_id for one in kept] == ["T0REAL"]


def test_a_broken_world_names_what_is_wrong(tmp_path: Path) -> None:
    world = tmp_path / "world.json"
    world.write_text('{"app": {"team": "T1"}, "teams": []}')

    result = invoke("sandbox", "--no-browser", "--port", "0", "--world", str(world))

    assert result.exit_code == 1
    assert "world.json" in result.output


def test_a_missing_world_is_said_in_a_sentence(tmp_path: Path) -> None:
    result = invoke("demo", "--no-browser", "--port", "0", "--world", str(tmp_path / "none.json"))

    assert result.exit_code == 1
    assert "none.json: cannot be read: No such file or directory." in result.output
    assert "Errno" not in result.output


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param("demo --port 99999", "99999 is not in the range", id="port of the demo"),
        pytest.param("sandbox --port -1", "-1 is not in the range", id="port of the sandbox"),
        pytest.param("manifest --http ftp://x", "https://", id="address of the manifest"),
        pytest.param("manifest --http http://[", "https://", id="half an address"),
        pytest.param("sandbox --port 0 --events-url x", "https://", id="address of the events"),
    ],
)
def test_options_that_cannot_be_are_said_in_a_sentence(arguments: str, expected: str) -> None:
    result = invoke(*arguments.split())

    assert result.exit_code == 2
    assert expected in result.output
    assert "Traceback" not in result.output


def test_the_manifest_is_json_that_the_sandbox_takes(tmp_path: Path) -> None:
    plain = invoke("manifest")
    http = invoke("manifest", "--http", "https://bot.example/slack/events", "--prefix", "tb")
    basic = invoke("manifest", "--basic", "--http")
    drawn = json.loads(plain.output)

    assert drawn["settings"]["socket_mode_enabled"] is True
    assert "https://bot.example/slack/events" in http.output
    assert all(
        one["command"].startswith("/tb-")
        for one in json.loads(http.output)["features"]["slash_commands"]
    )
    assert "history" not in basic.output
    with (
        start_sandbox(manifest=drawn) as sandbox,
        Slack(sandbox.url) as slack,
        process(tmp_path, **socket_mode(sandbox)) as running,
    ):
        running.wait_ready()
        answer = slack.command(CHANNEL, "maria", "/touchbase", "help")
    assert "/touchbase setup" in json.dumps(answer)


def test_a_prefix_that_no_command_can_have_is_refused() -> None:
    result = invoke("manifest", "--prefix", "a b")

    assert result.exit_code == 2
    assert "letters" in result.output


def test_the_doctor_looks_at_everything(tmp_path: Path) -> None:
    with start_sandbox() as sandbox:
        database = {"TOUCHBASE_DATABASE": str(tmp_path / "x.sqlite")}
        sound = invoke("doctor", **socket_mode(sandbox) | database)
        ill = invoke("doctor", **socket_mode(sandbox) | database | {"SLACK_BOT_TOKEN": "xoxb-x"})

    for topic in ("Database", "Bot token", "App token", "Scopes", "Channels", "Next sends"):
        assert topic in sound.output
    assert "invalid_auth" in ill.output
    assert ill.exit_code == 1


def test_the_doctor_starts_nothing_and_makes_nothing(tmp_path: Path) -> None:
    database = {"TOUCHBASE_DATABASE": str(tmp_path / "x.sqlite")}
    with start_sandbox() as sandbox:
        first = invoke("doctor", **socket_mode(sandbox) | database)
    without = invoke("doctor", **database)

    assert "x.sqlite does not exist yet" in first.output
    assert "App token      accepted" in first.output
    assert "SLACK_BOT_TOKEN is missing" in without.output
    assert "started" not in without.output
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_no_database_makes_none(tmp_path: Path) -> None:
    database, copy = tmp_path / "x.sqlite", tmp_path / "copy.sqlite"

    result = invoke("backup", str(copy), TOUCHBASE_DATABASE=str(database))

    assert result.exit_code == 1
    assert f"There is no database {database}, and none was made" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_backup_can_be_opened_and_is_never_written_over(tmp_path: Path) -> None:
    database, copy = tmp_path / "x.sqlite", tmp_path / "copy.sqlite"
    with start_sandbox() as sandbox:
        variables = socket_mode(sandbox) | {"TOUCHBASE_DATABASE": str(database)}
        with process(tmp_path, **variables) as running:
            running.wait_ready()
            made = invoke("backup", str(copy), TOUCHBASE_DATABASE=str(database))
            again = invoke("backup", str(copy), TOUCHBASE_DATABASE=str(database))

    store = Store.open(copy)
    kept = [one.name for one in workspaces.every(store.reading())]
    store.close()
    assert made.exit_code == 0, made.output
    assert kept == ["Acme Retail"]
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_help_names_every_command() -> None:
    output = invoke("--help").output

    for command in ("run", "demo", "sandbox", "doctor", "manifest", "backup"):
        assert re.search(rf"^  {command} ", output, re.MULTILINE)
