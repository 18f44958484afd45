"""A chart where Slack draws it, and its numbers as a table where it does not (yet)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from data import workspaces
from data.workspaces import Workspace
from services.refusals import follow_refusal
from tests.desk import Desk, desk_on_sandbox, everything
from tests.partners import MONDAY_NOON
from tests.stores import TEAM
from views.charts import Figures, chart, table

FIGURES: Final = Figures(
    title="Pulse",
    labels=["12 Oct", "19 Oct"],
    series={"Acme": [4.0, 3.5], "Globalcall": [4.25, 4.5]},
    unit="Average",
    moments="Week of",
)
WORKSPACE: Final = Workspace(
    team_id=TEAM, name="Acme", url="", bot_user_id="U0", bot_id="B0", installed_at=MONDAY_NOON
)
CHARTED: Final[dict[str, Any]] = {
    "text": "Acme 3.5, Globalcall 4.5",
    "blocks": [chart(FIGURES)],
    "instead": {"text": "Acme 3.5, Globalcall 4.5", "blocks": [table(FIGURES)]},
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_on_sandbox(tmp_path) as opened:
        with opened.store.writing(None) as db:
            workspaces.save(db, WORKSPACE)
        opened.new_courier(may_leave=everything, on_refused=follow_refusal)
        yield opened


def kinds(desk: Desk) -> list[list[str]]:
    return [[block["type"] for block in one["blocks"]] for one in desk.messages()]


def draws_charts(desk: Desk) -> bool:
    found = workspaces.get(desk.store.reading(), TEAM)
    assert found is not None
    return found.draws_charts


def test_a_chart_is_posted_and_the_table_stays_at_home(desk: Desk) -> None:
    desk.put("result", payload=CHARTED)

    desk.work_until_done()

    assert kinds(desk) == [["data_visualization"]]
    assert draws_charts(desk)


def test_where_slack_draws_no_charts_the_numbers_stand_in_a_table(desk: Desk) -> None:
    desk.fault("chat.postMessage", "error:invalid_blocks")
    desk.put("result", payload=CHARTED)

    desk.work_until_done()

    assert kinds(desk) == [["table"]]
    assert desk.state("result") == "refused"
    assert not draws_charts(desk)


def test_a_place_that_takes_nothing_says_nothing_about_charts(desk: Desk) -> None:
    desk.fault("chat.postMessage", "error:not_in_channel")
    desk.put("result", payload=CHARTED)

    desk.work_until_done()

    assert desk.messages() == []
    assert draws_charts(desk)
