"""What came of a survey goes on the agenda and into a file; the weeks before are drawn with it."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data import cadences, workspaces
from data.workspaces import Workspace
from domain.checkin_moves import NoSuchCheckIn
from domain.people import Side
from domain.pulse import UnknownSurvey
from domain.rights import NotAllowed
from services import cadences as cadence_verbs
from services import pulse_files, pulse_planning, pulse_posts, pulse_results, pulse_talks
from services.planning import Planner, plan_due
from tests.checkin_stage import PLAN
from tests.partners import ACME_TEAM, PARTNERSHIP
from tests.pulse_stage import CLOSES_AT, ID, NOW, Stage, stage

PLANNERS: Mapping[str, Planner] = {
    pulse_posts.CLOSING: pulse_planning.plan_closing,
    pulse_results.TELLING: pulse_results.plan,
}
LATER = CLOSES_AT + timedelta(days=1)
LOW: dict[str, Any] = {"C0": 5, "C1": 4, "C2": 4, "V0": 2, "V1": 2, "V2": 1}


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Stage]:
    """A survey of which one side's answers are low is closed and told."""
    with stage(tmp_path) as found:
        found.ask()
        for slack_id, score in LOW.items():
            found.press(slack_id, score)
        for at in (CLOSES_AT, LATER):
            plan_due(found.deps, PLANNERS, at)
        yield found


def points(found: Stage) -> list[str]:
    return [row["words"] for row in found.rows("agenda_points")]


def test_what_is_worth_a_talk_goes_on_the_next_agenda_once(told: Stage) -> None:
    with told.store.writing(None) as db:
        cadence_verbs.create(db, PARTNERSHIP, PLAN, by=None, now=NOW)

    said = pulse_talks.add(told.deps, told.who("V1"), ID, LATER)
    pulse_talks.add(told.deps, told.who("C0"), ID, LATER)

    assert points(told) == ["From the pulse: how was the hand-over?"]
    assert "From the pulse" in said.text


def test_without_a_check_in_there_is_no_agenda_to_put_it_on(told: Stage) -> None:
    assert cadences.of_partnership(told.store.reading(), PARTNERSHIP, "checkin") == []
    with pytest.raises(NoSuchCheckIn):
        pulse_talks.add(told.deps, told.who("C0"), ID, LATER)


def test_where_nothing_stands_out_an_old_button_puts_nothing_on(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        found.ask()
        plan_due(found.deps, PLANNERS, CLOSES_AT)

        with pytest.raises(UnknownSurvey):
            pulse_talks.add(found.deps, found.who("C0"), ID, LATER)


def test_the_file_has_averages_of_groups_and_comes_to_leads_alone(told: Stage) -> None:
    said = pulse_files.ask(told.deps, told.who("C0"), PARTNERSHIP.id, LATER)

    (row,) = [row for row in told.rows("outbox") if row["kind"] == "file"]
    lines = json.loads(row["payload"])["content"].splitlines()
    assert "comes in your direct messages" in said.text
    assert lines[0].endswith("Closed,Question,Side,Answers,Average,1,2,3,4,5,yes,no")
    assert lines[1].startswith("2026-11-19,how was the hand-over?,Acme,3,4.33,,")
    assert lines[3].startswith("2026-11-19,how was the hand-over?,both sides,6,3.00,,,,,,")
    with pytest.raises(NotAllowed):
        pulse_files.ask(told.deps, told.who("C1"), PARTNERSHIP.id, LATER)


@pytest.mark.parametrize(
    ("draws_charts", "block"), [(True, "data_visualization"), (False, "table")]
)
def test_the_weeks_are_a_chart_where_slack_draws_them(
    told: Stage, draws_charts: bool, block: str
) -> None:
    last_week(told)
    with told.store.writing(None) as db:
        workspaces.save(db, WORKSPACE)
        workspaces.set_charts(db, ACME_TEAM, are_drawn=draws_charts)

    pulse_results.draw_weeks(told.deps, told.who("C0"), "https://hooks.slack.com/1", LATER)

    (row,) = [row for row in told.rows("outbox") if row["kind"] == "respond"][-1:]
    payload = json.loads(row["payload"])
    assert [one["type"] for one in payload["blocks"]][-1] == block
    assert ("instead" in payload) == draws_charts
    assert payload["response_type"] == "ephemeral"


WORKSPACE = Workspace(
    team_id=ACME_TEAM, name="Acme", url="", bot_user_id="U0", bot_id="B0", installed_at=NOW
)
EARLIER: dict[Side, dict[str, int]] = {"client": {"4": 3}, "vendor": {"4": 4}}


def last_week(found: Stage) -> None:
    """The same question was asked and told a week before."""
    moments = {"opened": "2026-11-11", "closes": "2026-11-12"}
    with found.store.writing(None) as db:
        db.execute(
            """
            INSERT INTO surveys (team_id, id, partnership_id, opened_at, closes_at, state,
                asked_client, asked_vendor, answered, told_at)
            VALUES (:team, 'before', :partnership, :opened, :closes, 'closed', 4, 4, 7, :closes)
            """,
            {"team": ACME_TEAM, "partnership": PARTNERSHIP.id}
            | {name: f"{day}T20:00:00.000000Z" for name, day in moments.items()},
        )
        db.execute(
            """
            INSERT INTO survey_questions (team_id, survey_id, position, code, kind, words)
            VALUES (:team, 'before', 1, 'own', 'scale', 'how was the hand-over?')
            """,
            {"team": ACME_TEAM},
        )
        for side, counts in EARLIER.items():
            for answer, count in counts.items():
                db.execute(
                    """
                    INSERT INTO survey_counts (team_id, survey_id, position, side, answer, answers)
                    VALUES (:team, 'before', 1, :side, :answer, :count)
                    """,
                    {"team": ACME_TEAM, "side": side, "answer": answer, "count": count},
                )
