import json
import re
from pathlib import Path

from tests.test_bot import invoke, process

WITHOUT_PEOPLE = {
    "app": {"team": "T0LONELY"},
    "teams": [{"id": "T0LONELY", "name": "Lonely", "domain": "lonely"}],
    "users": [{"id": "U0ONE", "team": "T0LONELY", "name": "one", "real_name": "One", "tz": "UTC"}],
    "channels": [],
}


def test_the_story_is_told_day_by_day_and_can_be_ended_in_its_midst(tmp_path: Path) -> None:
    with process(tmp_path, "demo", "--no-browser", "--port", "0") as running:
        said = running.wait_for(re.compile("^Tue 20 Oct"))
        code = running.end()

    assert re.search(r"^Mon 19 Oct  ", said, re.MULTILINE)
    assert re.search(r"http://127\.0\.0\.1:\d+/", said)
    assert "Traceback" not in said
    assert code == 0
    assert list(tmp_path.iterdir()) == []


def test_a_world_without_its_people_is_said_in_a_sentence(tmp_path: Path) -> None:
    world = tmp_path / "lonely.json"
    world.write_text(json.dumps(WITHOUT_PEOPLE))

    result = invoke("demo", "--no-browser", "--port", "0", "--world", str(world))

    assert result.exit_code == 1
    assert "The story needs Maria, who is not in this world." in result.output
    assert "--empty" in result.output
    assert "Traceback" not in result.output
