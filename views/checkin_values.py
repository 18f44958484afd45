"""The buttons that change a check-in, and the change that each carries in its value."""

import json
from datetime import UTC, datetime
from typing import Final, cast, get_args

from domain.checkin_moves import Change, What
from domain.errors import TouchbaseError

MOVE: Final = "checkin.move"
MOVE_ALL: Final = "checkin.move_all"
SKIP: Final = "checkin.skip"
END: Final = "checkin.end"
RESUME: Final = "checkin.resume"
CHANGE_OPEN: Final = "checkin.change_open"
CHANGE_AGAIN: Final = "checkin.change_again"
ACTIONS: Final[dict[What, str]] = {"move": MOVE, "move_all": MOVE_ALL, "skip": SKIP, "end": END}
REASON_MOST: Final = 300


class SpoiledValue(TouchbaseError):
    """A button or form that carries nothing we can read."""


def write(change: Change) -> str:
    """The change as a button's value or as a form's metadata."""
    carried = {
        "what": change.what,
        "cadence": change.cadence_id,
        "turn": change.original.isoformat(timespec="minutes"),
        "at": "" if change.to_at is None else change.to_at.astimezone(UTC).isoformat(),
        "why": change.reason[:REASON_MOST],
    }
    return json.dumps(carried, ensure_ascii=False, separators=(",", ":"))


def read(text: str, what: What | None = None) -> Change:
    """The change that a button or form carries.

    Args:
        what: What is done, where the button or the form's answers say it; None: what is carried.

    Raises:
        SpoiledValue: It carries none.
    """
    try:
        carried = json.loads(text)
        original = datetime.fromisoformat(carried["turn"])
        to_at = datetime.fromisoformat(carried["at"]) if carried["at"] else None
        cadence_id, reason = str(carried["cadence"]), str(carried["why"])
        said = carried.get("what") or "move"
    except (KeyError, TypeError, ValueError) as error:
        raise SpoiledValue from error
    if original.tzinfo is not None or (to_at is not None and to_at.tzinfo is None):
        raise SpoiledValue
    if said not in get_args(What):
        raise SpoiledValue
    return Change(
        what=what or cast("What", said),
        cadence_id=cadence_id,
        original=original,
        to_at=to_at,
        reason=reason,
    )
