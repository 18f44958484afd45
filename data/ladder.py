"""The steps that were taken about what is owed, as stored, and when the next one comes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from sqlite_utils import Database

from data.moments import from_text, to_text
from domain.deliverables import Commitment
from domain.ladder import Told
from domain.partnerships import Partnership
from domain.people import Side

Rung = Literal["own_lead", "both_leads"]

# Nothing is planned; null means that nobody has reckoned it yet.
NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)

# So much is redrawn in one short transaction.
_BROUGHT_MOST: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """That something was brought up.

    Attributes:
        due_at: The date for which it was; a later date ends it.
        raised_by: None: by time; ``side``: on whose behalf.
        tell_at: From when those concerned read it.
    """

    commitment_id: str
    partnership_id: str
    due_at: datetime
    rung: Rung
    raised_by: str | None
    side: Side | None
    raised_at: datetime
    tell_at: datetime


def told(
    db: Database, team_id: str, every: Iterable[Commitment], now: datetime
) -> dict[str, tuple[Told, ...]]:
    """What was told of each for the date that it has, oldest first; not what never leaves."""
    sql = """
        SELECT s.commitment_id, s.step, s.told_on, s.told_at
        FROM json_each(:dates) d
        JOIN ladder_steps s ON s.team_id = :team AND s.commitment_id = d.value ->> 0
            AND s.due_at = d.value ->> 1
        LEFT JOIN outbox o ON o.team_id = s.team_id AND o.key = s.outbox_key
        WHERE COALESCE(o.state, 'sent') NOT IN ('dropped', 'refused')
            AND NOT (COALESCE(o.state, 'sent') = 'queued' AND COALESCE(o.worth_until, '9') <= :now)
        ORDER BY s.commitment_id, s.told_at, s.step
    """
    dates = json.dumps([(one.id, to_text(one.due_at)) for one in every])
    found: dict[str, tuple[Told, ...]] = {}
    for row in db.query(sql, {"team": team_id, "dates": dates, "now": to_text(now)}):
        step = Told(
            step=row["step"],
            told_on=date.fromisoformat(row["told_on"]),
            told_at=from_text(row["told_at"]),
        )
        found[row["commitment_id"]] = (*found.get(row["commitment_id"], ()), step)
    return found


def waiting(db: Database, team_id: str, ids: Iterable[str]) -> frozenset[str]:
    """Those of some that wait for anything now."""
    rows = db.query(
        """
        SELECT DISTINCT commitment_id FROM commitment_waits INDEXED BY waits_by_waiting
        WHERE team_id = :team AND commitment_id IN (SELECT value FROM json_each(:ids))
            AND until_at IS NULL
        """,
        {"team": team_id, "ids": json.dumps(list(ids))},
    )
    return frozenset(row["commitment_id"] for row in rows)


def add_step(db: Database, one: Commitment, step: Told, outbox_key: str) -> None:
    """Note a step of the date that it has now; one that never left is taken anew."""
    db.execute(
        """
        INSERT INTO ladder_steps (team_id, commitment_id, due_at, step, told_on, told_at,
            outbox_key)
        VALUES (:team, :id, :due, :step, :on, :at, :key)
        ON CONFLICT (team_id, commitment_id, due_at, step) DO UPDATE SET
            told_on = excluded.told_on, told_at = excluded.told_at,
            outbox_key = excluded.outbox_key
        """,
        _keys(one)
        | {
            "step": step.step,
            "on": step.told_on.isoformat(),
            "at": to_text(step.told_at),
            "key": outbox_key,
        },
    )


def set_next(db: Database, team_id: str, moments: Mapping[str, datetime]) -> None:
    """Store when the owner of each is next told of it; ``NEVER``: nothing is planned."""
    if not moments:
        return
    db.execute(
        """
        UPDATE commitments SET next_at = (
            SELECT n.value ->> 1 FROM json_each(:moments) n WHERE n.value ->> 0 = commitments.id)
        WHERE team_id = :team AND id IN (SELECT value ->> 0 FROM json_each(:moments))
        """,
        {
            "team": team_id,
            "moments": json.dumps([(key, to_text(at)) for key, at in moments.items()]),
        },
    )


def reckon_again(db: Database, team_id: str, owner_id: str) -> None:
    """The hours of somebody changed: what was reckoned for what they owe does not hold."""
    db.execute(
        """
        UPDATE commitments SET next_at = NULL
        WHERE team_id = :team AND owner_id = :owner AND closed_at IS NULL
        """,
        {"team": team_id, "owner": owner_id},
    )


def reckon_all_again(db: Database, partnership: Partnership) -> list[str]:
    """The same for all of a partnership; the people who owe anything there."""
    rows = db.query(
        """
        UPDATE commitments SET next_at = NULL
        WHERE team_id = :team AND partnership_id = :partnership AND closed_at IS NULL
        RETURNING owner_id
        """,
        {"team": partnership.team_id, "partnership": partnership.id},
    )
    return sorted({row["owner_id"] for row in rows})


def earliest(db: Database, team_id: str, owner_id: str) -> datetime | None:
    """When anything that somebody owes has next something to say; past where nobody reckoned it.

    None: never.
    """
    rows = db.query(
        """
        SELECT COALESCE(MIN(COALESCE(next_at, '0001')), '9') AS next_at
        FROM (
            SELECT next_at FROM commitments INDEXED BY commitments_next
            WHERE team_id = :team AND owner_id = :owner AND closed_at IS NULL
            ORDER BY next_at LIMIT 1
        ) c
        """,
        {"team": team_id, "owner": owner_id},
    )
    found = str(next(iter(rows))["next_at"])
    if found.startswith("9"):
        return None
    return datetime.min.replace(tzinfo=UTC) if found == "0001" else from_text(found)


def raise_it(db: Database, one: Commitment, raised: Raised) -> bool:
    """Note that it is brought up, once for each date and rung; False when it was already."""
    added = db.execute(
        """
        INSERT INTO ladder_raised (team_id, commitment_id, due_at, rung, partnership_id, raised_by,
            side, raised_at, tell_at)
        VALUES (:team, :id, :due, :rung, :partnership, :by, :side, :at, :tell_at)
        ON CONFLICT (team_id, commitment_id, due_at, rung) DO NOTHING
        """,
        _keys(one)
        | {
            "rung": raised.rung,
            "partnership": raised.partnership_id,
            "by": raised.raised_by,
            "side": raised.side,
            "at": to_text(raised.raised_at),
            "tell_at": to_text(raised.tell_at),
        },
    )
    return added.rowcount == 1


def take_down(db: Database, one: Commitment, rung: Rung) -> bool:
    """It is not brought up there after all; False when it was not."""
    gone = db.execute(
        """
        DELETE FROM ladder_raised
        WHERE team_id = :team AND commitment_id = :id AND due_at = :due AND rung = :rung
        """,
        _keys(one) | {"rung": rung},
    )
    return gone.rowcount == 1


def raised_of(db: Database, one: Commitment) -> dict[Rung, Raised]:
    """How far it was brought up for the date that it has now."""
    sql = """
        SELECT * FROM ladder_raised WHERE team_id = :team AND commitment_id = :id AND due_at = :due
    """
    return {row["rung"]: _raised(row) for row in db.query(sql, _keys(one))}


def brought(db: Database, partnership: Partnership) -> list[str]:
    """What leads of both sides know to be late, the newest of it first."""
    rows = db.query(
        """
        SELECT r.commitment_id FROM ladder_raised r INDEXED BY ladder_raised_by_partnership
        JOIN commitments c ON c.team_id = r.team_id AND c.id = r.commitment_id
            AND c.due_at = r.due_at AND c.closed_at IS NULL
        WHERE r.team_id = :team AND r.partnership_id = :partnership AND r.rung = 'both_leads'
        ORDER BY r.tell_at DESC, r.commitment_id LIMIT :most
        """,
        {"team": partnership.team_id, "partnership": partnership.id, "most": _BROUGHT_MOST},
    )
    return [row["commitment_id"] for row in rows]


def _raised(row: Mapping[str, Any]) -> Raised:
    return Raised(
        commitment_id=row["commitment_id"],
        partnership_id=row["partnership_id"],
        due_at=from_text(row["due_at"]),
        rung=row["rung"],
        raised_by=row["raised_by"],
        side=row["side"],
        raised_at=from_text(row["raised_at"]),
        tell_at=from_text(row["tell_at"]),
    )


def _keys(one: Commitment) -> dict[str, Any]:
    return {"team": one.team_id, "id": one.id, "due": to_text(one.due_at)}
