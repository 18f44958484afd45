"""A post that leaves later than it was to: it calls nobody who is not at work any more."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from data import Database, outbox, partnerships, people
from data.outbox import Row
from domain.calendars import shift_at
from domain.people import Member
from views.blocks import escape

LATE_AFTER: Final = timedelta(minutes=10)
_CALLED: Final = re.compile(r"<@(\w+)>")


def call_nobody_at_rest(db: Database, row: Row, now: datetime) -> None:
    """Have a late post name those whom it would have called, where they rest by now.

    Whoever put it saw to it that they were at work then.
    """
    is_late = row.attempts > 0 or now >= row.leaves_at + LATE_AFTER
    if row.kind != "post" or row.partnership_id is None or not is_late:
        return
    # As it is now: since the row was chosen somebody may have drawn it anew.
    current = outbox.by_key(db, row.team_id, row.key)
    if current is None or current.state != "queued":
        return
    called = set(_CALLED.findall(outbox.payload_text(current.payload)))
    names = _resting(db, row, called, now)
    if names:
        drawn = _named(current.payload, names)
        outbox.redraw(db, row.team_id, row.partnership_id, row.key, drawn, now=now)


def _resting(db: Database, row: Row, called: set[str], now: datetime) -> dict[str, str]:
    """The names of those called who take part and are not at work, by Slack id."""
    partnership = partnerships.get(db, row.team_id, row.partnership_id or "") if called else None
    if partnership is None:
        return {}
    found = [people.member_of_user(db, partnership, slack_id) for slack_id in sorted(called)]
    return {
        one.person.slack_id: one.person.name
        for one in found
        if one is not None and _rests(one, now)
    }


def _rests(member: Member, now: datetime) -> bool:
    is_away = any(one.from_at <= now < one.until_at for one in member.calendar.away)
    return is_away or member.person.is_quiet(now) or shift_at(member.calendar, now) is None


def _named(payload: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    def name_of(found: re.Match[str]) -> str:
        return escape(names[found[1]]) if found[1] in names else found[0]

    def worded(part: Any) -> Any:
        if isinstance(part, str):
            return _CALLED.sub(name_of, part)
        if isinstance(part, Mapping):
            return {key: worded(inner) for key, inner in part.items()}
        return [worded(inner) for inner in part] if isinstance(part, list | tuple) else part

    return {key: worded(inner) for key, inner in payload.items()}
