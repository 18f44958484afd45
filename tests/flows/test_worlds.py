"""The bot in a sandbox, begun anew when another world is loaded."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from clock import MovableClock
from composition import demo
from sandbox.errors import WorldError
from sandbox.world_files import load_file, read_world
from tests.flows.conftest import CHANNEL, Touchbase, action_ids
from tests.people import ActRefused, Json, Slack
from tests.wire import MONDAY_MORNING, is_patient


@contextmanager
def running(text: str | None = None) -> Iterator[Touchbase]:
    """The bot in the world of a file, or in one where nothing has happened; with no database."""
    file = load_file() if text is None else read_world(text)
    clock = MovableClock(file.now or MONDAY_MORNING, running=False)
    with demo(file, clock, port=0) as sandbox, Slack(sandbox.url) as slack:
        is_patient(sandbox)
        yield Touchbase(slack=slack, database=Path("none"))


@pytest.fixture(scope="module")
def agreed() -> Json:
    """A world in which Ana has taken on a training deck for Maria."""
    with running() as touchbase:
        touchbase.agreed()
        touchbase.slack.command(CHANNEL, "maria", "/deliverable", "@ana training deck by friday")
        touchbase.calm()
        touchbase.press("ana", "deliverable.accept")
        touchbase.calm()
        return touchbase.slack.world_file()


def promises(touchbase: Touchbase) -> list[str]:
    """What is due, as the bot remembers it."""
    found = touchbase.slack.get("due")["due"]
    return [one["what"] for one in found if one["what"].endswith("deck is due")]


def test_the_bot_goes_on_in_a_world_that_is_loaded(agreed: Json) -> None:
    with running() as touchbase:
        touchbase.slack.do("load", text=json.dumps(agreed))
        assert touchbase.slack.world_file()["messages"] == agreed["messages"]
        touchbase.press("ana", "deliverable.done")
        touchbase.calm()

        assert "training deck* (Globalcall): done" in touchbase.messages()[-1]["text"]
        assert promises(touchbase) == []


def test_the_bot_begins_with_what_the_file_of_its_world_remembers(agreed: Json) -> None:
    with running(json.dumps(agreed)) as touchbase:
        assert promises(touchbase) == ["training deck is due"]
        touchbase.slack.do("home", user="maria")
        touchbase.calm()
        assert "Globalcall" in str(touchbase.slack.views("maria")["home"])


def test_in_a_world_without_memory_the_bot_begins_anew(agreed: Json) -> None:
    with running(json.dumps(agreed)) as touchbase:
        touchbase.slack.do("load", name="two-companies")
        assert touchbase.messages() == []
        touchbase.agreed()

        assert "hub.mine" in {one for m in touchbase.messages() for one in action_ids(m)}
        assert promises(touchbase) == []


def of_another_workspace(memory: bytes, folder: Path) -> bytes:
    path = folder / "other.sqlite"
    path.write_bytes(memory)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE workspaces SET team_id = 'T0REAL', name = 'A real company'")
        db.commit()
    return path.read_bytes()


def of_a_newer_version(memory: bytes, folder: Path) -> bytes:
    path = folder / "newer.sqlite"
    path.write_bytes(memory)
    with closing(sqlite3.connect(path)) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " SELECT migration_set, 'tomorrow', applied_at FROM _sqlite_migrations LIMIT 1"
        )
        db.commit()
    return path.read_bytes()


def test_a_memory_that_cannot_be_used_is_refused_and_the_old_world_goes_on(
    agreed: Json, tmp_path: Path
) -> None:
    memory = base64.b64decode(agreed["memory"])
    bad = {
        b"": "it is no database of Touchbase",
        b"SQLite": "it is no database of Touchbase",
        memory[: len(memory) // 2]: "it is damaged",
        of_another_workspace(memory, tmp_path): "it is of the workspace A real company",
        of_a_newer_version(memory, tmp_path): "written by a newer version",
    }
    with running(json.dumps(agreed)) as touchbase:
        for content, sentence in bad.items():
            text = json.dumps(agreed | {"memory": base64.b64encode(content).decode()})
            checked = touchbase.slack.post("load", text=text, check=True)
            refused = touchbase.slack.post("load", text=text)
            assert checked == refused
            assert (refused["error"], refused["key"]) == ("invalid_world", "memory")
            assert sentence in refused["message"]

        assert touchbase.slack.world_file()["messages"] == agreed["messages"]
        touchbase.press("ana", "deliverable.done")
        touchbase.calm()
        assert promises(touchbase) == []


def test_a_demo_does_not_start_with_a_memory_that_cannot_be_used(agreed: Json) -> None:
    spoiled = agreed | {"memory": "AAAA"}

    with pytest.raises(WorldError, match="memory: it is no database"), running(json.dumps(spoiled)):
        pass


def test_a_named_database_is_never_replaced(touchbase: Touchbase, agreed: Json) -> None:
    before = touchbase.slack.world_file()

    with pytest.raises(ActRefused) as refused:
        touchbase.slack.do("load", text=json.dumps(agreed))

    assert refused.value.error == "world_not_loaded"
    assert str(touchbase.database) in refused.value.answer["message"]
    assert "Nothing was changed" in refused.value.answer["message"]
    assert touchbase.slack.world_file()["messages"] == before["messages"]
