import json
from pathlib import Path

from demo import beginning
from sandbox.world_files import load_world
from tests.people import Slack
from tests.wire import start_sandbox

ALONE = {
    "app": {"team": "T0LONELY"},
    "teams": [{"id": "T0LONELY", "name": "Lonely", "domain": "lonely"}],
    "users": [{"id": "U0ONE", "team": "T0LONELY", "name": "one", "real_name": "One"}],
    "channels": [{"id": "C0OWN", "name": "own", "team": "T0LONELY", "members": ["one"]}],
}


def test_who_begins_and_how_is_said_where_nothing_was_said_yet() -> None:
    with start_sandbox() as sandbox, Slack(sandbox.url) as slack:
        beginning.invite(sandbox.url)
        guide = slack.get("guide")

    assert guide["empty"] == "Nothing here yet. As Maria Alvarez, type /touchbase setup below."
    assert (guide["user"], guide["channel"]) == ("U0MARIA0000", "C0ACMEGLOB")
    assert guide["steps"][0]["user"] == "U0MARIA0000"


def test_a_world_that_shares_no_channel_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "alone.json"
    file.write_text(json.dumps(ALONE))
    with start_sandbox(world=load_world(file)) as sandbox, Slack(sandbox.url) as slack:
        beginning.invite(sandbox.url)
        answer = slack.post("settle")
        guide = slack.get("guide")

    assert answer["ok"]
    assert guide == {"ok": True, "title": None, "steps": []}
