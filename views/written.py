"""What people read of a check-in in writing: its questions, the answers side by side, reminders."""

from collections.abc import Iterable, Sequence
from typing import Final

from domain.cadences import Cadence
from domain.partnerships import Partnership
from domain.people import SIDES, Side, other_side
from domain.written import Written, WrittenAnswer, WrittenQuestion
from domain.zones import local
from views.blocks import (
    SECTION_TEXT_MOST,
    Block,
    Blocks,
    Drawn,
    actions,
    bulleted,
    button,
    context,
    modal,
    mrkdwn,
    plain,
    quoted,
    section,
)
from views.checkin_values import SpoiledValue
from views.checkins import CHANGE, home_zone, name, not_agreed
from views.daily_sections import Piece, Section
from views.times import day_words, when
from views.written_words import asked, counted, question_line

ANSWER: Final = "written.answer"
READ: Final = "written.read"
QUESTIONS: Final = "written.questions"
UNDO: Final = "written.undo"
READ_VIEW: Final = "written.read_view"

_TITLE_MOST: Final = 80
_NAME_MOST: Final = 60
# Slack: a section's field <= 2000 characters, the blocks of a message <= 13200 in all
_COLUMN_MOST: Final = 1900
_TEXT_MOST: Final = 12_000
_SHOWN_MOST: Final = 8  # answers in a column
_ANSWER_LEAST: Final = 80
_READ_BLOCKS_MOST: Final = 95  # Slack: blocks in a view <= 100


def question(written: Written) -> Drawn:
    """The post in the thread of *This week* while it is answered, and what is left of it after."""
    if not written.check_in.turn.is_open or written.turn.closed_at is not None:
        return _over(written)
    partnership = written.check_in.partnership
    until = when(written.turn.closes_at, home_zone(partnership))
    head = f"{_titled(written)}, in writing: {counted(written.questions)}, until {until}."
    asks = bulleted([question_line(one) for one in written.questions])
    notes = [_so_far(written), *not_agreed(partnership, written.check_in.cadence)]
    row = [_answer(written, "Answer", "primary"), questions_button(written.check_in.cadence)]
    change = button("Change", CHANGE, written.check_in.turn.id)
    blocks = (section(head), section(asks), context(*notes), actions(*row, change))
    return Drawn(text=f"{head} {asked(written.questions)} {' '.join(notes)}", blocks=blocks)


def roll_up(written: Written) -> Drawn:
    """The answers, side by side; late ones join them in place."""
    partnership = written.check_in.partnership
    if not written.answers:
        text = f"{_titled(written)}: nobody found the time to write.{_next_words(written)}"
        return Drawn(text=text, blocks=(section(text), *_late_row(written)))
    sides = ", ".join(f"{name(partnership, side)} {written.writers[side]}" for side in SIDES)
    head = f"{_titled(written)}, in writing: the answers. {sides}."
    blocks: Blocks = [section(head)]
    blocks += _side_by_side(written)
    row = [button("Read in full", READ, written.check_in.turn.id), *_late_button(written)]
    return Drawn(text=head, blocks=(*blocks, actions(*row)))


def read_view(written: Written) -> Block:
    """Every answer in full, as it was typed."""
    blocks: Blocks = [section(f"{_titled(written)}, in writing.")]
    for one in written.questions:
        blocks.append(section(f"*{question_line(one)}*"))
        for side in SIDES:
            blocks += _in_full(written, side, one)
    left = len(blocks) - _READ_BLOCKS_MOST
    if left > 0:
        blocks = [*blocks[:_READ_BLOCKS_MOST], context(f"…and {left} more")]
    return modal(READ_VIEW, "Written check-in", blocks)


def daily_section(
    partnership: Partnership, side: Side, every: Iterable[tuple[Written, bool]], *, is_over: bool
) -> Section:
    """The same in somebody's daily message.

    Args:
        side: The reader's.
        every: Each with whether the reader has answered it.
        is_over: The message is past.
    """
    pieces = [_piece(partnership, side, one, has_answered, is_over) for one, has_answered in every]
    return Section(
        partnership_id=partnership.id,
        partner=name(partnership, other_side(side)),
        pieces=tuple(pieces),
        is_owed=True,
    )


def questions_changed(
    cadence: Cadence,
    partnership: Partnership,
    side: Side,
    change: tuple[Sequence[WrittenQuestion], Sequence[WrittenQuestion]],
    version: int = 0,
) -> Drawn:
    """A line in the thread: what is asked from the next turn on, and what was before.

    Args:
        side: Whose lead changed it.
        change: The questions before and after.
        version: Of the questions after, for the buttons; 0: it is a preview without any.
    """
    before, after = change
    title = f"*{quoted(cadence.title, _TITLE_MOST)}*"
    text = (
        f"{name(partnership, side)} changed what {title} asks, from the next one on: {asked(after)}"
    )
    old = f"Before: {asked(before)}"
    blocks: Blocks = [section(text), context(old)]
    if version:
        undo = button("Undo", UNDO, write(cadence, version))
        blocks.append(actions(undo, questions_button(cadence)))
    return Drawn(text=f"{text} {old}", blocks=tuple(blocks))


def questions_button(cadence: Cadence) -> Block:
    return button("Questions", QUESTIONS, cadence.id)


def write(cadence: Cadence, version: int) -> str:
    """A version of a check-in's questions, as a button carries it."""
    return f"{cadence.id}/{version}"


def read(value: str) -> tuple[str, int]:
    """The check-in's id and the version that a button carries.

    Raises:
        SpoiledValue: It carries none.
    """
    cadence_id, _, version = value.rpartition("/")
    if not cadence_id or not version.isdecimal():
        raise SpoiledValue
    return cadence_id, int(version)


def _over(written: Written) -> Drawn:
    if written.turn.closed_at is not None:
        where = "the answers stand in the thread of *This week*"
        text = f"{_titled(written)}, in writing: closed; {where}."
    elif written.check_in.turn.state == "skipped":
        text = f"{_titled(written)}, in writing: skipped this time.{_next_words(written)}"
    else:
        text = f"{_titled(written)}, in writing: cancelled."
    return Drawn(text=text, blocks=(section(text),))


def _piece(
    partnership: Partnership, side: Side, written: Written, has_answered: bool, is_over: bool
) -> Piece:
    partner = name(partnership, other_side(side))
    title = f"*{quoted(written.check_in.title, _TITLE_MOST)}* with {partner}"
    until = when(written.turn.closes_at, home_zone(partnership))
    is_open = written.check_in.turn.is_open and written.turn.closed_at is None
    if has_answered:
        line = f"~{title}~ answered, thank you"
        row = [_answer(written, "Change my answer")] if is_open else []
    elif is_over or not is_open:
        line, row = f"{title}: was asked in writing", []
    else:
        line = f"{title}: {counted(written.questions)} to answer in writing, until {until}"
        row = [_answer(written, "Answer", "primary")]
    blocks = [section(line)]
    if row and not is_over:
        blocks.append(actions(*row, block_id=f"written-{written.check_in.turn.id}"))
    is_todays = is_open and not has_answered and not is_over
    return Piece(line=line, blocks=blocks, is_todays=is_todays)


def _side_by_side(written: Written) -> Blocks:
    asks = [f"*{question_line(one)}*" for one in written.questions]
    room = _TEXT_MOST - sum(map(len, asks))
    most = min(_COLUMN_MOST, room // (len(SIDES) * len(asks)))
    return [
        section(ask) | {"fields": [mrkdwn(_column(written, side, one, most)) for side in SIDES]}
        for ask, one in zip(asks, written.questions, strict=True)
    ]


def _column(written: Written, side: Side, question: WrittenQuestion, most: int) -> str:
    """What one side wrote, as much of it as fits into so many characters."""
    said = _said(written, side, question)
    head = f"*{name(written.check_in.partnership, side)}*"
    if not said:
        return f"{head}\n{_no_answer(written, side)}"
    room = most - len(head) - len("\n…and 99 more")
    share = max(_ANSWER_LEAST, room // min(len(said), _SHOWN_MOST) - _NAME_MOST)
    lines: list[str] = []
    for one in said[:_SHOWN_MOST]:
        line = f"{_signed(written, one)}: {_fitting(one.words or '', share)}"
        if len(line) + 1 > room:
            break
        lines.append(line)
        room -= len(line) + 1
    left = len(said) - len(lines)
    return "\n".join([head, *lines, *([f"…and {left} more"] if left else [])])


def _in_full(written: Written, side: Side, question: WrittenQuestion) -> Blocks:
    """Signed in front, or above where both do not fit into one block."""
    company = written.check_in.partnership.side(side).name
    blocks: Blocks = []
    for one in _said(written, side, question):
        signed = f"{one.writer or 'Somebody'} ({company}){_late_words(one)}:"
        words = one.words or ""
        if len(signed) + 1 + len(words) > SECTION_TEXT_MOST:
            blocks.append(_as_typed(signed))
            blocks.append(_as_typed(words))
        else:
            blocks.append(_as_typed(f"{signed} {words}"))
    return blocks


def _as_typed(text: str) -> Block:
    return {"type": "section", "text": plain(text)}


def _said(written: Written, side: Side, question: WrittenQuestion) -> list[WrittenAnswer]:
    return [
        one
        for one in written.answers
        if one.side == side and one.position == question.position and one.words
    ]


def _no_answer(written: Written, side: Side) -> str:
    if written.writers[side]:
        return "Nothing to this one."
    return "No answers yet." if written.takes_late else "No answers."


def _signed(written: Written, answer: WrittenAnswer) -> str:
    somebody = f"Somebody of {name(written.check_in.partnership, answer.side)}"
    writer = quoted(answer.writer, _NAME_MOST) or somebody
    return f"{writer}{_late_words(answer)}"


def _late_words(answer: WrittenAnswer) -> str:
    return " (late)" if answer.late else ""


def _fitting(words: str, most: int) -> str:
    """Typed words made harmless, which takes room, cut until they fit."""
    length = most
    while len(drawn := quoted(words, length)) > most and length > 1:
        length //= 2
    return drawn


def _answer(written: Written, label: str, style: str | None = None) -> Block:
    return button(label, ANSWER, written.check_in.turn.id, style=style)


def _late_button(written: Written) -> list[Block]:
    return [_answer(written, "Answer late")] if written.takes_late else []


def _late_row(written: Written) -> Blocks:
    row = _late_button(written)
    return [actions(*row)] if row else []


def _so_far(written: Written) -> str:
    partnership = written.check_in.partnership
    if not written.answers:
        return "No answers so far. They are shown to everybody here when it closes."
    sides = ", ".join(f"{name(partnership, side)} {written.writers[side]}" for side in SIDES)
    return f"Answered so far: {sides}. The answers are shown to everybody here when it closes."


def _next_words(written: Written) -> str:
    if written.next_at is None:
        return ""
    return f" Next: {when(written.next_at, home_zone(written.check_in.partnership))}."


def _titled(written: Written) -> str:
    """Title and day: that of the side at home, as the start is."""
    check_in = written.check_in
    day = local(check_in.turn.starts_at, home_zone(check_in.partnership)).date()
    return f"*{quoted(check_in.title, _TITLE_MOST)}* of {day_words(day)}"
