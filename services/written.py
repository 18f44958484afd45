"""What people do about a check-in in writing: answer, read, and choose what it asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from data import Database, journal, written
from domain.cadences import DROPPED_STATES, Cadence, Occurrence, OccurrenceClosed, UnknownOccurrence
from domain.people import Side
from domain.written import (
    UNDO_FOR,
    AnswersClosed,
    AnswersOver,
    ChangedLongAgo,
    InWriting,
    NothingWritten,
    QuestionsChanged,
    Written,
    WrittenQuestion,
    is_written,
    last_said,
    typed_questions,
    wrote_in_time,
)
from services import boards, written_posts
from services.actors import Actor, Who
from services.checkin_turns import actor_of_cadence
from services.checkins import actor_of_turn, check_in_in, note, side_of
from services.daily_wakes import touch
from services.deps import Deps
from services.replies import reply
from views import written as views
from views import written_forms as forms
from views.question_forms import Read
from views.written_words import question_words


def wrote(db: Database, turn: Occurrence) -> frozenset[Side] | None:
    """The sides that wrote at least one answer before a turn closed; with both it was held.

    Returns:
        None: it is still open, was not asked at all, or people meet.
    """
    one = written.get(db, turn)
    if one is None or one.closed_at is None:
        return None
    return wrote_in_time(written.answers(db, turn))


def form_of(deps: Deps, who: Who, turn_id: str, now: datetime) -> dict[str, Any]:
    """The form, filled in with what the person wrote last.

    Raises:
        NotAllowed, UnknownOccurrence, OccurrenceClosed, AnswersClosed, AnswersOver.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("written.answer")
    db = deps.store.reading()
    found = _answerable(db, actor, turn, now)
    known = _known(db, found, actor.person.id)
    return forms.answer_form(found, known, is_late=not found.is_open(now))


def answer(
    deps: Deps, who: Who, turn_id: str, values: Mapping[str, object], now: datetime
) -> Mapping[str, str]:
    """Keep what a person answered, in the place of what the same person answered before.

    Args:
        values: Of the form, by field.

    Returns:
        A sentence for each field that needs a change; nothing is kept then.

    Raises:
        As `form_of`; NothingWritten.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("written.answer")
    with deps.store.writing(turn.partnership_id) as db:
        found = _answerable(db, actor, turn, now)
        said, typed = forms.read_answers(found.questions, values)
        if typed.errors:
            return typed.errors
        _keep(db, actor, found, (said, typed), now)
    return {}


def read_of(deps: Deps, who: Who, turn_id: str, now: datetime) -> dict[str, Any]:
    """All answers in full, once it has closed.

    Raises:
        NotAllowed, UnknownOccurrence.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("written.read")
    db = deps.store.reading()
    found = written_posts.written_of(db, check_in_in(db, turn), now)
    if found is None or found.turn.closed_at is None:
        raise UnknownOccurrence
    return views.read_view(found)


def questions_form_of(deps: Deps, who: Who, cadence_id: str) -> dict[str, Any]:
    """The form in which leads choose what is asked.

    Raises:
        NotAllowed, UnknownCadence.
    """
    actor, cadence = _leads(deps, who, cadence_id)
    db = deps.store.reading()
    version = written.version(db, cadence)
    asked = written.questions(db, cadence, version)
    return forms.questions_form(actor.partnership, cadence, asked, version)


def questions_preview_of(
    deps: Deps, who: Who, shown: tuple[str, int], typed: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """The last page before the questions are changed.

    Args:
        shown: The check-in, and the version of its questions that stood in the form.
        typed: Name and content of each field.

    Raises:
        NotAllowed, UnknownCadence, NothingAsked, LongQuestion, AskedTwice, QuestionsChanged.
    """
    actor, cadence = _leads(deps, who, shown[0])
    words, db = typed_questions(typed), deps.store.reading()
    if written.version(db, cadence) != shown[1]:
        raise QuestionsChanged
    change = (written.questions(db, cadence, shown[1]), _as_asked(words))
    told = views.questions_changed(cadence, actor.partnership, side_of(actor), change)
    return forms.questions_preview(actor.partnership, cadence, told, words, shown[1])


def change_questions(
    deps: Deps, who: Who, shown: tuple[str, int], words: Sequence[str], now: datetime
) -> None:
    """Ask something else from the next turn on, and tell both sides; once, however often sent.

    Raises:
        NotAllowed, UnknownCadence, QuestionsChanged.
    """
    actor, cadence = _leads(deps, who, shown[0])
    words = typed_questions([(f"q{n}", one) for n, one in enumerate(words, start=1)])
    with deps.store.writing(cadence.partnership_id) as db:
        newest = written.version(db, cadence)
        before = written.questions(db, cadence, newest)
        if _words(before) == list(words):
            return
        if newest != shown[1]:
            raise QuestionsChanged
        _change(db, actor, cadence, words, now)


def undo_questions(deps: Deps, who: Who, shown: tuple[str, int], now: datetime) -> None:
    """Ask again what was asked before a change, within a day of it.

    Raises:
        NotAllowed, UnknownCadence, QuestionsChanged, ChangedLongAgo.
    """
    actor, cadence = _leads(deps, who, shown[0])
    with deps.store.writing(cadence.partnership_id) as db:
        if written.version(db, cadence) != shown[1]:
            raise QuestionsChanged
        made_at = written.made_at(db, cadence, shown[1])
        if made_at is None or now > made_at + UNDO_FOR:
            raise ChangedLongAgo
        _change(db, actor, cadence, _words(written.questions(db, cadence, shown[1] - 1)), now)


def _answerable(db: Database, actor: Actor, turn: Occurrence, now: datetime) -> Written:
    check_in = check_in_in(db, turn)
    if check_in.turn.state in DROPPED_STATES:
        raise OccurrenceClosed(check_in.turn)
    found = written_posts.written_of(db, check_in, now)
    if found is None:
        raise UnknownOccurrence
    if found.is_open(now):
        return found
    if not found.takes_late:
        raise AnswersOver
    own = [one for one in found.answers if one.person_id == actor.person.id]
    if any(not one.late for one in own):
        raise AnswersClosed
    return found


def _known(db: Database, found: Written, person_id: str) -> dict[int, str]:
    """What the person wrote: to this one, else to the last one as far as it asked the same."""
    own = {
        one.position: one.words
        for one in found.answers
        if one.person_id == person_id and one.words is not None
    }
    if own:
        return own
    last = written.last_answered(db, found.check_in.turn, person_id)
    if last is None:
        return {}
    asked_then = written.questions(db, found.check_in.cadence, last[0])
    return last_said(_by_position(found.questions), _by_position(asked_then), last[1])


def _keep(
    db: Database,
    actor: Actor,
    found: Written,
    sent: tuple[dict[int, str], Read],
    now: datetime,
) -> None:
    said, turn = sent[0], found.check_in.turn
    if not said:
        raise NothingWritten
    own = {one.position: one.words for one in found.answers if one.person_id == actor.person.id}
    if own == said:
        return
    late = not found.is_open(now)
    written.write(db, turn, (actor.person.id, side_of(actor)), said, (now, late))
    note(db, actor, "written_answered", turn, now, {"late": str(late)})
    written_posts.redraw(db, found.check_in, now)
    touch(db, turn.team_id, actor.person.id, now)
    boards.redraw_soon(db, actor.partnership, now)


def _leads(deps: Deps, who: Who, cadence_id: str) -> tuple[Actor, Cadence]:
    actor, cadence = actor_of_cadence(deps, who, cadence_id)
    actor.require("written.ask")
    side_of(actor)
    if not is_written(cadence.plan):
        raise InWriting
    return actor, cadence


def _change(
    db: Database, actor: Actor, cadence: Cadence, words: Sequence[str], now: datetime
) -> None:
    before = written.questions(db, cadence, written.version(db, cadence))
    by, side = actor.person.id, side_of(actor)
    version = written.set_questions(db, cadence, words, by=by, now=now)
    change = (before, written.questions(db, cadence, version))
    drawn = views.questions_changed(cadence, actor.partnership, side, change, version)
    key = f"written-questions/{cadence.id}/{version}"
    reply(db, actor.partnership, key, drawn, now, asker=by)
    _note_change(db, cadence, (by, side, version), now)


def _as_asked(words: Sequence[str]) -> list[WrittenQuestion]:
    return [WrittenQuestion(position=n, words=one) for n, one in enumerate(words, start=1)]


def _words(questions: Sequence[WrittenQuestion]) -> list[str]:
    return [question_words(one) for one in questions]


def _by_position(questions: Sequence[WrittenQuestion]) -> dict[int, str]:
    return {one.position: question_words(one) for one in questions}


def _note_change(
    db: Database, cadence: Cadence, change: tuple[str, Side, int], now: datetime
) -> None:
    by, side, version = change
    journal.record(
        db,
        cadence.team_id,
        cadence.partnership_id,
        "written_questions_changed",
        "cadence",
        cadence.id,
        by=by,
        side=side,
        now=now,
        details={"version": version},
    )
