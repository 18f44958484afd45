"""What both sides learned: written down by a lead, read by both sides, and at the next set-up."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data import channels, people
from data.channels import Channel
from data.people import Profile
from domain.lessons import LessonsStand, LongLesson, NoLesson, WrittenMeanwhile
from domain.pulse import Draft, UnknownSurvey
from domain.rights import NotAllowed
from domain.setups import Draft as SetUp
from sandbox.blocks import view_problems
from services import lessons, pulse_results, setups
from services.actors import Who
from services.earlier_lessons import earlier
from services.planners import PLANNERS
from services.planning import plan_due
from tests.partners import ACME_TEAM, PARTNERSHIP
from tests.pulse_stage import CLOSES_AT, ID, Stage, stage
from views import lessons as views
from views import setup_preview

LATER = CLOSES_AT + timedelta(days=2)
DAY = timedelta(days=1)
CALL = "Call first <!channel>"
SET_UP = SetUp(
    client="Acme",
    vendor="Brightdesk",
    home_side="client",
    zone="America/New_York",
    their_zone="Asia/Manila",
    template="call_center",
)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Stage]:
    """A look back is closed and told."""
    with stage(tmp_path) as found:
        found.ask(Draft(id=ID, partnership_id=PARTNERSHIP.id, looks_back=True))
        for slack_id in ("C0", "C1", "C2", "V0", "V1", "V2"):
            found.press(slack_id, 4)
        for at in (CLOSES_AT, LATER):
            plan_due(found.deps, PLANNERS, at)
        yield found


def opened(found: Stage, by: str = "C0") -> dict[str, Any]:
    return lessons.form_of(found.deps, found.who(by), ID)


def send(found: Stage, form: dict[str, Any], *words: str, by: str = "C0") -> str:
    """Returns the id under which they are kept."""
    values = {f"lesson_{n}": said for n, said in enumerate(words, start=1)}
    carried = json.loads(form["private_metadata"])
    lessons.write_down(found.deps, found.who(by), carried, views.read_form(values), LATER)
    return str(carried["id"])


def posts(found: Stage) -> list[str]:
    rows = sorted(found.rows("outbox"), key=lambda row: row["position"])
    return [row["payload"] for row in rows if row["key"].startswith("lessons/")]


def results(found: Stage, by: str) -> str:
    return pulse_results.results_here(found.deps, found.who(by), in_public=False).text


def test_what_a_lead_writes_down_both_sides_read_in_the_thread_and_below_the_results(
    closed: Stage,
) -> None:
    form = opened(closed)
    send(closed, form, CALL, "", "Plan by Monday")
    send(closed, form, CALL, "", "Plan by Monday")

    (post,) = posts(closed)
    assert "written down by Acme:" in post
    assert "• Plan by Monday" in post
    assert "<!channel>" not in post
    assert results(closed, "V1").endswith("• Call first &lt;!channel&gt;\n• Plan by Monday")


def test_another_lead_words_them_anew_and_the_last_act_can_be_taken_back(closed: Stage) -> None:
    first = send(closed, opened(closed), "Call first")
    known = opened(closed, "V0")
    second = send(closed, known, "Write first", by="V0")

    with pytest.raises(LessonsStand):
        lessons.undo(closed.deps, closed.who("C0"), first, LATER)
    assert known["blocks"][1]["element"]["initial_value"] == "Call first"
    assert "Write first" in results(closed, "C1")

    for _ in range(2):
        lessons.undo(closed.deps, closed.who("C0"), second, LATER + DAY - timedelta(seconds=1))

    assert "Call first" in results(closed, "C1")
    assert "took it back" in posts(closed)[-1]
    with pytest.raises(LessonsStand):
        lessons.undo(closed.deps, closed.who("C0"), first, LATER + DAY)


def test_two_forms_at_a_time_do_not_write_over_each_other(closed: Stage) -> None:
    one, other = opened(closed), opened(closed, "V0")
    send(closed, one, "Call first")

    with pytest.raises(WrittenMeanwhile):
        send(closed, other, "Write first", by="V0")

    assert "Call first" in results(closed, "C1")


@pytest.mark.parametrize(
    ("words", "error"),
    [(("  ",), NoLesson), (("fine", "w" * 201), LongLesson)],
    ids=["nothing", "too long"],
)
def test_a_form_that_cannot_be_kept_says_so_at_its_field(
    closed: Stage, words: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error) as told:
        send(closed, opened(closed), *words)

    assert getattr(told.value, "field", "") == f"lesson_{len(words)}"
    assert closed.rows("lessons") == []


def test_only_leads_write_lessons_down_and_only_after_a_look_back(closed: Stage) -> None:
    with pytest.raises(NotAllowed):
        opened(closed, "C1")
    closed.ask(Draft(id="t" * 20, partnership_id=PARTNERSHIP.id, looks_back=True))
    with pytest.raises(UnknownSurvey):
        lessons.form_of(closed.deps, closed.who("C0"), "t" * 20)


def test_the_last_page_of_the_next_set_up_shows_them_to_the_own_people_alone(
    closed: Stage,
) -> None:
    send(closed, opened(closed), CALL)
    named = Profile(
        slack_id="C1",
        home_team=ACME_TEAM,
        name="Maria",
        zone=None,
        locale=None,
        is_bot=False,
        is_guest=False,
        deleted=False,
    )

    own = last_page(closed, named)
    guest = last_page(closed, replace(named, is_guest=True))
    unknown = last_page(closed, replace(named, slack_id="U0NEW", name=""))

    assert "With Globalcall:\n• Call first &lt;!channel&gt;" in texts(own)
    assert view_problems(own) == []
    assert "Call first" not in texts(guest) + texts(unknown)


def last_page(found: Stage, installer: Profile) -> dict[str, Any]:
    """Of a set-up in another channel of the same workspace."""
    with found.store.writing(None) as db:
        people.save_profile(db, ACME_TEAM, installer, LATER)
        channels.save(db, Channel(team_id=ACME_TEAM, channel="C0NEXT", bot_is_member=True))
    who = Who(team_id=ACME_TEAM, slack_id=installer.slack_id, channel="C0NEXT")
    return setup_preview.preview(setups.drawn_preview(found.deps, who, SET_UP, LATER))


def texts(view: Mapping[str, Any]) -> str:
    return "\n".join(block["text"]["text"] for block in view["blocks"] if "text" in block)


def test_lessons_that_were_blanked_are_shown_nowhere(closed: Stage) -> None:
    send(closed, opened(closed), "Call first")
    with closed.store.writing(None) as db:
        db.execute("UPDATE lessons SET first = NULL")
        maria = people.by_slack_id(db, ACME_TEAM, "C1")

    assert maria is not None
    assert "Learned" not in results(closed, "C1")
    assert earlier(closed.store.reading(), ACME_TEAM, replace(maria, name="Maria")) == ()
