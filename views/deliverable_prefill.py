"""What a form about a deliverable is filled in with, and how buttons and forms carry it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final, cast

from domain.deliverables import TITLE_MOST, Field, Reason, Source, SpoiledButton, Unclear
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from views.deliverable_more import Extras

_NAME_MOST: Final = 60
# Beside a long title it has to fit into a button.
_RHYTHM_MOST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """What the form is filled in with, and what has to be asked.

    Attributes:
        id: Of the deliverable that it becomes, so that a form sent twice makes one.
        owner: Slack id; None: not known.
        side: To which it is given, where nobody in particular is chosen.
        clock: The time of day, only when one was named.
        changes: The form changes what is written down already.
        more: The fields behind *More*; None: they are not shown.
        source: The message from which it is made; None: it is made from none.
    """

    id: str
    title: str = ""
    owner: str | None = None
    due: date | None = None
    clock: time | None = None
    questions: tuple[Unclear, ...] = ()
    changes: bool = False
    more: Extras | None = None
    source: Source | None = None
    side: Side | None = None


def carried(partnership: Partnership, prefill: Prefill) -> str:
    """The prefill as a button's value."""
    asked = [_as_carried(one) for one in prefill.questions]
    # Slack: a button's value <= 2000 characters; six for each at worst.
    parts: dict[str, Any] = {
        "p": partnership.id,
        "i": prefill.id,
        "t": prefill.title[:TITLE_MOST],
        "o": prefill.owner,
        "d": None if prefill.due is None else prefill.due.isoformat(),
        "h": None if prefill.clock is None else prefill.clock.isoformat("minutes"),
        "q": [[one.field, one.reason, *one.names] for one in asked],
    }
    if prefill.side is not None:
        parts["w"] = prefill.side
    source = prefill.source
    if source is not None:
        parts["s"] = [source.channel, source.ts, source.thread_ts]
    if prefill.more is not None and prefill.more.repeats:
        parts["r"] = prefill.more.repeats[:_RHYTHM_MOST]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def uncarried(value: str) -> tuple[str, Prefill]:
    """The partnership's id and the prefill that a button carries.

    Raises:
        SpoiledButton: It carries neither.
    """
    try:
        parts = json.loads(value)
        questions = tuple(
            Unclear(cast("Field", name), cast("Reason", reason), names)
            for name, reason, *names in parts["q"]
        )
        prefill = Prefill(
            id=str(parts["i"]),
            title=str(parts["t"]),
            owner=parts["o"],
            side=next((side for side in SIDES if side == parts.get("w")), None),
            due=None if parts["d"] is None else date.fromisoformat(parts["d"]),
            clock=None if parts["h"] is None else time.fromisoformat(parts["h"]),
            questions=questions,
            more=Extras(repeats=str(parts["r"])) if parts.get("r") else None,
            source=_source(parts.get("s")),
        )
        return str(parts["p"]), prefill
    except (ValueError, KeyError, TypeError) as error:
        raise SpoiledButton from error


def source_of(carried: Mapping[str, str]) -> Source | None:
    """The message from which the form is filled in; None: from none."""
    if not carried.get("source"):
        return None
    return Source(
        channel=carried["channel"],
        ts=carried["source"],
        thread_ts=carried.get("source_thread") or None,
    )


def source_carried(source: Source | None) -> dict[str, str]:
    if source is None:
        return {}
    return {"source": source.ts, "source_thread": source.thread_ts or ""}


def _as_carried(unclear: Unclear) -> Unclear:
    """A question as a button carries it, which has no room for a long title or many names."""
    if unclear.reason == "long_title":
        return Unclear("title", "cut_title", unclear.names)
    return Unclear(unclear.field, unclear.reason, [one[:_NAME_MOST] for one in unclear.names[:2]])


def _source(parts: Any) -> Source | None:
    if parts is None:
        return None
    channel, ts, thread_ts = parts
    return Source(channel=str(channel), ts=str(ts), thread_ts=thread_ts and str(thread_ts))
