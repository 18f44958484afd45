"""People as stored; where they take part is read and written in ``data.members``."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from data.ids import new_id
from data.members import (
    PERSON,
    active_members,
    all_members,
    channels_of,
    leave,
    member,
    member_in,
    member_of_user,
    note_side,
    observe,
    own_calendar,
    partnerships_of,
    person_of_row,
    place,
    set_calendar,
    stored_calendar,
    with_days_off,
)
from data.moments import maybe_text, to_text
from domain.partnerships import Partnership
from domain.people import Member, Person, Side

# Whoever looks for people finds their places here, too.
__all__ = [
    "Profile",
    "active_members",
    "all_members",
    "by_slack_id",
    "channels_of",
    "dm_channel",
    "ensure",
    "first_lead",
    "get",
    "habits",
    "home",
    "leave",
    "member",
    "member_in",
    "member_of_user",
    "note_side",
    "observe",
    "own_calendar",
    "partnerships_of",
    "place",
    "save_profile",
    "set_calendar",
    "set_direct",
    "set_dm_channel",
    "set_quiet",
    "stored_calendar",
    "watched_by",
    "with_days_off",
]


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
    sql = f"SELECT {PERSON} FROM people p WHERE p.team_id = :team AND {condition}"  # noqa: S608
    rows = list(db.query(sql, {"team": team_id, "value": value}))
    return person_of_row(rows[0]) if rows else None


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


def first_lead(db: Database, partnership: Partnership, side: Side) -> Member | None:
    """Of the leads of a side the one who is in the partnership for the longest time."""
    rows = db.query(
        """
        SELECT m.person_id FROM members m
        JOIN people p ON p.team_id = m.team_id AND p.id = m.person_id
        WHERE m.team_id = :team AND m.partnership_id = :partnership AND m.side = :side
            AND m.role = 'lead' AND m.confirmed = 1 AND m.left_at IS NULL
            AND p.deleted = 0 AND p.is_bot = 0
        ORDER BY m.joined_at, m.person_id
        LIMIT 1
        """,
        {"team": partnership.team_id, "partnership": partnership.id, "side": side},
    )
    found = next((str(row["person_id"]) for row in list(rows)), None)
    return None if found is None else member(db, partnership, found)


def watched_by(db: Database, team_id: str, person_id: str) -> list[str]:
    """Ids of the partnerships that the person watches, as a sponsor or an advisor."""
    rows = db.query(
        """
        SELECT partnership_id FROM members INDEXED BY members_by_person
        WHERE team_id = :team AND person_id = :person AND left_at IS NULL AND confirmed = 1
            AND role IN ('sponsor', 'advisor')
        ORDER BY partnership_id
        """,
        {"team": team_id, "person": person_id},
    )
    return [str(row["partnership_id"]) for row in list(rows)]


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


def home(db: Database, team_id: str, person_id: str) -> str | None:
    """The id of the partnership that the person's Home tab shows; None: nobody chose one."""
    rows = db.query(
        "SELECT home_partnership FROM people WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": person_id},
    )
    return next((row["home_partnership"] for row in rows), None)


def set_home(db: Database, team_id: str, person_id: str, partnership_id: str) -> None:
    db.execute(
        "UPDATE people SET home_partnership = :chosen WHERE team_id = :team AND id = :id",
        {"team": team_id, "id": person_id, "chosen": partnership_id or None},
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
