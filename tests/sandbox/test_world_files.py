import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.errors import WorldError
from sandbox.world_files import load_world

TEAM = {"id": "T1", "name": "One", "domain": "one"}
USER = {"id": "U1", "team": "T1", "name": "ada", "real_name": "Ada"}
CHANNEL = {"id": "C1", "name": "general", "team": "T1", "members": ["ada"], "bot": True}
GOOD: dict[str, Any] = {
    "app": {"team": "T1"},
    "teams": [TEAM],
    "users": [USER],
    "channels": [CHANNEL],
}


def write(folder: Path, text: str) -> Path:
    file = folder / "world.json"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_world_is_read(tmp_path: Path) -> None:
    world = load_world(write(tmp_path, json.dumps(GOOD)))

    assert world.home.url == "https://one.slack.com/"
    assert list(world.channels["C1"].members) == ["U1", world.app.user_id]
    assert world.bot.is_bot


def test_the_default_world_has_two_companies_and_a_third_outside() -> None:
    world = load_world()

    shared = world.channels["C0ACMEGLOB"]
    teams = {world.users[user_id].team_id for user_id in shared.members}
    assert len(shared.members) == 53
    assert teams == {"T0ACME0001", "T0GLOBAL01"}
    assert {u.name for u in world.users.values() if u.team_id == "T0NORTH001"} == {
        "nora",
        "felix",
    }
    assert [u.name for u in world.users.values() if u.guest] == ["kim"]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        pytest.param({"extra": 1}, "extra", id="unknown key"),
        pytest.param({"teams": {}}, "teams: must be a list", id="no list"),
        pytest.param({"app": {}}, "app.team", id="nobody installed the app"),
        pytest.param({"app": {"team": "T9"}}, "app.team", id="no such team"),
        pytest.param({"teams": [TEAM, TEAM]}, "teams[1].id", id="an id twice"),
        pytest.param({"users": [{**USER, "tz": "Mars"}]}, "users[0].tz", id="no such zone"),
        pytest.param({"users": [{**USER, "team": "T9"}]}, "users[0].team", id="user without team"),
        pytest.param({"users": [{**USER, "guest": "x"}]}, "users[0].guest", id="no such guest"),
        pytest.param({"users": [{**USER, "age": 3}]}, "users[0].age", id="unknown key of a user"),
        pytest.param({"users": [{**USER, "name": 3}]}, "users[0].name", id="a name that is none"),
        pytest.param({"users": [USER, {**USER, "id": "U2"}]}, "users[1].name", id="a name twice"),
        pytest.param(
            {"channels": [{**CHANNEL, "members": ["bob"]}]}, "channels[0].members[0]", id="nobody"
        ),
        pytest.param(
            {"channels": [{**CHANNEL, "members": [3]}]}, "channels[0].members[0]", id="a number"
        ),
        pytest.param(
            {"channels": [{**CHANNEL, "shared_with": ["T9"]}]},
            "channels[0].shared_with",
            id="shared with nobody",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_key(
    tmp_path: Path, change: dict[str, Any], key: str
) -> None:
    file = write(tmp_path, json.dumps(GOOD | change))

    with pytest.raises(WorldError) as refused:
        load_world(file)

    assert key in str(refused.value)
    assert str(file) in str(refused.value)


def test_a_slip_in_the_json_is_named_by_its_line(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="line 3"):
        load_world(write(tmp_path, '{\n "app": {},\n oops\n}'))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"nowhere\.json: cannot be read"):
        load_world(tmp_path / "nowhere.json")
