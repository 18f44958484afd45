import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sandbox.errors import WorldError
from sandbox.world_files import WORLDS, load_file, load_world, read_world

TEAM = {"id": "T1", "name": "One", "domain": "one"}
TS = "1792414800.000100"
LATER = "1792414900.000100"
SAID = {"type": "message", "ts": TS, "user": "U1", "text": "Hello"}
USER = {"id": "U1", "team": "T1", "name": "ada", "real_name": "Ada"}
CHANNEL = {"id": "C1", "name": "general", "team": "T1", "members": ["ada"], "bot": True}
OWN = {"channels": [{**CHANNEL, "members": ["U1"]}]}
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
        pytest.param({"teams": [{**TEAM, "url": "javascript:a/"}]}, "teams[0].url", id="no url"),
        pytest.param({"teams": [{**TEAM, "domain": "<b>"}]}, "teams[0].domain", id="no domain"),
        pytest.param({"users": [{**USER, "id": "<b>"}]}, "users[0].id", id="an id that is none"),
        pytest.param({"users": [{**USER, "name": ""}]}, "users[0].name", id="an empty name"),
        pytest.param({"users": [{**USER, "deleted": 1}]}, "users[0].deleted", id="a number"),
        pytest.param(
            {"channels": [{**CHANNEL, "created": True}]}, "channels[0].created", id="true"
        ),
        pytest.param(
            {"channels": [{**CHANNEL, "members": ["ada", "U1"]}]},
            'channels[0].members[1]: "U1" is named twice',
            id="a member twice",
        ),
        pytest.param(
            {"channels": [{**CHANNEL, "shared_with": ["T1"]}]},
            "channels[0].shared_with[0]",
            id="shared with itself",
        ),
        pytest.param(
            {"direct_messages": [{"id": "C1", "user": "U1"}]}, "direct_messages[0].id", id="taken"
        ),
        pytest.param(
            {"direct_messages": [{"id": "D1", "user": "U9"}]}, "direct_messages[0].user", id="who?"
        ),
        pytest.param({"now": "yesterday"}, "now", id="no moment"),
        pytest.param({"now": "2026-11-02T09:00:00"}, "now", id="a moment without a zone"),
        pytest.param({"now": "1999-01-01T00:00:00Z"}, "now", id="before all stamps"),
        pytest.param(
            {"now": "2026-10-19T12:00:00Z", "messages": {"C1": [SAID]}}, "now", id="too early"
        ),
        pytest.param({"memory": "%%%"}, "memory: must be base64", id="no base64"),
        pytest.param({"memory": 3}, "memory: must be text", id="a number to remember"),
        pytest.param({"guide": {"steps": []}}, "guide.title: title is missing", id="a guide"),
        pytest.param(
            {"guide": {"title": "t", "steps": [{"text": "x", "until": [{"act": "fly"}]}]}},
            "guide.steps[0].until[0].act: There is no act fly",
            id="an act that is none",
        ),
        pytest.param(
            {"guide": {"title": "t", "steps": ["x", {"text": "y", "user": "bob"}]}},
            "guide.steps[1].user: There is no user bob",
            id="a step of nobody",
        ),
        pytest.param({"messages": []}, "messages: must be an object", id="messages as a list"),
        pytest.param({"messages": {"C9": []}}, "messages.C9: there is no channel", id="nowhere"),
        pytest.param({"messages": {"C1": [{**SAID, "ts": "1"}]}}, "messages.C1[0].ts", id="stamp"),
        pytest.param(
            {"messages": {"C1": [{**SAID, "ts": "9792414800.000100"}]}},
            "messages.C1[0].ts: must lie",
            id="said beyond all clocks",
        ),
        pytest.param(
            {"messages": {"C1": [SAID, {**SAID, "ts": LATER, "thread_ts": "1792414700.000000"}]}},
            "messages.C1[1].thread_ts: there is no message 1792414700.000000",
            id="a reply to nothing",
        ),
        pytest.param(
            {"channels": [{**CHANNEL, "name": "General"}]}, "channels[0].name", id="upper case"
        ),
        pytest.param({"channels": [{**CHANNEL, "name": "a b"}]}, "channels[0].name", id="a space"),
        pytest.param(
            {"channels": [{**CHANNEL, "name": "a" * 81}]}, "channels[0].name", id="a long name"
        ),
        pytest.param(
            {"channels": [CHANNEL, {**CHANNEL, "id": "C2"}]},
            'channels[1].name: "general" is used twice',
            id="a channel's name twice",
        ),
        pytest.param({"messages": {"C1": [SAID, SAID]}}, "messages.C1[1].ts", id="a stamp twice"),
        pytest.param(
            {"messages": {"C1": [{**SAID, "user": "U9"}]}},
            'messages.C1[0].user: there is no user "U9"',
            id="said by nobody",
        ),
        pytest.param(
            {"messages": {"C1": [{**SAID, "thread_ts": "1792414900.000100"}]}},
            "messages.C1[0].thread_ts",
            id="a reply to what comes later",
        ),
        pytest.param(
            {"messages": {"C1": [{**SAID, "blocks": [{"type": "divider"}, {"type": "header"}]}]}},
            "messages.C1[0].blocks[1].text",
            id="a block without its text",
        ),
        pytest.param(
            {"messages": {"C1": [{**SAID, "reactions": [{"name": "eyes", "users": ["U9"]}]}]}},
            "messages.C1[0].reactions[0].users[0]",
            id="nobody reacts",
        ),
        pytest.param(
            {"messages": {"C1": [{**SAID, "pinned_to": ["C2"]}]}},
            "messages.C1[0].pinned_to[0]",
            id="pinned elsewhere",
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


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param('{"teams": [], "teams": []}', "teams: stands twice", id="a key twice"),
        pytest.param('{"now": NaN}', "NaN", id="no number"),
        pytest.param('{"now": "\\ud800"}', "half of a character", id="half a character"),
        pytest.param("[" * 100_000, "nested too deeply", id="too deep"),
        pytest.param('{"app": ' + "[" * 200 + "]" * 200 + "}", "nested too deeply", id="deep"),
        pytest.param("[]", "the file: must be an object", id="a list"),
        pytest.param('{"app": 1,\n "teams" 2}', "line 2, column 10", id="a slip"),
        pytest.param(f'{{"about": "{"x" * 20_000_000}"}}', "larger than 20 MB", id="too large"),
    ],
)
def test_text_that_holds_no_world_is_refused(text: str, problem: str) -> None:
    with pytest.raises(WorldError) as refused:
        read_world(text)

    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("change", "key", "marked"),
    [
        pytest.param(
            {"users": [USER, {**USER, "id": "U2", "team": "T9"}]}, "users[1].team", '"T9"'
        ),
        pytest.param({"now": "yesterday"}, "now", '"yesterday"'),
        pytest.param({"users": [{"id": "U7"}]}, "users[0].team", "{"),
        pytest.param({"messages": {"C1": [{**SAID, "ts": "1"}]}}, "messages.C1[0].ts", '"1"'),
    ],
)
def test_a_wrong_value_is_named_by_its_line_too(
    change: dict[str, Any], key: str, marked: str
) -> None:
    text = json.dumps(GOOD | change, indent=1)

    with pytest.raises(WorldError) as refused:
        read_world(text)

    error = refused.value
    line = text.splitlines()[error.line - 1]
    assert (error.key, line[error.column - 1 :].rstrip(",")) == (key, marked)


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        pytest.param('{"users": [{"id": 1,\n"id": 2}]}', "users[0].id", (2, 1), id="a key twice"),
        pytest.param('{"a": [1,\n {"b": NaN}]}', "a[1].b", (2, 8), id="no number"),
        pytest.param('{"a":\n {"b": "\\ud83d"}}', "a.b", (2, 8), id="half a character"),
        pytest.param('{"\\udc00":\n 1}', "?", (1, 2), id="half a key"),
        pytest.param('{"a":\n' + "[" * 101, "a[0][0][0][0]", (2, 100), id="too deep"),
    ],
)
def test_what_a_lenient_reader_lets_pass_is_named_by_line_and_whole_key(
    text: str, key: str, place: tuple[int, int]
) -> None:
    closed = text if text.endswith("}") else text + "]" * 101 + "}"

    with pytest.raises(WorldError) as refused:
        read_world(closed)

    assert (refused.value.key, refused.value.line, refused.value.column) == (key, *place)


def test_a_byte_order_mark_is_no_part_of_a_world(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8-sig")

    assert load_world(file).home.name == "One"
    assert read_world("\ufeff" + json.dumps(GOOD)).world.home.name == "One"


def test_what_people_call_themselves_is_data() -> None:
    script = "<script>alert(1)</script>"
    user = {**USER, "name": script, "real_name": script, "status_text": script}
    said = {**SAID, "text": script}

    file = read_world(json.dumps(GOOD | {"users": [user], "messages": {"C1": [said]}} | OWN))

    assert file.world.users["U1"].real_name == script
    assert file.posts["C1"][0].body["text"] == script


def test_without_a_moment_a_world_stands_at_its_newest_message() -> None:
    file = read_world(json.dumps(GOOD | {"messages": {"C1": [SAID]}}))

    assert file.is_begun
    assert file.now == datetime(2026, 10, 19, 13, 0, 0, 100, tzinfo=UTC)


@pytest.mark.parametrize("path", sorted(WORLDS.glob("*.json")), ids=lambda path: path.stem)
def test_a_ready_world_can_be_read_and_says_what_it_is(path: Path) -> None:
    file = load_file(path)

    assert file.title
    assert file.about.endswith(".")
    assert not file.is_begun


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"nowhere\.json: cannot be read"):
        load_world(tmp_path / "nowhere.json")
