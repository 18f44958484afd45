"""Partnerships and their sides, as stored."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlite_utils import Database

from data.moments import from_text, maybe_from, maybe_text, to_text
from data.people import stored_calendar, with_days_off
from domain.calendars import Calendar, to_json
from domain.ladders import Ladder, ladder_of
from domain.partnerships import Partnership, Pause, SideInfo, State
from domain.people import SIDES, Side

Row = Mapping[str, Any]

_SELECT: Final = """
    SELECT p.*, c.name AS client_name, c.slack_team AS client_team, c.calendar AS client_calendar,
        v.name AS vendor_name, v.slack_team AS vendor_team, v.calendar AS vendor_calendar,
        EXISTS (
            SELECT 1 FROM days_off d WHERE d.team_id = p.team_id AND d.partnership_id = p.id
        ) AS has_days_off
    FROM partnerships p
    JOIN sides c ON c.team_id = p.team_id AND c.partnership_id = p.id AND c.side = 'client'
    JOIN sides v ON v.team_id = p.team_id AND v.partnership_id = p.id AND v.side = 'vendor'
"""


def insert(db: Database, partnership: Partnership) -> None:
    """Store a new partnership with both its sides."""
    db.execute(
        """
        INSERT INTO partnerships (team_id, id, channel, state, home_side, template, reply_minutes,
            installer_id, public_client, public_vendor, created_at)
        VALUES (:team, :id, :channel, :state, :home_side, :template, :reply, :installer, 0, 0,
            :created)
        """,
        {
            "team": partnership.team_id,
            "id": partnership.id,
            "channel": partnership.channel,
            "state": partnership.state,
            "home_side": partnership.home_side,
            "template": partnership.template,
            "reply": int(partnership.reply_time / timedelta(minutes=1)),
            "installer": partnership.installer_id,
            "created": to_text(partnership.created_at),
        },
    )
    for side in SIDES:
        save_side(db, partnership, partnership.side(side))


def save_side(db: Database, partnership: Partnership, info: SideInfo) -> None:
    """Store a side. Its days off live in a table of their own and are left out of the calendar."""
    db.execute(
        """
        INSERT INTO sides (team_id, partnership_id, side, name, slack_team, calendar)
        VALUES (:team, :id, :side, :name, :slack_team, :calendar)
        ON CONFLICT (team_id, partnership_id, side) DO UPDATE SET
            name = excluded.name, slack_team = excluded.slack_team, calendar = excluded.calendar
        """,
        _keys(partnership)
        | {
            "side": info.side,
            "name": info.name,
            "slack_team": info.slack_team,
            "calendar": calendar_text(replace(info.calendar, days_off=frozenset())),
        },
    )


def calendar_text(calendar: Calendar) -> str:
    return json.dumps(to_json(calendar), sort_keys=True)


def get(db: Database, team_id: str, partnership_id: str) -> Partnership | None:
    sql = f"{_SELECT} WHERE p.team_id = :team AND p.id = :id"
    return _one(db, db.query(sql, {"team": team_id, "id": partnership_id}))


def by_channel(db: Database, team_id: str, channel: str) -> Partnership | None:
    sql = f"{_SELECT} WHERE p.team_id = :team AND p.channel = :channel"
    return _one(db, db.query(sql, {"team": team_id, "channel": channel}))


def sponsored_by(db: Database, team_id: str, person_id: str) -> list[Partnership]:
    """Those of which the person is a sponsor, and in which sponsors are told anything."""
    sql = f"""
        {_SELECT}
        WHERE p.team_id = :team AND p.sponsors_client = 1 AND p.sponsors_vendor = 1 AND p.id IN (
            SELECT m.partnership_id FROM members m INDEXED BY members_by_person
            WHERE m.team_id = :team AND m.person_id = :person AND m.left_at IS NULL
                AND m.role = 'sponsor')
        ORDER BY p.id
    """  # noqa: S608  # the part is a constant above
    values = {"team": team_id, "person": person_id}
    return [_partnership(db, row) for row in list(db.query(sql, values))]


def every(db: Database, team_id: str) -> list[Partnership]:
    """All partnerships of an installation, the oldest first."""
    sql = f"{_SELECT} WHERE p.team_id = :team ORDER BY p.created_at, p.id"
    return [_partnership(db, row) for row in list(db.query(sql, {"team": team_id}))]


def of_person(db: Database, team_id: str, person_id: str) -> list[Partnership]:
    """Those in which the person is a lead or member."""
    sql = f"""
        {_SELECT}
        WHERE p.team_id = :team AND p.id IN (
            SELECT m.partnership_id FROM members m INDEXED BY members_by_person
            WHERE m.team_id = :team AND m.person_id = :person AND m.left_at IS NULL
                AND m.role IN ('lead', 'member'))
        ORDER BY p.id
    """  # noqa: S608  # the part is a constant above
    values = {"team": team_id, "person": person_id}
    return [_partnership(db, row) for row in list(db.query(sql, values))]


def set_state(db: Database, partnership: Partnership, state: State) -> None:
    db.execute(
        "UPDATE partnerships SET state = :state WHERE team_id = :team AND id = :id",
        _keys(partnership) | {"state": state},
    )


def agree(db: Database, partnership: Partnership, person_id: str, now: datetime) -> None:
    db.execute(
        """
        UPDATE partnerships SET state = 'agreed', agreed_at = :now, agreed_by = :person
        WHERE team_id = :team AND id = :id
        """,
        _keys(partnership) | {"now": to_text(now), "person": person_id},
    )


def set_pause(db: Database, partnership: Partnership, pause: Pause | None) -> None:
    """Pause a partnership, or resume it with None."""
    db.execute(
        """
        UPDATE partnerships
        SET paused_from = :from, paused_until = :until, paused_reason = :reason,
            client_rests_until = :client, vendor_rests_until = :vendor
        WHERE team_id = :team AND id = :id
        """,
        _keys(partnership)
        | {
            "from": None if pause is None else to_text(pause.from_at),
            "until": None if pause is None else maybe_text(pause.until_at),
            "reason": None if pause is None else pause.reason,
            "client": None if pause is None else maybe_text(pause.client_until),
            "vendor": None if pause is None else maybe_text(pause.vendor_until),
        },
    )


def set_public_summary(db: Database, partnership: Partnership, sides: frozenset[Side]) -> None:
    db.execute(
        """
        UPDATE partnerships SET public_client = :client, public_vendor = :vendor
        WHERE team_id = :team AND id = :id
        """,
        _keys(partnership) | {"client": int("client" in sides), "vendor": int("vendor" in sides)},
    )


def set_sponsors(db: Database, partnership: Partnership, sides: frozenset[Side]) -> None:
    """Store which sides want sponsors to be told of what stays late."""
    db.execute(
        """
        UPDATE partnerships SET sponsors_client = :client, sponsors_vendor = :vendor
        WHERE team_id = :team AND id = :id
        """,
        _keys(partnership) | {"client": int("client" in sides), "vendor": int("vendor" in sides)},
    )


def set_ladder(db: Database, partnership: Partnership, ladder: Ladder) -> None:
    """Store how often people are asked about what they owe."""
    db.execute(
        "UPDATE partnerships SET ladder = :ladder WHERE team_id = :team AND id = :id",
        _keys(partnership) | {"ladder": ladder.code},
    )


def set_pulse(db: Database, partnership: Partnership, code: str) -> None:
    """Store what both sides agreed on about their pulse."""
    db.execute(
        "UPDATE partnerships SET pulse = :pulse WHERE team_id = :team AND id = :id",
        _keys(partnership) | {"pulse": code},
    )


def set_reply_time(db: Database, partnership: Partnership, reply_time: timedelta) -> None:
    """Store the working time until an answer that both sides agreed on."""
    db.execute(
        "UPDATE partnerships SET reply_minutes = :reply WHERE team_id = :team AND id = :id",
        _keys(partnership) | {"reply": int(reply_time / timedelta(minutes=1))},
    )


def set_channel(db: Database, team_id: str, old_channel: str, new_channel: str) -> None:
    """Slack gave the channel another id."""
    db.execute(
        "UPDATE partnerships SET channel = :new WHERE team_id = :team AND channel = :old",
        {"team": team_id, "old": old_channel, "new": new_channel},
    )


def add_day_off(
    db: Database, partnership: Partnership, side: Side, day_on: date, label: str | None
) -> bool:
    """A day on which a whole side is off; True when it was not so before."""
    added = db.execute(
        """
        INSERT INTO days_off (team_id, partnership_id, side, day_on, label)
        VALUES (:team, :id, :side, :day, :label) ON CONFLICT DO NOTHING
        """,
        _keys(partnership) | {"side": side, "day": day_on.isoformat(), "label": label},
    )
    return added.rowcount == 1


def remove_day_off(db: Database, partnership: Partnership, side: Side, day_on: date) -> None:
    db.execute(
        """
        DELETE FROM days_off
        WHERE team_id = :team AND partnership_id = :id AND side = :side AND day_on = :day
        """,
        _keys(partnership) | {"side": side, "day": day_on.isoformat()},
    )


def days_off(
    db: Database, partnership: Partnership, from_on: date, until_on: date
) -> list[tuple[Side, date, str | None]]:
    """Days off of either side within both days, the earliest first."""
    rows = db.query(
        """
        SELECT side, day_on, label FROM days_off
        WHERE team_id = :team AND partnership_id = :id AND day_on BETWEEN :from AND :until
        ORDER BY day_on, side
        """,
        _keys(partnership) | {"from": from_on.isoformat(), "until": until_on.isoformat()},
    )
    return [(row["side"], date.fromisoformat(row["day_on"]), row["label"]) for row in rows]


def _one(db: Database, rows: Iterable[Row]) -> Partnership | None:
    found = list(rows)
    return _partnership(db, found[0]) if found else None


def _partnership(db: Database, row: Row) -> Partnership:
    off = _all_days_off(db, row)
    public: dict[Side, bool] = {"client": row["public_client"], "vendor": row["public_vendor"]}
    told: dict[Side, bool] = {"client": row["sponsors_client"], "vendor": row["sponsors_vendor"]}
    return Partnership(
        team_id=row["team_id"],
        id=row["id"],
        channel=row["channel"],
        state=row["state"],
        home_side=row["home_side"],
        client=_side(row, "client", off),
        vendor=_side(row, "vendor", off),
        template=row["template"],
        reply_time=timedelta(minutes=row["reply_minutes"]),
        installer_id=row["installer_id"],
        created_at=from_text(row["created_at"]),
        agreed_at=maybe_from(row["agreed_at"]),
        pause=_pause(row),
        public_summary=frozenset(side for side in SIDES if public[side]),
        ladder=ladder_of(row["ladder"]),
        pulse=row["pulse"],
        sponsors_hear=frozenset(side for side in SIDES if told[side]),
    )


def _side(row: Row, side: Side, off: Mapping[Side, frozenset[date]]) -> SideInfo:
    return SideInfo(
        side=side,
        name=row[f"{side}_name"],
        slack_team=row[f"{side}_team"],
        calendar=with_days_off(stored_calendar(row[f"{side}_calendar"]), off[side]),
    )


def _all_days_off(db: Database, row: Row) -> dict[Side, frozenset[date]]:
    if not row["has_days_off"]:
        return {"client": frozenset(), "vendor": frozenset()}
    rows = db.query(
        "SELECT side, day_on FROM days_off WHERE team_id = :team AND partnership_id = :id",
        {"team": row["team_id"], "id": row["id"]},
    )
    found: dict[Side, set[date]] = {"client": set(), "vendor": set()}
    for line in rows:
        found[line["side"]].add(date.fromisoformat(line["day_on"]))
    return {side: frozenset(days) for side, days in found.items()}


def _pause(row: Row) -> Pause | None:
    if row["paused_from"] is None:
        return None
    return Pause(
        from_at=from_text(row["paused_from"]),
        until_at=maybe_from(row["paused_until"]),
        reason=row["paused_reason"],
        client_until=maybe_from(row["client_rests_until"]),
        vendor_until=maybe_from(row["vendor_rests_until"]),
    )


def _keys(partnership: Partnership) -> dict[str, object]:
    return {"team": partnership.team_id, "id": partnership.id}
