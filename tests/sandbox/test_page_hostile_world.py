import json
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.sandbox.page_stage import ANA, CHANNEL, post, stage
from tests.sandbox.panel_stage import open_tools

pytestmark = pytest.mark.browser

SCRIPT = "<script>window.ran = true</script>"
IMAGE = "<img src=x onerror='window.ran = true'>"


def test_markup_in_a_world_file_is_text(browser: Browser, tmp_path: Path) -> None:
    with stage(browser) as built:
        # given: a world in which all that people and apps name is markup
        built.people.say(CHANNEL, ANA, SCRIPT)
        post(built, IMAGE, [{"type": "section", "text": {"type": "mrkdwn", "text": IMAGE}}])
        world = httpx.get(f"{built.sandbox.url}_control/world_file", trust_env=False).json()
        for team in world["teams"]:
            team["name"] = SCRIPT
        for user in world["users"]:
            user["real_name"] = IMAGE
        world["guide"] = {"title": SCRIPT, "steps": [IMAGE], "empty": SCRIPT, "ending": IMAGE}
        file = tmp_path / "world.json"
        file.write_text(json.dumps(world | {"title": SCRIPT, "about": IMAGE}), encoding="utf-8")

        # when
        page = built.open(ANA)
        open_tools(page, "Worlds")
        page.locator('input[type="file"]').set_input_files(file)
        page.get_by_role("button", name="Load it").click()

        # then
        expect(page.locator("#guide")).to_contain_text(IMAGE)
        expect(page.locator("#messages .name").first).to_have_text(IMAGE)
        expect(page.locator("#messages .body").first).to_have_text(SCRIPT)
        expect(page.locator("#messages .body").last).to_have_text(IMAGE)
        assert page.locator("body img, body script").count() == 0
        assert not page.evaluate("'ran' in window")
