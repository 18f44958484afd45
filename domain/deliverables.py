"""What somebody owes by a time: how it stands, and until when exactly."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

from domain import zones
from domain.calendars import Calendar, add_working, shift_on
from domain.errors import TimeOutOfRange, TouchbaseError
from domain.partnerships import Partnership, guessed_side
from domain.people import Member, Side
from domain.rights import Thing
from domain.values import value
from domain.visibility import Audience, Item, Reader, may_see
from domain.weeks import holiday_on

Kind = Literal["deliverable", "action_item", "acknowledgement", "answer"]
State = Literal["proposed", "accepted", "done", "withdrawn", "declined"]
OwnerKind = Literal["person", "side", "duty"]
Importance = Literal["normal", "high"]
DeclinedWhy = Literal["not_mine", "cannot_promise"]
Review = Literal["approved", "no_objection"]
Cause = Literal["input", "review"]
Field = Literal[
    "title",
    "owner",
    "due",
    "time",
    "reason",
    "details",
    "audience",
    "links",
    "repeats",
    "input",
    "words",
]
Reason = Literal[
    "no_title",
    "long_title",
    "cut_title",
    "no_owner",
    "side_owner",
    "unknown_owner",
    "bot_owner",
    "gone_owner",
    "no_side_owner",
    "sponsor_owner",
    "not_agreed_owner",
    "one_owner",
    "owner_or_side",
    "two_owners",
    "no_due",
    "asap",
    "ambiguous",
    "past",
    "impossible",
    "far",
    "past_day",
    "no_shift",
    "same_due",
    "same_due_off",
    "far_word",
    "long_details",
    "hidden_owner",
    "hidden_author",
    "no_link",
    "long_link",
    "many_links",
    "no_input",
    "closed_input",
    "no_links",
    "full_links",
    "no_rhythm",
    "no_turn",
    "repeats_hidden",
    "repeats_alone",
]

TITLE_MOST: Final = 300
REASON_MOST: Final = 300
# Slack: a text input takes at most 3000 characters.
DETAILS_MOST: Final = 3000
# A date that lies further ahead may have been meant for another year.
_FAR: Final = timedelta(days=300)
# How far back the last shift before a day is looked for: a long holiday, not a season.
_LOOK_BACK_DAYS: Final = 14
# How long the owner has, after being asked, before the other side is told.
ANSWER_FIRST: Final = timedelta(hours=4)
# The owner could not be asked (away, silent): the other side is told after this much coverage.
UNASKED: Final = timedelta(hours=16)


class UnknownDeliverable(TouchbaseError):
    """No such deliverable exists (any more)."""


class DeliverableClosed(TouchbaseError):
    """It cannot be changed any more; ``state`` says what became of it."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class SpoiledButton(TouchbaseError):
    """A button that carries nothing that we can read."""


class AlreadyAccepted(TouchbaseError):
    """Its owner has accepted it: owner and date are not changed over their head."""


class AlreadyTracked(TouchbaseError):
    """From this message something is tracked already, which still stands."""

    def __init__(self, commitment: "Commitment") -> None:
        super().__init__(commitment.id)
        self.title = commitment.title


class Unclear(TouchbaseError):
    """Something has to be asked before it can be written down.

    Attributes:
        field: Of the form, under which the question stands.
        names: What the question is about: people, a side, a day (YYYY-MM-DD), or typed words.
    """

    def __init__(self, field: Field, reason: Reason, names: Sequence[str] = ()) -> None:
        super().__init__(field, reason)
        self.field: Field = field
        self.reason: Reason = reason
        self.names = tuple(names)


@value
class Source:
    """The message from which something was tracked; ``thread_ts`` None: at the top level."""

    channel: str
    ts: str
    thread_ts: str | None = None


@value
class Commitment:
    """Something that a person of one side owes.

    Attributes:
        title: Typed by people; so are ``details`` and ``closed_reason``.
        owner_id: Our person id: who owes it, or is asked about it at present for a side.
        owner_kind: Whether it was given to a person, to a side, or to whoever is on duty there.
        audience: Who may see it; ``both`` is everybody in the shared channel.
        due_at: UTC.
        first_due_at: The date that was accepted first; kept when it moves.
        moves: How often the date was changed after it was accepted.
        closed_at: None while it is open; once it is done, when it was delivered.
        closed_reason: Why it was withdrawn or declined; None when nobody said.
        asked_at: When the owner was first asked about it after it was due; None: not yet.
        review: What the other side said of what was delivered; None: nothing (so far).
        review_until: Until when it may object; None: nothing was delivered.
        sent_back: How often it was delivered and sent back.
        snoozed_until: Its owner wants to hear nothing of it before.
        acknowledged_at: When its owner said to be on it, for the date that it has now.
        next_at: When its owner is next told of it; None: nothing is planned.
        source: None: it was not made from a message.
        cadence_id: Of what recurs, and brought it about; None: it stands alone.
        stopped_at: Since when its clock stands still, because something of the other side that it
            waits for is late; None: it runs.
    """

    team_id: str
    id: str
    partnership_id: str
    title: str
    owner_id: str
    side: Side
    state: State
    due_at: datetime
    first_due_at: datetime
    created_by: str
    created_at: datetime
    kind: Kind = "deliverable"
    moves: int = 0
    closed_at: datetime | None = None
    asked_at: datetime | None = None
    details: str | None = None
    audience: Audience = "both"
    importance: Importance = "normal"
    owner_kind: OwnerKind = "person"
    declined_why: DeclinedWhy | None = None
    closed_reason: str | None = None
    review: Review | None = None
    review_until: datetime | None = None
    reviewed_at: datetime | None = None
    sent_back: int = 0
    snoozed_until: datetime | None = None
    acknowledged_at: datetime | None = None
    next_at: datetime | None = None
    source: Source | None = None
    cadence_id: str | None = None
    stopped_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_public(self) -> bool:
        """Whether it may stand in the shared channel."""
        return self.audience == "both"

    @property
    def is_with_other_side(self) -> bool:
        """Whether it is delivered, and the other side may still send it back."""
        return self.state == "done" and self.review is None and self.review_until is not None

    def is_late(self, now: datetime) -> bool:
        """Whether its date has passed; while its clock stands still it is not late."""
        return self.is_open and self.due_at <= now and self.stopped_at is None

    def thing(self, person_id: str) -> Thing:
        """What it is to a person, as far as rights depend on it."""
        return Thing(
            side=self.side,
            is_owner=self.owner_id == person_id,
            is_author=self.created_by == person_id,
            is_for_side=self.owner_kind != "person",
        )


@value
class DateChange:
    """One entry of the history of dates.

    Attributes:
        old_due_at: None for the first date.
        side: On whose behalf.
        was_early: Told before the old date had passed.
        reason: Typed by people; None when none was given, or blanked.
        cause: Why it moved though nobody chose the date; None: somebody did.
        cause_id: Of the deliverable of the other side that was late; None: no such.
        minutes: The working time by which a cause moved it.
    """

    due_at: datetime
    old_due_at: datetime | None
    changed_by: str
    side: Side | None
    changed_at: datetime
    was_early: bool
    reason: str | None
    cause: Cause | None = None
    cause_id: str | None = None
    minutes: int = 0


@value
class Due:
    """A due moment as somebody named it.

    Attributes:
        day: The owner's working day, when no time was named.
        at: A wall time on the clock of ``zone``.
    """

    day: date | None = None
    at: datetime | None = None
    zone: str = ""


def may_read(commitment: Commitment, person_id: str, member: Member | None) -> bool:
    """Whether a person may know of it: its owner may, and whoever its audience names.

    Args:
        member: The person's place in the partnership; None: none is known.
    """
    if commitment.is_public or commitment.owner_id == person_id:
        return True
    if member is None:
        return False
    reader = Reader(
        person_id=person_id, side=member.side, role=member.role, confirmed=member.confirmed
    )
    return may_see(reader, Item(audience=commitment.audience))


def far_question(due: Due) -> Unclear:
    """Asks whether a date so far away is meant."""
    day = due.day if due.at is None else due.at.date()
    return Unclear("due", "far", [] if day is None else [day.isoformat()])


def is_far(due_at: datetime, now: datetime) -> bool:
    """Whether a date is so far away that another year may be meant."""
    return due_at - now > _FAR


def due_moment(due: Due, calendar: Calendar, now: datetime) -> datetime:
    """The moment at which it is due; a day means the end of the owner's shift.

    A day without a shift means the last shift before it: what is due by Saturday is there when
    Friday's work is done.

    Raises:
        Unclear: It is past, out of range, or the owner does not work before it.
    """
    try:
        if due.at is not None:
            moment: datetime | None = zones.to_utc(due.at, due.zone)
        elif due.day is not None:
            moment = _last_shift_end(due.day, calendar)
        else:
            raise Unclear("due", "no_due")
        if moment is None or moment <= now:
            raise _too_late(due, calendar, now)
        return moment
    except TimeOutOfRange as error:
        raise Unclear("due", "impossible") from error


def _too_late(due: Due, calendar: Calendar, now: datetime) -> Unclear:
    """Why no time is left until then; a holiday on that day is named."""
    if due.at is not None or due.day is None:
        return Unclear("due", "past")
    day = due.day.isoformat()
    if due.day < zones.local(now, calendar.zone).date():
        return Unclear("due", "past_day", [day])
    holiday = holiday_on(calendar, due.day)
    return Unclear("due", "no_shift", [day] if holiday is None else [day, holiday])


def _last_shift_end(day: date, calendar: Calendar) -> datetime | None:
    for back in range(_LOOK_BACK_DAYS + 1):
        shift = shift_on(calendar, day - timedelta(days=back))
        if shift is not None:
            return shift.ends_at
    return None


def checked_title(title: str) -> str:
    """The title without spaces around it.

    Raises:
        Unclear: It is empty or too long.
    """
    flat = " ".join(title.split())
    if not flat:
        raise Unclear("title", "no_title")
    if len(flat) > TITLE_MOST:
        raise Unclear("title", "long_title", [str(TITLE_MOST)])
    return flat


def checked_details(details: str) -> str | None:
    """The details without spaces around them; None when there are none.

    Raises:
        Unclear: They are too long.
    """
    if len(details.strip()) > DETAILS_MOST:
        raise Unclear("details", "long_details", [str(DETAILS_MOST)])
    return details.strip() or None


def checked_audience(audience: Audience, author: Member, owner: Member) -> Audience:
    """Who may see it, when its author and its owner are among them.

    Raises:
        Unclear: One of them would not see it.
    """
    item = Item(audience=audience)
    people: tuple[tuple[Member, Reason], ...]
    people = ((author, "hidden_author"), (owner, "hidden_owner"))
    for one, reason in people:
        reader = Reader(side=one.side, role=one.role, confirmed=one.confirmed)
        if not may_see(reader, item):
            raise Unclear("audience", reason, [one.person.name])
    return audience


def owner_side(partnership: Partnership, member: Member) -> Side:
    """The side for which somebody would owe.

    Raises:
        Unclear: A bot, somebody who left, of neither side, a sponsor, or of a side that has not
            agreed yet.
    """
    person = member.person
    if person.is_bot:
        raise Unclear("owner", "bot_owner")
    if person.deleted:
        raise Unclear("owner", "gone_owner", [person.name])
    side = member.side or guessed_side(person, partnership)
    if side is None or member.role == "advisor":
        raise Unclear("owner", "no_side_owner", [person.name])
    if member.is_sponsor:
        raise Unclear("owner", "sponsor_owner", [person.name])
    if side == partnership.guest_side and not partnership.is_agreed:
        raise Unclear("owner", "not_agreed_owner", [partnership.side(side).name])
    return side


def tell_from(
    commitment: Commitment, owner: Calendar, coverage: Calendar, now: datetime
) -> datetime:
    """From when the other side may be told that it is not in.

    The owner is asked first and has some working time to answer; where nobody could ask, the
    side's coverage counts. It falls into working time of the side that owes.
    """
    if commitment.asked_at is not None:
        waited = add_working(owner, commitment.asked_at, ANSWER_FIRST)
    else:
        waited = add_working(coverage, commitment.due_at, UNASKED)
    return waited if waited is not None else max(now, commitment.due_at) + timedelta(days=1)
