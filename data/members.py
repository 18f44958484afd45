"""Who takes part where: people's places in partnerships, as stored, with their calendars."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlite_utils import Database

from data.moments import from_text, maybe_from, to_text
from domain.calendars import Away, Calendar, from_json, to_json
from domain.partnerships import Partnership
from domain.people import Member, Person, Role, Side

Row = Mapping[str, Any]

PERSON: Final = """
    p.id, p.slack_id, p.home_team, p.name, p.zone, p.is_bot, p.is_guest, p.deleted,
    p.quiet_until, p.direct
"""
_MEMBERS: Final = f"""
    SELECT {PERSON}, m.partnership_id, m.side, m.role, m.confirmed, m.calendar,
        EXISTS (SELECT 1 FROM away a WHERE a.team_id = p.team_id AND a.person_id = p.id) AS has_away
    FROM members m JOIN people p ON p.team_id = m.team_id AND p.id = m.person_id
    WHERE m.team_id = :team AND m.left_at IS NULL
"""  # noqa: S608  # the parts are constants above
_MEMBER: Final = f"{_MEMBERS} AND m.partnership_id = :partnership"


def place(
    db: Database,
    partnership: Partnership,
    person_id: str,
    *,
    standing: tuple[Side | None, Role, bool],
    now: datetime,
) -> None:
    """Put a person into a partnership, or change the place they have.

    Args:
        standing: Side, role, and whether a lead or the set-up confirmed it.
    """
    side, role, confirmed = standing
    db.execute(
        """
        INSERT INTO members (team_id, partnership_id, person_id, side, role, confirmed, joined_at,
            led_since)
        VALUES (:team, :partnership, :person, :side, :role, :confirmed, :now, :led)
        ON CONFLICT (team_id, partnership_id, person_id) DO UPDATE SET
            side = excluded.side, role = excluded.role, confirmed = excluded.confirmed,
            led_since = CASE WHEN excluded.role = members.role
                THEN members.led_since ELSE excluded.led_since END,
            left_at = NULL
        """,
        _keys(partnership, person_id)
        | {
            "side": side,
            "role": role,
            "confirmed": int(confirmed),
            "now": to_text(now),
            "led": to_text(now) if role == "lead" else None,
        },
    )


def note_side(db: Database, partnership: Partnership, person_id: str, side: Side) -> None:
    """The side that an observer's workspace points at, unless somebody said more meanwhile."""
    db.execute(
        """
        UPDATE members SET side = :side
        WHERE team_id = :team AND partnership_id = :partnership AND person_id = :person
            AND side IS NULL AND role = 'observer'
        """,
        _keys(partnership, person_id) | {"side": side},
    )


def set_calendar(
    db: Database, partnership: Partnership, person_id: str, calendar: Calendar | None
) -> None:
    """Give a person hours of their own; None: the side's again."""
    text = None if calendar is None else json.dumps(to_json(calendar))
    db.execute(
        """
        UPDATE members SET calendar = :calendar
        WHERE team_id = :team AND partnership_id = :partnership AND person_id = :person
        """,
        _keys(partnership, person_id) | {"calendar": text},
    )


def own_calendar(db: Database, partnership: Partnership, person_id: str) -> Calendar | None:
    """The hours of a person's own; None: they are the side's."""
    rows = db.query(
        """
        SELECT calendar FROM members
        WHERE team_id = :team AND partnership_id = :partnership AND person_id = :person
        """,
        _keys(partnership, person_id),
    )
    text = next((row["calendar"] for row in rows), None)
    return None if text is None else stored_calendar(text)


def observe(db: Database, partnership: Partnership, person_id: str, now: datetime) -> None:
    """Somebody is in the channel: an observer, unless the person already has a place."""
    db.execute(
        """
        INSERT INTO members (team_id, partnership_id, person_id, side, role, confirmed, joined_at)
        VALUES (:team, :partnership, :person, NULL, 'observer', 0, :now)
        ON CONFLICT (team_id, partnership_id, person_id) DO UPDATE SET left_at = NULL
        """,
        _keys(partnership, person_id) | {"now": to_text(now)},
    )


def leave(db: Database, partnership: Partnership, person_id: str, now: datetime) -> None:
    db.execute(
        """
        UPDATE members SET left_at = :now
        WHERE team_id = :team AND partnership_id = :partnership AND person_id = :person
        """,
        _keys(partnership, person_id) | {"now": to_text(now)},
    )


def member(db: Database, partnership: Partnership, person_id: str) -> Member | None:
    """One person's place; None when the person is not in the channel."""
    rows = list(db.query(f"{_MEMBER} AND m.person_id = :person", _keys(partnership, person_id)))
    return _members(db, partnership, rows)[0] if rows else None


def member_in(
    db: Database, team_id: str, every: Iterable[Partnership], person_id: str
) -> dict[str, Member]:
    """One person's place in each of some partnerships, by their ids; only where they are in it."""
    by_id = {one.id: one for one in every}
    ids = json.dumps(list(by_id))
    sql = f"""
        {_MEMBERS} AND m.person_id = :person
        AND m.partnership_id IN (SELECT value FROM json_each(:ids))
    """  # noqa: S608  # the part is a constant above
    values = {"team": team_id, "person": person_id, "ids": ids}
    rows = list(db.query(sql, values)) if by_id else []
    away = _absences(db, team_id, [person_id]) if any(row["has_away"] for row in rows) else {}
    return {
        row["partnership_id"]: _member(by_id[row["partnership_id"]], row, away.get(person_id, ()))
        for row in rows
    }


def sides_of(
    db: Database, partnership: Partnership, person_ids: Sequence[str]
) -> dict[str, tuple[Side | None, str]]:
    """The side and the Slack id of some people, also of those who left; by person id."""
    rows = db.query(
        """
        SELECT m.person_id, m.side, p.slack_id FROM members m
        JOIN people p ON p.team_id = m.team_id AND p.id = m.person_id
        WHERE m.team_id = :team AND m.partnership_id = :partnership
            AND m.person_id IN (SELECT value FROM json_each(:ids))
        """,
        {
            "team": partnership.team_id,
            "partnership": partnership.id,
            "ids": json.dumps(list(person_ids)),
        },
    )
    return {row["person_id"]: (row["side"], row["slack_id"]) for row in rows}


def member_of_user(db: Database, partnership: Partnership, slack_id: str) -> Member | None:
    """The place of a Slack user; None when the user is not known to be in the channel."""
    rows = list(
        db.query(f"{_MEMBER} AND p.slack_id = :slack", _keys(partnership) | {"slack": slack_id})
    )
    return _members(db, partnership, rows)[0] if rows else None


def active_members(db: Database, partnership: Partnership) -> list[Member]:
    """Leads and members who take part, leads first, then by name."""
    rows = db.query(
        f"{_MEMBER} AND m.role IN ('lead', 'member') ORDER BY m.role, p.name, p.id",
        _keys(partnership),
    )
    return [m for m in _members(db, partnership, list(rows)) if m.takes_part]


def all_members(db: Database, partnership: Partnership) -> list[Member]:
    """Everybody in the channel whom we know of, observers included, by name."""
    rows = db.query(f"{_MEMBER} ORDER BY p.name, p.id", _keys(partnership))
    return _members(db, partnership, list(rows))


def leads_by_age(db: Database, partnership: Partnership, side: Side) -> list[str]:
    """Ids of the confirmed leads of a side, whoever has led it longest first."""
    rows = db.query(
        """
        SELECT person_id FROM members
        WHERE team_id = :team AND partnership_id = :partnership AND side = :side
            AND role = 'lead' AND confirmed = 1 AND left_at IS NULL
        ORDER BY led_since, person_id
        """,
        _keys(partnership) | {"side": side},
    )
    return [row["person_id"] for row in rows]


def partnerships_of(db: Database, team_id: str, person_id: str) -> list[str]:
    """Ids of the partnerships in which the person is a lead or member."""
    rows = db.query(
        """
        SELECT partnership_id FROM members INDEXED BY members_by_person
        WHERE team_id = :team AND person_id = :person AND left_at IS NULL
            AND role IN ('lead', 'member')
        ORDER BY partnership_id
        """,
        {"team": team_id, "person": person_id},
    )
    return [row["partnership_id"] for row in rows]


def channels_of(db: Database, team_id: str, person_id: str) -> list[str]:
    """Ids of the partnerships in whose channel the person is, whatever their part in it."""
    rows = db.query(
        """
        SELECT partnership_id FROM members INDEXED BY members_by_person
        WHERE team_id = :team AND person_id = :person AND left_at IS NULL
        ORDER BY partnership_id
        """,
        {"team": team_id, "person": person_id},
    )
    return [row["partnership_id"] for row in rows]


def person_of_row(row: Row) -> Person:
    """Read the columns of ``PERSON``."""
    return Person(
        id=row["id"],
        slack_id=row["slack_id"],
        home_team=row["home_team"],
        name=row["name"],
        zone=row["zone"],
        is_bot=bool(row["is_bot"]),
        is_guest=bool(row["is_guest"]),
        deleted=bool(row["deleted"]),
        quiet_until=maybe_from(row["quiet_until"]),
        direct=None if row["direct"] is None else bool(row["direct"]),
    )


def _members(db: Database, partnership: Partnership, rows: Sequence[Row]) -> list[Member]:
    # Hardly anybody is away: most of the time nothing is asked.
    absences = _absences(db, partnership.team_id, [row["id"] for row in rows if row["has_away"]])
    return [_member(partnership, row, absences.get(row["id"], ())) for row in rows]


def _absences(db: Database, team_id: str, person_ids: Sequence[str]) -> dict[str, tuple[Away, ...]]:
    if not person_ids:
        return {}
    rows = db.query(
        """
        SELECT person_id, from_at, until_at FROM away
        WHERE team_id = :team AND person_id IN (SELECT value FROM json_each(:people))
        ORDER BY from_at
        """,
        {"team": team_id, "people": json.dumps(list(person_ids))},
    )
    found: dict[str, tuple[Away, ...]] = {}
    for row in rows:
        absence = Away(from_at=from_text(row["from_at"]), until_at=from_text(row["until_at"]))
        found[row["person_id"]] = (*found.get(row["person_id"], ()), absence)
    return found


def _member(partnership: Partnership, row: Row, absences: tuple[Away, ...]) -> Member:
    side: Side | None = row["side"]
    covered = partnership.side(side or partnership.home_side).calendar
    calendar = covered
    if row["calendar"] is not None:
        own = stored_calendar(row["calendar"])
        # Zone and hours are the person's; when nobody works, the side says.
        calendar = replace(covered, zone=own.zone, hours=own.hours, variants=own.variants)
    if absences:
        calendar = replace(calendar, away=absences)
    return Member(
        person=person_of_row(row),
        side=side,
        role=row["role"],
        confirmed=bool(row["confirmed"]),
        calendar=calendar,
    )


@lru_cache(maxsize=4096)
def stored_calendar(text: str) -> Calendar:
    """A calendar from its stored JSON."""
    return from_json(json.loads(text))


def with_days_off(calendar: Calendar, days: frozenset[date]) -> Calendar:
    return replace(calendar, days_off=calendar.days_off | days) if days else calendar


def _keys(partnership: Partnership, person_id: str | None = None) -> dict[str, object]:
    keys: dict[str, object] = {"team": partnership.team_id, "partnership": partnership.id}
    return keys if person_id is None else keys | {"person": person_id}
