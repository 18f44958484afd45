"""Over a time in which nobody listened each channel's history is read once, one after the other.

What cannot be read stays unheard: for those hours nobody claims that somebody was silent.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from data import Database, listening, messages, partnerships, recovery, wakes
from data.listening import Hole
from data.recovery import ThreadToRead
from data.wakes import Wake
from domain.messages import heard, moment_of
from domain.partnerships import Partnership
from domain.slack_errors import SlackBusy, SlackRefused
from domain.stretches import Stretch, without
from services.deps import Deps
from services.directory_history import HistoryPage, read_history_page, read_thread_page
from services.message_notes import note

KIND: Final = "recover"
# Slack: one page a minute for apps outside its marketplace, in all channels of a workspace.
NEXT_PAGE_AFTER: Final = timedelta(minutes=1)
# A turn further away was set by a clock that was ahead.
LONGEST_WAIT: Final = timedelta(hours=1)
# Nothing is said any more about what lies further back.
LOOKED_BACK: Final = timedelta(days=35)
# Threads in which was written lately may have gone on while nobody listened.
THREADS_SINCE: Final = timedelta(days=7)
THREADS_MOST: Final = 10
# Notes that somebody listens are a minute apart.
TOO_SHORT_TO_MATTER: Final = timedelta(minutes=2)


def begin(db: Database, team_id: str, now: datetime) -> None:
    """Somebody listens again: have an installation's holes looked at, if there are any.

    Who is reading already goes on at the same pace.
    """
    known = wakes.wake_of(db, team_id, KIND, team_id)
    if known is not None and known.due_at <= now + LONGEST_WAIT:
        return
    if _holes(db, team_id, now):
        wakes.set_wake(db, team_id, KIND, team_id, None, now)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Read one page of what was not heard anywhere; go on in a minute, until nothing is left."""
    found = _next(deps.store.reading(), wake.team_id, now)
    if found is None:
        with deps.store.writing(None, planning=True) as db:
            wakes.clear_wake(db, wake.team_id, KIND, wake.subject_id)
        return
    partnership, waiting, holes = found
    again_at = now + NEXT_PAGE_AFTER
    try:
        if waiting:
            _read_thread(deps, partnership, waiting[0])
        else:
            _read_channel(deps, partnership, Hole(*holes[-1]))
    except SlackBusy as busy:
        again_at = now + max(busy.retry_after, NEXT_PAGE_AFTER)
    except SlackRefused:
        _give_up(deps, partnership, waiting, holes)
    with deps.store.writing(None, planning=True) as db:
        wakes.set_wake(db, wake.team_id, KIND, wake.subject_id, None, again_at)


def unheard(
    db: Database, partnership: Partnership, since: datetime, until: datetime
) -> list[Stretch]:
    """The stretches of which nobody can say who wrote, oldest first.

    For these hours no silence is claimed and no figure given.
    """
    holes = listening.holes(db, partnership.team_id, since, until)
    left = without(holes, recovery.marked(db, partnership, since, "read"))
    unknown = recovery.marked(db, partnership, since, "unknown")
    waiting = [(one.from_at, one.until_at) for one in recovery.threads(db, partnership)]
    inside = [(max(start, since), min(end, until)) for start, end in (*unknown, *waiting)]
    every = _joined([*left, *inside])
    return [(start, end) for start, end in every if end - start >= TOO_SHORT_TO_MATTER]


def _next(
    db: Database, team_id: str, now: datetime
) -> tuple[Partnership, list[ThreadToRead], list[Stretch]] | None:
    """The first partnership with anything to read: its threads, and its holes, oldest first."""
    holes = _holes(db, team_id, now)
    with_threads = recovery.with_threads(db, team_id)
    if not (holes or with_threads):
        return None
    marked = recovery.marked_everywhere(db, team_id, now - LOOKED_BACK)
    for partnership in partnerships.every(db, team_id):
        left = _left(partnership, holes, marked.get(partnership.id, ()))
        if left or partnership.id in with_threads:
            return partnership, recovery.threads(db, partnership), left
    return None


def _holes(db: Database, team_id: str, now: datetime) -> list[Hole]:
    """The holes that are worth reading, oldest first."""
    until_at, since = recovery.listened_until(db, team_id), now - LOOKED_BACK
    if until_at is None or since >= until_at:
        return []
    found = listening.holes(db, team_id, since, until_at)
    return [one for one in found if one.until_at - one.from_at >= TOO_SHORT_TO_MATTER]


def _left(partnership: Partnership, holes: Sequence[Hole], marked: Sequence[Hole]) -> list[Stretch]:
    """What was neither read nor given up since both sides agreed, oldest first."""
    agreed_at = partnership.agreed_at
    if agreed_at is None:
        return []
    since = [Hole(max(one.from_at, agreed_at), one.until_at) for one in holes]
    return without([one for one in since if one.from_at < one.until_at], marked)


def _read_channel(deps: Deps, partnership: Partnership, hole: Hole) -> None:
    """Read the newest page of a hole; what is older in it stays a hole."""
    place = (partnership.team_id, partnership.channel)
    page = read_history_page(deps.clients, place, hole.from_at, hole.until_at)
    reached_at = hole.from_at
    if page.has_more and page.messages:
        reached_at = max(hole.from_at, moment_of(str(page.messages[-1]["ts"])))
    if reached_at >= hole.until_at:
        # Everything at one moment: nothing can be narrowed down further.
        reached_at = hole.from_at
    with deps.store.writing(partnership.id, planning=True) as db:
        current = _current(db, partnership)
        _note_all(db, current, page.messages)
        whole = _whole(db, current, hole)
        for thread_ts in _threads_of(db, current, page, whole):
            thread = ThreadToRead(
                thread_ts=thread_ts, from_at=whole.from_at, until_at=whole.until_at
            )
            recovery.put_thread(db, current, thread)
        recovery.mark(db, current, Hole(reached_at, hole.until_at), "read")


def _read_thread(deps: Deps, partnership: Partnership, thread: ThreadToRead) -> None:
    place = (partnership.team_id, partnership.channel)
    try:
        page = read_thread_page(
            deps.clients, place, thread.thread_ts, thread.from_at, thread.until_at
        )
    except SlackRefused as refused:
        if refused.code != "thread_not_found":
            raise
        page = HistoryPage(messages=(), has_more=False)
    replies = [one for one in page.messages if str(one["ts"]) != thread.thread_ts]
    with deps.store.writing(partnership.id, planning=True) as db:
        current = _current(db, partnership)
        _note_all(db, current, replies)
        recovery.drop_thread(db, current, thread)
        if page.has_more and replies:
            reached_at = moment_of(str(replies[-1]["ts"]))
            if thread.from_at < reached_at:
                rest = ThreadToRead(
                    thread_ts=thread.thread_ts, from_at=reached_at, until_at=thread.until_at
                )
                recovery.put_thread(db, current, rest)


def _give_up(
    deps: Deps,
    partnership: Partnership,
    waiting: Sequence[ThreadToRead],
    holes: Sequence[Stretch],
) -> None:
    """Slack does not let us read: these hours stay unknown."""
    with deps.store.writing(partnership.id, planning=True) as db:
        for thread in waiting:
            recovery.drop_thread(db, partnership, thread)
            recovery.mark(db, partnership, Hole(thread.from_at, thread.until_at), "unknown")
        for start, end in holes:
            recovery.mark(db, partnership, Hole(start, end), "unknown")


def _note_all(db: Database, partnership: Partnership, found: Sequence[Mapping[str, Any]]) -> None:
    for message in found:
        one = heard(message, partnership.channel)
        if one is not None:
            note(db, partnership, one)


def _whole(db: Database, partnership: Partnership, part: Hole) -> Hole:
    """The hole in listening of which a part is left to read."""
    until_at = recovery.listened_until(db, partnership.team_id) or part.until_at
    since = min(partnership.agreed_at or part.from_at, part.from_at)
    holes = listening.holes(db, partnership.team_id, since, until_at)
    return next((one for one in holes if one.from_at <= part.from_at < one.until_at), part)


def _threads_of(
    db: Database, partnership: Partnership, page: HistoryPage, whole: Hole
) -> list[str]:
    """Threads that may have replies in a hole: those begun in it, and those of the days before.

    The last page of a hole brings the older threads along.
    """
    begun = [
        str(one["ts"])
        for one in page.messages
        if one.get("latest_reply") and moment_of(str(one["latest_reply"])) >= whole.from_at
    ]
    since = whole.from_at - THREADS_SINCE
    lately = messages.recent_threads(db, partnership, since, THREADS_MOST)
    return list(dict.fromkeys(begun if page.has_more else [*begun, *lately]))


def _current(db: Database, partnership: Partnership) -> Partnership:
    found = partnerships.get(db, partnership.team_id, partnership.id)
    assert found is not None  # partnerships are never deleted
    return found


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
