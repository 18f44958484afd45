"""One check-in of two companies for tests that draw: its turn, its agenda, its forms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.cadences import Cadence, Occurrence, Plan
from domain.checkin_moves import Ahead, Change
from domain.checkins import AgendaPoint, CheckIn
from domain.rule_text import weekly
from tests.partners import NEW_YORK, PARTNERSHIP
from views import checkin_filled, checkin_forms, checkin_reports, checkin_turn_forms, inputs, topics
from views.blocks import Drawn
from views.checkin_drafts import Draft

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
# A Tuesday, 10:00 in New York, 23:00 in Manila.
STARTS_AT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PLAN = Plan(
    kind="checkin",
    title="Operations review",
    rule=weekly((1,)),
    local_start=datetime.fromisoformat("2026-11-24T10:00"),
    zone=NEW_YORK,
    length=timedelta(minutes=30),
)
CADENCE = Cadence(
    team_id=PARTNERSHIP.team_id,
    id="c" * 20,
    partnership_id=PARTNERSHIP.id,
    plan=PLAN,
    state="active",
    created_by=None,
    created_at=NOW,
)
TURN = Occurrence(
    team_id=PARTNERSHIP.team_id,
    id="o" * 20,
    cadence_id=CADENCE.id,
    partnership_id=PARTNERSHIP.id,
    kind="checkin",
    original=PLAN.local_start,
    starts_at=STARTS_AT,
    ends_at=STARTS_AT + PLAN.length,
    state="planned",
    known_from=NOW,
)
CHECK_IN = CheckIn(partnership=PARTNERSHIP, cadence=CADENCE, turn=TURN)
DRAFT = Draft(id="d" * 20, partnership_id=PARTNERSHIP.id, plan=PLAN)
AHEAD = Ahead(cadence=CADENCE, original=TURN.original, starts_at=STARTS_AT)
CHANGE = Change(what="move", cadence_id=CADENCE.id, original=TURN.original)

# Every form, drawn once.
FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    checkin_forms.FORM: lambda: checkin_forms.form(checkin_filled.Filled(zone=NEW_YORK), "{}"),
    checkin_forms.PREVIEW: lambda: checkin_forms.preview(PARTNERSHIP, DRAFT, NOW),
    inputs.FORM: lambda: inputs.form(PARTNERSHIP, CADENCE, None, owner=None, new_id="new"),
    topics.FORM: lambda: topics.topic_form(PARTNERSHIP, None, "new"),
    checkin_turn_forms.POINT_FORM: lambda: checkin_turn_forms.point_form(CHECK_IN, "{}"),
    checkin_reports.FORM: lambda: checkin_reports.form(
        CHECK_IN, "vendor", checkin_reports.Filled(asks_day=True), "f1"
    ),
    checkin_turn_forms.CHANGE_FORM: lambda: checkin_turn_forms.change_form(
        PARTNERSHIP, AHEAD, CHANGE
    ),
    checkin_turn_forms.CHANGE_PREVIEW: lambda: checkin_turn_forms.change_preview(
        PARTNERSHIP, CHANGE, Drawn(text="moved")
    ),
}


def with_points(count: int, words: str) -> CheckIn:
    points = [
        AgendaPoint(id=f"{n}", side="vendor", person_id="ana", words=words, added_at=NOW)
        for n in range(count)
    ]
    return replace(CHECK_IN, points=tuple(points))


def titled(title: str, **plan: Any) -> CheckIn:
    changed = replace(PLAN, title=title, **plan)
    return replace(CHECK_IN, cadence=replace(CADENCE, plan=changed))
