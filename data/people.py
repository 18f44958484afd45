"""People and their places in partnerships, as stored."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from sqlite_utils import Database

from data.ids import new_id
from data.moments import from_text, maybe_from, maybe_text, to_text
from domain.calendars import Away, Calendar, from_json, to_json
from domain.partnerships import Partnership
from domain.people import Member, Person, Role, Side

Row = Mapping[str, Any]

_PERSON: Final = """
    p.id, p.slack_id, p.home_team, p.name, p.zone, p.is_bot, p.is_guest, p.deleted,
    p.quiet_until, p.direct
"""
_MEMBERS: Final = f"""
    SELECT {_PERSON}, m.partnership_id, m.side, m.role, m.confirmed, m.calendar,
        EXISTS (SELECT 1 FROM away a WHERE a.team_id = p.team_id AND a.person_id = p.id) AS has_away
    FROM members m JOIN people p ON p.team_id = m.team_id AND p.id = m.person_id
    WHERE m.team_id = :team AND m.left_at IS NULL
"""  # noqa: S608  # the parts are constants above
_MEMBER: Final = f"{_MEMBERS} AND m.partnership_id = :partnership"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What Slack says about a user. ``zone`` and ``locale`` None: not told."""

    slack_id: str
    home_team: str
    name: str
    zone: str | None
    locale: str | None
    is_bot: bool
    is_guest: bool
    deleted: bool


def _person(row: Row) -> Person:
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


def ensure(db: Database, team_id: str, slack_id: str, home_team: str | None = None) -> str:
    """Our id of a Slack user, made if new. A known ``home_team`` is never forgotten."""
    rows = db.query(
        """
        INSERT INTO people (team_id, id, slack_id, home_team, name, is_bot, is_guest, deleted)
        VALUES (:team, :id, :slack, :home, '', 0, 0, 0)
        ON CONFLICT (team_id, slack_id)
        DO UPDATE SET home_team = COALESCE(excluded.home_team, people.home_team)
        RETURNING id
        """,
        {"team": team_id, "id": new_id(), "slack": slack_id, "home": home_team},
    )
    return str(next(iter(rows))["id"])


def get(db: Database, team_id: str, person_id: str) -> Person | None:
    return _one_person(db, "p.id = :value", team_id, person_id)


def by_slack_id(db: Database, team_id: str, slack_id: str) -> Person | None:
    return _one_person(db, "p.slack_id = :value", team_id, slack_id)


def _one_person(db: Database, condition: str, team_id: str, value: str) -> Person | None:
    sql = f"SELECT {_PERSON} FROM people p WHERE p.team_id = :team AND {condition}"  # noqa: S608
    rows = list(db.query(sql, {"team": team_id, "value": value}))
    return _person(rows[0]) if rows else None


def save_profile(db: Database, team_id: str, profile: Profile, now: datetime) -> str:
    """Store what Slack says about a user; returns our id. A zone not told keeps the known one."""
    person_id = ensure(db, team_id, profile.slack_id, profile.home_team)
    db.execute(
        """
        UPDATE people
        SET name = :name, zone = COALESCE(:zone, zone), locale = :locale, is_bot = :is_bot,
            is_guest = :is_guest, deleted = :deleted, refreshed_at = :now
        WHERE team_id = :team AND id = :id
        """,
        {
            "team": team_id,
            "id": person_id,
            "name": profile.name,
            "zone": profile.zone,
            "locale": profile.locale,
            "is_bot": int(profile.is_bot),
            "is_guest": int(profile.is_guest),
            "deleted": int(profile.deleted),
            "now": to_text(now),
        },
    )
    return person_id


def habits(db: Database, team_id: str, slack_id: str) -> tuple[str | None, str | None]:
    """Zone and locale (``en-US``) of a Slack user; None for what Slack did not tell."""
    rows = db.query(
        "SELECT zone, locale FROM people WHERE team_id = :team AND slack_id = :slack",
        {"team": team_id, "slack": slack_id},
    )
    return next(((row["zone"], row["locale"]) for row in rows), (None, None))


def set_quiet(db: Database, team_id: str, person_id: str, until_at: datetime | None) -> None:
    """Write nothing to the person until then; None: may be written to again."""
    db.execute(
        "UPDATE people SET quiet_until = :until WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": person_id, "until": maybe_text(until_at)},
    )


def set_direct(db: Database, team_id: str, person_id: str, direct: bool) -> None:
    db.execute(
        "UPDATE people SET direct = :direct WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": person_id, "direct": int(direct)},
    )


def dm_channel(db: Database, team_id: str, person_id: str) -> str | None:
    rows = db.query(
        "SELECT dm_channel FROM people WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": person_id},
    )
    return next((row["dm_channel"] for row in rows), None)


def set_dm_channel(db: Database, team_id: str, person_id: str, channel: str) -> None:
    db.execute(
        "UPDATE people SET dm_channel = :channel WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": person_id, "channel": channel},
    )


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
        INSERT INTO members (team_id, partnership_id, person_id, side, role, confirmed, joined_at)
        VALUES (:team, :partnership, :person, :side, :role, :confirmed, :now)
        ON CONFLICT (team_id, partnership_id, person_id) DO UPDATE SET
            side = excluded.side, role = excluded.role, confirmed = excluded.confirmed,
            left_at = NULL
        """,
        _keys(partnership, person_id)
        | {"side": side, "role": role, "confirmed": int(confirmed), "now": to_text(now)},
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
        person=_person(row),
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
