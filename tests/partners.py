"""Two companies for tests: Acme in New York, the client, and Globalcall in Manila, the vendor."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.calendars import office
from domain.partnerships import Partnership, SideInfo
from domain.people import Member, Person, Role, Side

MONDAY_NOON = datetime(2026, 11, 16, 17, 0, tzinfo=UTC)  # noon in New York, 01:00 in Manila
NEW_YORK, MANILA = "America/New_York", "Asia/Manila"
ACME_TEAM, GLOBALCALL_TEAM, THIRD_TEAM = "T0ACME", "T0GLOB", "T0THIRD"

ACME = SideInfo(side="client", name="Acme", slack_team=ACME_TEAM, calendar=office(NEW_YORK))
GLOBALCALL = SideInfo(
    side="vendor", name="Globalcall", slack_team=GLOBALCALL_TEAM, calendar=office(MANILA)
)

PARTNERSHIP = Partnership(
    team_id=ACME_TEAM,
    id="p1",
    channel="C0SHARED",
    state="agreed",
    home_side="client",
    client=ACME,
    vendor=GLOBALCALL,
    template="call_center",
    reply_time=timedelta(hours=8),
    installer_id="maria",
    created_at=MONDAY_NOON,
    agreed_at=MONDAY_NOON,
)


def partnership(**changes: Any) -> Partnership:
    return replace(PARTNERSHIP, **changes)


def member(
    side: Side | None, role: Role = "lead", *, confirmed: bool = True, **person: Any
) -> Member:
    info = ACME if side == "client" else GLOBALCALL
    given = {"id": "someone", "slack_id": "U0SOME", "home_team": info.slack_team} | person
    return Member(
        person=Person(**given),
        side=side,
        role=role,
        confirmed=confirmed,
        calendar=info.calendar,
    )
