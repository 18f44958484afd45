import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

import pytest

from tests.project_files import Module, module, product_modules


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one room may import beside the standard library.

    Attributes:
        rooms: Its own and others.
        libraries: From outside; None means any.
        pure: No file, network, process, thread, chance or clock.
    """

    rooms: frozenset[str] = frozenset()
    libraries: frozenset[str] | None = frozenset()
    pure: bool = False


def room(rooms: str, libraries: str | None = "", *, pure: bool = False) -> Room:
    return Room(
        rooms=frozenset(rooms.split()),
        libraries=None if libraries is None else frozenset(libraries.split()),
        pure=pure,
    )


EVERY_ROOM = "domain views data services handlers schedules sandbox demo bench"

ROOMS = {
    "domain": room("domain", "dateutil holidays", pure=True),
    "views": room("views domain", "dateparser icalendar", pure=True),
    "data": room("data domain", "sqlite_utils"),
    "services": room("services data views domain"),
    "handlers": room("handlers services views domain", "slack_bolt"),
    "schedules": room("schedules services", "apscheduler"),
    "sandbox": room("sandbox", "starlette uvicorn websockets httptools anyio httpx"),
    "demo": room("demo", "httpx"),
    "bench": room(EVERY_ROOM, None),
    "bot": room(f"{EVERY_ROOM} clock composition config terminal this_python", None),
    "composition": room(f"{EVERY_ROOM} clock config"),
    "config": room("", "dotenv"),
    "clock": room(""),
    "terminal": room("", "click"),
    "this_python": room(""),
}

ALSO = {
    # The places that carry what Slack sends, and Bolt's errors and clients, which are the SDK's.
    "handlers/http.py": frozenset({"starlette", "uvicorn"}),
    "handlers/socket*.py": frozenset({"slack_sdk"}),
    "handlers/app.py": frozenset({"slack_sdk"}),
    # The two that speak with Slack's Web API.
    "services/delivery*.py": frozenset({"slack_sdk"}),
    "services/delivery/*.py": frozenset({"slack_sdk"}),
    "services/directory*.py": frozenset({"slack_sdk"}),
}

OURS = frozenset(ROOMS) | {"tests"}

NOT_PURE = frozenset(
    "asyncio concurrent http logging multiprocessing os queue random secrets select"
    " shutil signal socket sqlite3 ssl subprocess tempfile threading time urllib.request".split()
)


def imported_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def forbidden_imports(one: Module) -> list[str]:
    """Each import that the table does not allow, as "path:line imports name"."""
    if one.room not in ROOMS:
        return [f"{one.path}:1 lies in no room of the table"]
    return [
        f"{one.path}:{line} imports {name}"
        for line, name in imported_names(one.tree)
        if not may_import(one, name)
    ]


def may_import(one: Module, name: str) -> bool:
    of_room = ROOMS[one.room]
    top = name.partition(".")[0]
    if top in OURS:
        return top in of_room.rooms
    if top in sys.stdlib_module_names:
        return not (of_room.pure and any(f"{name}.".startswith(f"{bad}.") for bad in NOT_PURE))
    if of_room.libraries is None or top in of_room.libraries:
        return True
    return any(fnmatchcase(one.path, where) and top in names for where, names in ALSO.items())


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_imports_only_what_the_table_allows(name: str) -> None:
    modules = [one for one in product_modules() if one.room == name]

    assert [fault for one in modules for fault in forbidden_imports(one)] == []


def test_every_module_lies_in_a_room_of_the_table() -> None:
    assert [one.path for one in product_modules() if one.room not in ROOMS] == []


def test_every_folder_of_modules_is_a_package() -> None:
    paths = {one.path for one in product_modules()}
    folders = {path.rpartition("/")[0] for path in paths} - {""}

    assert [folder for folder in sorted(folders) if f"{folder}/__init__.py" not in paths] == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        pytest.param("domain/a.py", "import sqlite3", id="domain reaches for SQL"),
        pytest.param("domain/a.py", "from time import monotonic", id="domain reads a clock"),
        pytest.param("domain/a.py", "import urllib.request", id="domain goes out"),
        pytest.param("domain/a.py", "from views import b", id="domain draws"),
        pytest.param("domain/a.py", "from clock import SystemClock", id="domain holds a clock"),
        pytest.param("views/a.py", "from slack_sdk.models import blocks", id="views use the SDK"),
        pytest.param("views/a.py", "import data.outbox", id="views load"),
        pytest.param("data/a.py", "from views import b", id="data draws"),
        pytest.param("data/a.py", "import slack_sdk", id="data calls Slack"),
        pytest.param("services/reminders.py", "import slack_sdk", id="a verb calls Slack"),
        pytest.param("services/delivery.py", "import slack_bolt", id="delivery listens"),
        pytest.param("services/a.py", "import apscheduler", id="services schedule"),
        pytest.param("handlers/a.py", "from data import store", id="a listener loads"),
        pytest.param("handlers/a.py", "import slack_sdk", id="a listener calls Slack"),
        pytest.param("handlers/a.py", "import schedules", id="a listener schedules"),
        pytest.param("handlers/a.py", "def f():\n    import data.store", id="hidden in a function"),
        pytest.param("schedules/a.py", "from handlers import b", id="time presses buttons"),
        pytest.param("schedules/a.py", "from domain import b", id="time decides"),
        pytest.param("sandbox/a.py", "from domain import people", id="the sandbox knows us"),
        pytest.param("sandbox/a.py", "import slack_sdk", id="the sandbox borrows its client"),
        pytest.param("demo/a.py", "from sandbox import world", id="the demo reaches inside"),
        pytest.param("demo/a.py", "import data.store", id="the demo writes to the database"),
        pytest.param("bench/a.py", "import bot", id="somebody imports bot"),
        pytest.param("demo/a.py", "import composition", id="the demo puts the bot together"),
        pytest.param("bench/a.py", "from config import Settings", id="somebody reads settings"),
        pytest.param("data/a.py", "from tests import b", id="the product imports a test"),
        pytest.param("utils/a.py", "", id="a room nobody agreed on"),
    ],
)
def test_a_planted_import_is_found(path: str, source: str) -> None:
    assert len(forbidden_imports(module(path, source))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        pytest.param("domain/a.py", "import domain.b, dateutil.rrule, zoneinfo", id="domain"),
        pytest.param("domain/a.py", "from urllib.parse import quote", id="a pure part"),
        pytest.param("services/delivery.py", "import slack_sdk", id="delivery"),
        pytest.param("services/delivery_proof.py", "import slack_sdk.errors", id="its second file"),
        pytest.param("services/directory.py", "from slack_sdk import WebClient", id="directory"),
        pytest.param("domain/a.py", "from pathlib import Path", id="a path is a value"),
        pytest.param("handlers/http.py", "import starlette.routing, uvicorn", id="the HTTP door"),
        pytest.param("bot.py", "import clock, config, data, click, slack_bolt", id="the root"),
    ],
)
def test_an_allowed_import_is_let_through(path: str, source: str) -> None:
    assert forbidden_imports(module(path, source)) == []
