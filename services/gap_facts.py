"""Gathers the facts of a stretch of time, from which findings are derived."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from data import (
    Database,
    cadences,
    changes,
    checkins,
    deliverable_dates,
    deliverable_reviews,
    deliverables,
    journal,
    messages,
    proposals,
    pulse,
    summary,
    topics,
)
from data.deliverables import card_key
from data.journal import Entry
from domain.cadences import Occurrence
from domain.checkins import CheckIn
from domain.deliverables import Commitment
from domain.findings import (
    Contact,
    Counts,
    Owed,
    PastCheckIn,
    Proposed,
    Responses,
    Span,
    Stopped,
    Week,
)
from domain.gaps import COUNTED_FROM
from domain.partnerships import Partnership
from domain.people import SIDES, Side
from domain.topics import Coverage, for_reader
from domain.waits import Wait, lost_minutes, stopped_since
from services import checkin_board, pulse_posts, recovery, wait_lines
from services.checkin_facts import check_ins_of
from services.known_turns import KnownTurns
from services.links import link_to, links_to, message_link

LIVE: Final = timedelta(days=7)
# A check-in of the week before may have become open in the span.
_BEFORE: Final = timedelta(days=14)
_LONG_AGO: Final = timedelta(days=400)
# What is done at this very moment is done.
_INSTANT: Final = timedelta(microseconds=1)


def live(db: Database, partnership: Partnership, now: datetime, *, for_leads: bool = False) -> Week:
    """What is known of the last seven days; ``for_leads``: also what is for them alone."""
    span = Span(from_at=now - LIVE, until_at=now)
    return facts(db, partnership, span, now, for_leads=for_leads)


def for_agenda(known: KnownTurns) -> Week:
    """Of the last seven days what may stand on an agenda; the rest is left out."""
    db, partnership, now = known.db, known.partnership, known.now
    span = Span(from_at=now - LIVE, until_at=now)
    if partnership.summary_is_public:
        return facts(db, partnership, span, now)
    return Week(
        partnership=partnership,
        span=span,
        now=now,
        holes=_holes(db, partnership, span, now),
        check_ins=tuple(_past(db, known.over(span.from_at - _BEFORE), known.posts)),
        proposed=tuple(_proposed(db, partnership)),
        settled=summary.declared_settled(db, partnership),
    )


def facts(
    db: Database, partnership: Partnership, span: Span, now: datetime, *, for_leads: bool = False
) -> Week:
    """What is known of a stretch of time; what happened after it settles, but adds nothing.

    Args:
        for_leads: Also what is for the leads of both sides alone.
    """
    contacts = _contacts(db, partnership, now)
    agreed_at = partnership.agreed_at or span.from_at
    history = journal.entries_of_partnership(db, partnership.team_id, partnership.id, agreed_at)
    next_check_in = checkin_board.next_check_in(db, partnership, now)
    return Week(
        partnership=partnership,
        span=span,
        now=now,
        holes=_holes(db, partnership, span, now),
        owed=tuple(_owed(db, partnership, now)),
        done=tuple(
            one
            for one in deliverables.closed_in(db, partnership, span.from_at, now + _INSTANT)
            if one.state == "done"
        ),
        delivered=tuple(_delivered(db, partnership)),
        stopped=tuple(_stopped(db, partnership, now)),
        check_ins=tuple(_check_ins(db, partnership, span, now)),
        responses=tuple(_responses(db, partnership, span, now)),
        proposed=tuple(_proposed(db, partnership)),
        contacts=contacts,
        # Where not one message was ever heard, nothing tells silence from not hearing.
        hears=bool(contacts),
        resumed_at=_last(history, "resumed"),
        next_check_in=next_check_in,
        unplanned_since=None
        if next_check_in is not None
        else _unplanned_since(db, partnership, history, now),
        settled=summary.declared_settled(db, partnership),
        topics=tuple(_topics(db, partnership, now, for_leads=for_leads)),
    )


def _topics(
    db: Database, partnership: Partnership, now: datetime, *, for_leads: bool
) -> Iterator[Coverage]:
    if partnership.agreed_at is None:
        return
    covered = topics.last_covered(db, partnership, now)
    for one in for_reader(topics.every(db, partnership), is_lead=for_leads):
        counted_from = max(one.made_at, partnership.agreed_at)
        yield Coverage(topic=one, covered_at=covered.get(one.id), counted_from=counted_from)


def _holes(db: Database, partnership: Partnership, span: Span, now: datetime) -> tuple[Span, ...]:
    since = partnership.agreed_at or span.from_at
    unheard = recovery.unheard(db, partnership, since, now)
    return tuple(Span(from_at=start, until_at=end) for start, end in unheard)


def _owed(db: Database, partnership: Partnership, now: datetime) -> Iterator[Owed]:
    open_now = deliverables.open_in(db, partnership)
    late = [one.commitment for one in open_now if one.commitment.is_late(now)]
    unanswered = wait_lines.unanswered(db, late)
    for carded in open_now:
        one = carded.commitment
        every = deliverable_dates.history(db, one) if one.moves else []
        # Of a date that moved by itself nobody says that it slipped.
        history = [change for change in every if change.cause is None]
        told = one.is_late(now) or bool(history) or one.state == "proposed"
        yield Owed(
            commitment=one,
            last_change=history[-1] if len(history) > 1 else None,
            link=link_to(db, one.team_id, card_key(one.id)) if told else None,
            unanswered=unanswered.get(one.id, ()),
        )


def _delivered(db: Database, partnership: Partnership) -> Iterator[Owed]:
    for one in deliverable_reviews.with_other_side(db, partnership):
        yield Owed(commitment=one, link=link_to(db, one.team_id, card_key(one.id)))


def _stopped(db: Database, partnership: Partnership, now: datetime) -> Iterator[Stopped]:
    """What stands still because of something that both sides may read of."""
    every = [carded.commitment for carded in deliverables.open_in(db, partnership)]
    stopped = {one.id: one for one in every if one.stopped_at is not None}
    for one_id, waited in wait_lines.waited_by_id(db, list(stopped.values())).items():
        late = [each for each in waited if stopped_since([each.wait], now) is not None]
        about = next((each.about for each in late if each.about is not None), None)
        if about is not None:
            one = stopped[one_id]
            yield Stopped(
                commitment=one,
                about=about,
                minutes=_lost(partnership, one, [each.wait for each in late], now),
                link=link_to(db, about.team_id, card_key(about.id)),
            )


def _lost(partnership: Partnership, one: Commitment, late: Sequence[Wait], now: datetime) -> int:
    stretches = [found for wait in late if (found := wait.late_stretch(now)) is not None]
    return lost_minutes(partnership.side(one.side).calendar, stretches)


def _check_ins(
    db: Database,
    partnership: Partnership,
    span: Span,
    now: datetime,
) -> Iterator[PastCheckIn]:
    every = cadences.between(db, partnership, "checkin", span.from_at - _BEFORE, now)
    over = check_ins_of(db, [turn for turn in every if turn.state == "over"], partnership)
    told = checkins.posts_of(db, partnership.team_id, [one.turn.id for one in over])
    return _past(db, over, lambda turn: told[turn.id])


def _past(
    db: Database,
    over: Sequence[CheckIn],
    posts_of: Callable[[Occurrence], Sequence[tuple[str, str]]],
) -> Iterator[PastCheckIn]:
    """Check-ins that are over, each with the post in which it is seen."""
    told = [dict(posts_of(one.turn)) for one in over]
    seen = [one.get("after") or one.get("start") or one.get("agenda") for one in told]
    links = links_to(db, over[0].turn.team_id, [key for key in seen if key]) if over else {}
    for one, posts, key in zip(over, told, seen, strict=True):
        yield PastCheckIn(
            check_in=one,
            was_asked="after" in posts,
            link=None if key is None else links[key],
        )


def _responses(
    db: Database, partnership: Partnership, span: Span, now: datetime
) -> Iterator[Responses]:
    until = min(span.until_at, now)
    for survey in pulse.closed_between(db, partnership, span.from_at, until):
        counts: dict[Side, Counts] = {
            side: Counts(answered=survey.answered_by_side[side], asked=survey.asked[side])
            for side in SIDES
            if side in survey.answered_by_side and survey.asked[side] >= COUNTED_FROM
        }
        yield Responses(
            survey_id=survey.id,
            closed_at=survey.closes_at,
            counts=counts,
            link=link_to(db, survey.team_id, pulse_posts.post_key(survey)),
        )


def _proposed(db: Database, partnership: Partnership) -> Iterator[Proposed]:
    for one in changes.standing(db, partnership):
        if one.state == "proposed":
            key = one.post_key
            link = None if key is None else link_to(db, one.team_id, key)
            yield Proposed(about=one, by=one.side, at=one.made_at, link=link)
    for cadence in proposals.standing(db, partnership):
        if cadence.proposed_side is not None and cadence.proposed_at is not None:
            yield Proposed(
                about=cadence,
                by=cadence.proposed_side,
                at=cadence.proposed_at,
                link=link_to(db, cadence.team_id, proposals.card_key(cadence)),
            )


def _contacts(db: Database, partnership: Partnership, now: datetime) -> dict[Side, Contact]:
    found: dict[Side, Contact] = {}
    for side in SIDES:
        last = messages.last_of_side(db, partnership, side, now)
        if last is not None:
            team_id = partnership.team_id
            link = message_link(db, team_id, last.channel, last.ts, last.thread_ts)
            found[side] = Contact(at=last.at, link=link)
    return found


def _unplanned_since(
    db: Database, partnership: Partnership, history: Sequence[Entry], now: datetime
) -> datetime:
    """When the last turn was over or called off; nothing is planned after it."""
    turns = cadences.between(db, partnership, "checkin", now - _LONG_AGO, now)
    over = [turn.ends_at for turn in turns if turn.ends_at <= now]
    called_off = [_last(history, verb) for verb in ("cadence_ended", "checkin_skipped")]
    moments = [partnership.agreed_at, *called_off, *over]
    return max(at for at in [*moments, partnership.created_at] if at is not None)


def _last(history: Sequence[Entry], verb: str) -> datetime | None:
    return max((entry.at for entry in history if entry.verb == verb), default=None)
