"""Which side proposed a check-in and whether the other agreed; its rule stands in `cadences`."""

from datetime import datetime
from typing import Final

from sqlite_utils import Database

from data import cadences
from data.moments import to_text
from domain.cadences import Cadence
from domain.partnerships import Partnership
from domain.people import Side

_CARD: Final = "checkin-new"


def propose(db: Database, cadence: Cadence, side: Side, now: datetime) -> None:
    """The other side is asked from ``now`` on; what it agreed to before holds no longer."""
    db.execute(
        """
        UPDATE cadences
        SET proposed_side = :side, proposed_at = :now,
            agreed_at = NULL, agreed_side = NULL, agreed_by = NULL
        WHERE team_id = :team AND id = :id
        """,
        _keys(cadence) | {"side": side, "now": to_text(now)},
    )


def agree(db: Database, cadence: Cadence, side: Side, by: str | None, now: datetime) -> bool:
    """Note that a side agrees; False when that was so before. ``by`` None: with all else."""
    agreed = db.execute(
        """
        UPDATE cadences SET agreed_at = :now, agreed_side = :side, agreed_by = :by
        WHERE team_id = :team AND id = :id AND agreed_at IS NULL
        """,
        _keys(cadence) | {"side": side, "by": by, "now": to_text(now)},
    )
    return agreed.rowcount == 1


def take_back(db: Database, cadence: Cadence) -> bool:
    """An agreement holds no longer; False when there was none."""
    changed = db.execute(
        """
        UPDATE cadences SET agreed_at = NULL, agreed_side = NULL, agreed_by = NULL
        WHERE team_id = :team AND id = :id AND agreed_at IS NOT NULL
        """,
        _keys(cadence),
    )
    return changed.rowcount == 1


def standing(db: Database, partnership: Partnership) -> list[Cadence]:
    """The check-ins that wait for a side's word, the oldest first."""
    return cadences.of_partnership(db, partnership, "checkin", only_asked=True)


def _keys(cadence: Cadence) -> dict[str, object]:
    return {"team": cadence.team_id, "id": cadence.id}


def card_key(cadence: Cadence) -> str:
    """Key of the post that tells of a check-in as it is now proposed."""
    first = f"{_CARD}/{cadence.id}"
    return first if cadence.version == 1 else f"{first}/{cadence.version}"


def cards(db: Database, cadence: Cadence) -> list[str]:
    """Keys of every post that told of a proposal for this check-in, the oldest first."""
    key = f"{_CARD}/{cadence.id}"
    # "0" is the character behind "/", so the range is the key itself and all below it.
    sql = "SELECT key FROM outbox WHERE team_id = :team AND key >= :key AND key < :until"
    values = {"team": cadence.team_id, "key": key, "until": f"{key}0"}
    found = [str(row["key"]) for row in db.query(sql, values)]
    return sorted(found, key=lambda one: (len(one), one))
