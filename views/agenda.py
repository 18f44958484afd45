"""The posts before a check-in: its agenda, the reminder and the start; what is asked: `after`."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from domain.agenda import Agenda, Carried, has_agenda
from domain.cadences import DROPPED_STATES
from domain.checkins import POINT_MOST, AgendaPoint, CheckIn
from domain.deliverables import Commitment
from domain.inputs import InputStanding
from domain.topics import Outcome
from domain.zones import local
from views import topics
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    bulleted,
    button,
    context,
    plural,
    quoted,
    section,
)
from views.checkin_more import more
from views.checkins import ADD_POINT, CHANGE, JOIN, excuses, headline, home_zone, name, notes
from views.gaps import line
from views.times import day_words

LINES_MOST: Final = 12
PART_MOST: Final = 2000  # Slack: a message's blocks <= 13200 characters
_TITLE_MOST: Final = 120
_NOTHING: Final = Agenda()


def agenda(check_in: CheckIn, built: Agenda = _NOTHING) -> Drawn:
    """The agenda of one turn, kept up to date."""
    head = f"Agenda: {headline(check_in)}"
    counted = _counted(check_in, built)
    body = [section(part) for part in _sections(check_in, built)] or [section(counted)]
    blocks: Blocks = [section(head), *body, *_notes(check_in)]
    if check_in.turn.is_open:
        row = [*_add(check_in), *excuses(check_in.turn), _change(check_in)]
        blocks.append(actions(*row, *more(check_in), block_id="checkin"))
        blocks += _about_topics(check_in, built)
    return Drawn(text=f"{head} {counted}", blocks=tuple(blocks))


def reminder(check_in: CheckIn, built: Agenda = _NOTHING) -> Drawn:
    """A reminder of one turn, with what is not in yet."""
    text, noted = f"{headline(check_in)} {_counted(check_in, built)}", notes(check_in)
    missing = " ".join(_input(check_in, one) for one in built.inputs if not one.is_in)
    blocks: Blocks = [section(text)]
    if missing and check_in.turn.is_open:
        blocks.append(section(missing))
        text = f"{text} {missing}"
    blocks += [context(*noted)] if noted else []
    if check_in.turn.is_open:
        blocks.append(actions(*_add(check_in), *excuses(check_in.turn), _change(check_in)))
    return Drawn(text=" ".join([text, *noted]), blocks=tuple(blocks))


def reminded(check_in: CheckIn, at: datetime, *, has_start: bool) -> Drawn:
    """An older reminder, once a newer one stands or the start has its post: that it was said."""
    day = day_words(local(at, home_zone(check_in.partnership)).date())
    now_at = "the start has a post of its own" if has_start else "the newest reminder stands below"
    text = f"Reminded of *{quoted(check_in.title, _TITLE_MOST)}* on {day}; {now_at}."
    return Drawn(text=text, blocks=(section(text),))


def start(check_in: CheckIn, built: Agenda = _NOTHING) -> Drawn:
    """The post at the top level, ten minutes before: the whole agenda, and where to meet."""
    verb = "Coming up" if check_in.turn.is_open else "Check-in"
    head = f"{verb}: {headline(check_in)}"
    parts = [section(part) for part in _sections(check_in, built)]
    blocks: Blocks = [section(head), *parts, *_notes(check_in)]
    if check_in.turn.is_open:
        private = [topics.for_leads_button(check_in.turn.id)] if built.for_leads else []
        blocks.append(actions(*_join(check_in), *excuses(check_in.turn), *private))
    return Drawn(text=f"{head} {_counted(check_in, built)}", blocks=tuple(blocks))


def _sections(check_in: CheckIn, built: Agenda) -> Iterator[str]:
    """The parts of the agenda, each with its lines; what is owed or open is so before the turn."""
    to_come = check_in.turn.is_open
    parts = [
        ("Carried over", [_carried(check_in, one, built) for one in built.carried]),
        ("Points", [_point(check_in, one, built) for one in check_in.points]),
        ("Due before it, or late", [_owed(check_in, one) for one in built.owed if to_come]),
        ("Open", [line(check_in.partnership, one) for one in built.open if to_come]),
        ("To bring", [_input(check_in, one) for one in built.inputs if to_come]),
    ]
    for title, lines in parts:
        if lines:
            yield f"*{title}*\n{_cut(lines)}"
    talk = topics.to_talk_about(check_in.partnership, built)
    if talk and check_in.turn.state not in DROPPED_STATES:
        yield "\n".join(talk)


def _cut(lines: list[str]) -> str:
    """As many whole lines as a part may take, and how many more there are."""
    most = LINES_MOST
    while most > 1 and len(bulleted(lines, most)) > PART_MOST:
        most -= 1
    return bulleted(lines, most)


def _point(check_in: CheckIn, point: AgendaPoint, built: Agenda) -> str:
    said = topics.outcome_words(built.outcomes.get(point.id))
    return f"{quoted(point.words)} ({name(check_in.partnership, point.side)}){said}"


def _carried(check_in: CheckIn, one: Carried, built: Agenda) -> str:
    day = day_words(local(one.from_at, home_zone(check_in.partnership)).date())
    since: dict[Outcome | None, str] = {
        "decided": f"of {day}",
        "parked": f"parked on {day}",
        "not_reached": f"not reached on {day}",
        None: f"was for {day}",
    }
    whose = name(check_in.partnership, one.point.side)
    said = topics.outcome_words(built.outcomes.get(one.point.id))
    return f"{quoted(one.point.words)} ({whose}), {since[one.outcome]}{said}"


def _owed(check_in: CheckIn, owed: Commitment) -> str:
    partnership = check_in.partnership
    zone = partnership.side(owed.side).calendar.zone
    day = day_words(local(owed.due_at, zone).date())
    title = f"*{quoted(owed.title, _TITLE_MOST)}* ({name(partnership, owed.side)})"
    if owed.state == "proposed":
        return f"{title}, asked for by {day}, not taken on yet"
    return f"{title}, due {day}"


def _input(check_in: CheckIn, one: InputStanding) -> str:
    """In the form "Volume forecast (Acme) is not in yet, due Fri 20 Nov."."""
    what = f"{quoted(one.words)} ({name(check_in.partnership, one.side)})"
    day = day_words(one.day_on)
    return f"{what} is in since {day}." if one.is_in else f"{what} is not in yet, due {day}."


def _counted(check_in: CheckIn, built: Agenda) -> str:
    if not has_agenda(check_in.cadence.plan) and not check_in.points:
        return "No agenda."
    talk = topics.left_to_say(built) if check_in.turn.state not in DROPPED_STATES else []
    count = len(check_in.points) + len(built.carried)
    counted = [plural(count, "point")] if count else []
    counted += [plural(len(talk), "topic")] if talk else []
    said = [f"{' and '.join(counted)} on the agenda."] if counted else []
    if built.for_leads:
        said.append(topics.for_leads_words(built.for_leads))
    return " ".join(said) or ("No points yet." if check_in.turn.is_open else "No points.")


def _notes(check_in: CheckIn) -> Blocks:
    texts = notes(check_in)
    return [context(*texts)] if texts else []


def _about_topics(check_in: CheckIn, built: Agenda) -> Blocks:
    """A second row, where there is something to press about the topics of this turn."""
    if not has_agenda(check_in.cadence.plan):
        return []
    row = topics.none_buttons(check_in.turn.id, built)
    if built.for_leads:
        row.append(topics.for_leads_button(check_in.turn.id))
    return [actions(*row, block_id="topics")] if row else []


def _add(check_in: CheckIn) -> list[Block]:
    if not has_agenda(check_in.cadence.plan):
        return []
    return [button("Add a point", ADD_POINT, check_in.turn.id)]


def _change(check_in: CheckIn) -> Block:
    return button("Change", CHANGE, check_in.turn.id)


def _join(check_in: CheckIn) -> list[Block]:
    link = check_in.cadence.plan.link
    return [button("Join", JOIN) | {"url": link}] if link else []


def point_added(check_in: CheckIn, words: str) -> Drawn:
    """To whoever put a point on the agenda in words."""
    text = f"On the agenda of {headline(check_in)[:-1]}: {quoted(words, POINT_MOST)}"
    return Drawn(text=text, blocks=(section(text),))


def asked_for_point(check_in: CheckIn) -> Drawn:
    """Where no form can open: the button that opens it."""
    text = f"What would you like to talk about at {headline(check_in)[:-1]}?"
    return Drawn(text=text, blocks=(section(text), actions(*_add(check_in), block_id="checkin")))
