"""Rest: for one person silently, for a channel by any lead; what piled up meanwhile is not said."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Final, Literal

from data import Database, channels, journal, partnerships, people, wakes
from data.wakes import Wake
from domain import zones
from domain.partnerships import Partnership, Pause, PauseReason, leads
from domain.pauses import (
    ENDLESS,
    BotIsOut,
    EndIsPast,
    Out,
    asked_by,
    awaited_side,
    with_side,
    without_side,
)
from domain.people import Side
from domain.rights import Thing
from services import after_rest, boards, pause_posts
from services.actors import Actor, Who, actor_here, members_here
from services.deps import Deps
from services.own_places import OwnPlace, own_place
from services.replies import reply
from services.setups import actor_of
from services.week import begin_week
from views import pause as views
from views.blocks import Drawn
from views.words.due import DueRead
from views.words.verbs import Pause as PauseWords
from views.words.verbs import Resume as ResumeWords

KIND: Final = "pause"


def pause_by_words(
    deps: Deps, who: Who, said: PauseWords, now: datetime, *, is_public: bool
) -> Drawn:
    """Do what was typed; ask for whom where the words do not say. Twice is as good as once.

    Args:
        is_public: Both companies read the answer: it is the one line about the channel's rest, and
            of a person's own it says nothing.

    Raises:
        NotListed, NoPartnershipHere, NotAllowed; EndIsPast.
    """
    until_at = _end_meant(deps, who, said.until)
    if said.scope == "me":
        drawn = pause_me(deps, who, until_at, now)
        return views.noted() if is_public else drawn
    if said.scope == "channel":
        named = actor_here(deps.store, who).partnership.id
        return pause_channel(deps, who, named, until_at, now, is_public=is_public)
    zone = "" if until_at is None else said.until.zone or own_place(deps, who).zone
    return views.asked(views.Rest(partnership_id=_here(deps, who), until_at=until_at), zone)


def resume_by_words(
    deps: Deps, who: Who, said: ResumeWords, now: datetime, *, is_public: bool
) -> Drawn:
    """Go on where somebody rests: the person or the channel; ask where both do.

    Args:
        is_public: Both companies read the answer, so that nobody's own rest is told in it.

    Raises:
        NotListed, NotAllowed, BotIsOut.
    """
    found = partnerships.by_channel(deps.store.reading(), who.team_id, who.channel or "")
    channel_rests = found is not None and found.is_paused(now)
    if found is not None and channel_rests and said.scope is None and not is_public:
        known = people.by_slack_id(deps.store.reading(), who.team_id, who.slack_id)
        if known is not None and known.is_quiet(now):
            return views.which_rests(found.id)
    if said.scope == "channel" or (said.scope is None and channel_rests):
        return resume_channel(deps, who, actor_here(deps.store, who).partnership.id, now)
    return resume_me(deps, who, now)


def pause_me(deps: Deps, who: Who, until_at: datetime | None, now: datetime) -> Drawn:
    """Write nothing to the person, from now on; nobody is told.

    Raises:
        NotListed; EndIsPast.
    """
    place = own_place(deps, who)
    _check_end(until_at, now)
    with deps.store.writing(None) as db:
        people.set_quiet(db, who.team_id, place.person.id, until_at or ENDLESS)
        _note_person(db, place, "quiet", now)
    return views.quiet(until_at, place.zone)


def resume_me(deps: Deps, who: Who, now: datetime) -> Drawn:
    """The person may be written to again.

    Raises:
        NotListed.
    """
    place = own_place(deps, who)
    if not place.person.is_quiet(now):
        return views.nothing_rests()
    with deps.store.writing(None) as db:
        people.set_quiet(db, who.team_id, place.person.id, None)
        _note_person(db, place, "quiet_ended", now)
    return views.speaking_again()


def pause_channel(  # noqa: PLR0913  # as they are pressed; and whether the answer is read by all
    deps: Deps,
    who: Who,
    partnership_id: str,
    until_at: datetime | None,
    now: datetime,
    *,
    is_public: bool = False,
) -> Drawn:
    """The partnership rests, from now on.

    Args:
        is_public: The answer is read by both companies, which need no second line.

    Raises:
        NotAllowed: The person is no lead; EndIsPast.
    """
    actor = actor_of(deps, who, partnership_id)
    actor.require("partnership.pause", Thing(side=actor.standings.side))
    _check_end(until_at, now)
    with deps.store.writing(partnership_id) as db:
        current = partnerships.get(db, who.team_id, partnership_id) or actor.partnership
        pause = with_side(current.pause, _side_of(actor), until_at, now)
        if not _is_same(current, pause, now):
            begin(db, current, pause, by=actor, is_told=is_public)
    if is_public:
        return views.told_of_rest(actor.partnership, actor.standings.side, pause.until_at)
    return views.channel_rests(actor.partnership, pause.until_at, actor.zone)


def resume_channel(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Drawn:
    """The partnership goes on, where no side wants its rest any more; one line says so.

    What the other side alone asked for stays; it can be asked to go on.

    Raises:
        NotAllowed: The person is no lead.
        BotIsOut: It rests because the bot is not in the channel, or the channel is archived.
    """
    actor = actor_of(deps, who, partnership_id)
    actor.require("partnership.resume", Thing(side=actor.standings.side))
    with deps.store.writing(partnership_id) as db:
        current = partnerships.get(db, who.team_id, partnership_id)
        if current is None or not current.is_paused(now):
            return views.nothing_rests()
        is_out = out_of(db, current, now)
        if current.pause is not None and current.pause.reason != "asked" and is_out is not None:
            raise BotIsOut(is_out)
        kept = _kept_for_other(db, current, actor, now)
        if kept is not None:
            return kept
        is_out = _end_if_in(db, current, now, by=actor)
    if is_out is not None:
        raise BotIsOut(is_out)
    return views.channel_goes_on()


def ask_to_go_on(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Drawn:
    """Ask the side that wants the rest to end it, in the thread, once a rest.

    Raises:
        NotAllowed: The person is no lead.
    """
    actor = actor_of(deps, who, partnership_id)
    actor.require("partnership.resume", Thing(side=actor.standings.side))
    own = _side_of(actor)
    with deps.store.writing(partnership_id) as db:
        current = partnerships.get(db, who.team_id, partnership_id) or actor.partnership
        asked = awaited_side(current.pause, own, now)
        if asked is None:
            return views.nothing_rests()
        is_said = pause_posts.ask_to_go_on(db, current, own, now)
        return views.asked_to_go_on(current, asked, is_said=is_said)


def begin(
    db: Database,
    partnership: Partnership,
    pause: Pause,
    *,
    by: Actor | None,
    is_told: bool = False,
) -> None:
    """Let a partnership rest.

    Args:
        by: None: because of what happened to the channel.
        is_told: Both sides are told of it where it was asked for.
    """
    now = pause.from_at
    if by is not None and not is_told:
        pause_posts.tell_rest(db, partnership, pause, by)
    partnerships.set_pause(db, partnership, pause)
    if by is not None:
        pause_posts.show_rest(db, partnership, now)
    _wake_at_end(db, partnership, pause)
    _note(db, partnership, "paused", by, now)


def end(db: Database, partnership: Partnership, now: datetime, *, by: Actor | None) -> None:
    """Let a partnership go on: *This week* stands again, one line says so, and no more."""
    partnerships.set_pause(db, partnership, None)
    pause_posts.close_line(db, partnership, now)
    wakes.clear_wake(db, partnership.team_id, KIND, partnership.id)
    _note(db, partnership, "resumed", by, now)
    current = partnerships.get(db, partnership.team_id, partnership.id)
    assert current is not None  # partnerships are never deleted
    if current.is_agreed:
        begin_week(db, current, now)
        after_rest.bring_back(db, current, now)
    boards.redraw_soon(db, current, now)
    side = None if by is None else by.standings.side
    key = f"resumed/{current.id}/{int(now.timestamp())}"
    reply(db, current, key, views.told_of_going_on(current, side), now)


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """The end of a rest has come."""
    with deps.store.writing(wake.partnership_id, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, KIND, wake.subject_id)
        found = partnerships.get(db, wake.team_id, wake.subject_id)
        pause = None if found is None else found.pause
        if found is None or pause is None or pause.until_at is None:
            return
        if pause.until_at > now:
            wakes.set_wake(db, wake.team_id, KIND, found.id, found.id, pause.until_at)
            return
        _end_if_in(db, found, now, by=None)


def morning_of(deps: Deps, who: Who, day: str) -> datetime | None:
    """When a day (YYYY-MM-DD) begins for the person; None for no day.

    Raises:
        NotListed; EndIsPast: It is no day.
    """
    if not day:
        return None
    try:
        midnight = datetime.combine(date.fromisoformat(day), time())
    except ValueError as error:
        raise EndIsPast from error
    return zones.to_utc(midnight, own_place(deps, who).zone)


def why_out(db: Database, partnership: Partnership) -> Literal["removed", "archived"] | None:
    """Why nothing can be said in the channel, as far as Slack told us; None when it can."""
    channel = channels.get(db, partnership.team_id, partnership.channel)
    if channel is None:
        return None
    if channel.is_archived:
        return "archived"
    return None if channel.bot_is_member else "removed"


def out_of(db: Database, partnership: Partnership, now: datetime) -> Out | None:
    """Why nothing can be said in the channel; None when it can, whether or not a lead paused it."""
    reason = why_out(db, partnership)
    pause = partnership.pause
    if reason is not None or pause is None or not pause.holds(now):
        return reason
    # The bot is in, so that what was cut off is the other company.
    kept: dict[PauseReason, Out] = {"removed": "unshared", "archived": "archived"}
    return kept.get(pause.reason)


def _end_if_in(
    db: Database, partnership: Partnership, now: datetime, *, by: Actor | None
) -> Out | None:
    """End a rest that a lead asked for; where nothing can be said in the channel it goes on.

    Returns:
        Why it goes on, until the channel is there again; None when it ended.
    """
    reason = why_out(db, partnership)
    if reason is None:
        end(db, partnership, now, by=by)
    else:
        begin(db, partnership, Pause(from_at=now, until_at=None, reason=reason), by=None)
    return reason


def _side_of(actor: Actor) -> Side:
    """The actor's side; whoever installed Touchbase speaks for the side at home, if for any."""
    return actor.standings.side or actor.partnership.home_side


def _kept_for_other(
    db: Database, current: Partnership, actor: Actor, now: datetime
) -> Drawn | None:
    """What is said where the other side wants the rest, so that it goes on; None: nobody does.

    A side without a lead cannot end its rest any more, so the other side's leads may.
    """
    own, pause = _side_of(actor), current.pause
    others = [side for side in asked_by(pause, now) if side != own]
    if pause is None or not others or not leads(members_here(db, actor), others[0]):
        return None
    left = without_side(pause, own, now)
    if left is not None and left != pause:
        partnerships.set_pause(db, current, left)
        pause_posts.show_rest(db, current, now)
        _wake_at_end(db, current, left)
        _note(db, current, "pause_withdrawn", actor, now)
    return views.theirs_to_resume(current, others[0], left, actor.zone)


def _wake_at_end(db: Database, partnership: Partnership, pause: Pause) -> None:
    team_id = partnership.team_id
    if pause.until_at is None:
        wakes.clear_wake(db, team_id, KIND, partnership.id)
    else:
        wakes.set_wake(db, team_id, KIND, partnership.id, partnership.id, pause.until_at)


def _end_meant(deps: Deps, who: Who, until: DueRead) -> datetime | None:
    if until.question is not None:
        raise EndIsPast
    if until.is_empty:
        return None
    zone = until.zone or own_place(deps, who).zone
    if until.at is not None:
        return zones.to_utc(until.at, zone)
    assert until.day is not None  # a day or a time, else it is empty
    return zones.to_utc(datetime.combine(until.day, time()), zone)


def _check_end(until_at: datetime | None, now: datetime) -> None:
    if until_at is not None and until_at <= now:
        raise EndIsPast


def _here(deps: Deps, who: Who) -> str:
    """The partnership of the channel; empty where there is none."""
    found = partnerships.by_channel(deps.store.reading(), who.team_id, who.channel or "")
    return "" if found is None else found.id


def _is_same(partnership: Partnership, pause: Pause, now: datetime) -> bool:
    known = partnership.pause
    return (
        known is not None
        and partnership.is_paused(now)
        and replace(known, from_at=pause.from_at) == pause
    )


def _note(
    db: Database, partnership: Partnership, verb: str, by: Actor | None, now: datetime
) -> None:
    journal.record(
        db,
        partnership.team_id,
        partnership.id,
        verb,
        "partnership",
        partnership.id,
        by=None if by is None else by.person.id,
        side=None if by is None else by.standings.side,
        now=now,
    )


def _note_person(db: Database, place: OwnPlace, verb: str, now: datetime) -> None:
    team_id, person_id = place.partnership.team_id, place.person.id
    journal.record(db, team_id, None, verb, "person", person_id, by=person_id, side=None, now=now)
