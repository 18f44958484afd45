"""The buttons that change a check-in, and the change that each carries in its value."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final, cast, get_args

from domain.checkin_moves import Change, Cut, Following, What
from domain.errors import TouchbaseError
from domain.rule_text import parse_rule, rule_text

MOVE: Final = "checkin.move"
MOVE_ALL: Final = "checkin.move_all"
MOVE_ALL_OTHER: Final = "checkin.move_all_other"
SKIP: Final = "checkin.skip"
END_FROM: Final = "checkin.end_from"
END: Final = "checkin.end"
RESUME: Final = "checkin.resume"
CHANGE_OPEN: Final = "checkin.change_open"
CHANGE_AGAIN: Final = "checkin.change_again"
ACTIONS: Final[dict[str, What]] = {
    MOVE: "move",
    MOVE_ALL: "move_all",
    MOVE_ALL_OTHER: "move_all",
    SKIP: "skip",
    END_FROM: "end_from",
    END: "end",
}
REASON_MOST: Final = 300
# Rows of buttons in a question, which gives way once one of them was pressed.
_ASKED: Final = "ask/"


class SpoiledValue(TouchbaseError):
    """A button or form that carries nothing we can read."""


def asked_row(name: str) -> str:
    """The block_id of a row of buttons that asks which change is meant."""
    return f"{_ASKED}{name}"


def is_asked_row(block_id: str) -> bool:
    return block_id.startswith(_ASKED)


def write(change: Change, seen: str = "") -> str:
    """The change as a button's value or as a form's metadata.

    Args:
        seen: What a form shows of the check-in as it was; see `seen_in`.
    """
    carried = {
        "what": change.what,
        "cadence": change.cadence_id,
        "turn": change.original.isoformat(timespec="minutes"),
        "at": "" if change.to_at is None else change.to_at.astimezone(UTC).isoformat(),
        "why": change.reason[:REASON_MOST],
        **({} if change.following is None else {"rule": _written(change.following)}),
        **({"seen": seen} if seen else {}),
    }
    return json.dumps(carried, ensure_ascii=False, separators=(",", ":"))


def seen_in(text: str) -> str:
    """What a form showed of the check-in that it changes; empty where it says nothing of it."""
    try:
        return str(json.loads(text).get("seen", ""))
    except (AttributeError, ValueError) as error:
        raise SpoiledValue from error


def read(text: str, what: What | None = None) -> Change:
    """The change that a button or form carries.

    Args:
        what: What is done, where the button or the form's answers say it; None: what is carried.

    Raises:
        SpoiledValue: It carries none.
        UnknownRule: It carries a rule that is none any more.
    """
    try:
        carried = json.loads(text)
        original = datetime.fromisoformat(carried["turn"])
        to_at = datetime.fromisoformat(carried["at"]) if carried["at"] else None
        cadence_id, reason = str(carried["cadence"]), str(carried["why"])
        said = carried.get("what") or "move"
        following = _read_following(carried["rule"]) if carried.get("rule") else None
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
        following=following,
    )


def write_cut(cut: Cut) -> str:
    """What takes the end of a part back, as a button carries it."""
    if cut.version is None:
        return cut.cadence_id
    until = "" if cut.until_before is None else cut.until_before.isoformat()
    return f"{cut.cadence_id}/{cut.version}/{until}"


def read_cut(value: str) -> Cut:
    """What `write_cut` wrote; of an end of all turns the check-in's id alone is carried.

    Raises:
        SpoiledValue.
    """
    cadence_id, *rest = value.split("/")
    try:
        version, until = rest or ("", "")
        return Cut(
            cadence_id=cadence_id,
            version=int(version) if version else None,
            until_before=date.fromisoformat(until) if until else None,
        )
    except ValueError as error:
        raise SpoiledValue from error


def _written(following: Following) -> list[str]:
    starts = (following.local_start, following.original)
    version = "" if following.version is None else f"{following.version}"
    return [
        rule_text(following.rule),
        *(at.isoformat(timespec="minutes") for at in starts),
        version,
    ]


def _read_following(carried: Sequence[str]) -> Following:
    rule, *starts, version = carried
    local_start, original = (datetime.fromisoformat(text) for text in starts)
    if local_start.tzinfo is not None or original.tzinfo is not None:
        raise SpoiledValue
    return Following(
        rule=parse_rule(rule),
        local_start=local_start,
        original=original,
        version=int(version) if version else None,
    )
