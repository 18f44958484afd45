"""A check-in in writing, from the hour at which it opens until its answers stand side by side."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import cadences, outbox_claims, partnerships, people, wakes
from data import written as stored
from data.store import Store
from domain.cadences import Occurrence, OccurrenceClosed, Plan
from domain.checkin_moves import Change
from domain.checkins import WAKE_BEFORE, NewPoint
from domain.compliance import Period
from domain.partnerships import Pause
from domain.people import SIDES, Side
from domain.presets import PRESETS, settings_of
from domain.rights import NotAllowed
from domain.rule_text import weekly
from domain.written import (
    AnswersClosed,
    AnswersOver,
    AskedTwice,
    ChangedLongAgo,
    InWriting,
    LongQuestion,
    NothingAsked,
    NothingWritten,
    QuestionsChanged,
)
from services import cadences as cadence_verbs
from services import checkin_changes, checkins, written
from services.board_planning import board_of
from services.compliance import figures_of
from services.planners import PLANNERS
from services.planning import plan_due
from services.upcoming import upcoming
from tests.partners import MONDAY_NOON, NEW_YORK
from tests.partnership_store import Stage, staged

# Thursday, 9:00 in New York and 22:00 in Manila; Manila's Friday ends at 18:00.
OPENS_AT = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
CLOSES_AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BOTH = frozenset(SIDES)
ASKS, SHOWS = "both sides are asked in writing", "the answers are shown side by side"
WEEK, HOUR, MINUTE = timedelta(weeks=1), timedelta(hours=1), timedelta(minutes=1)
PLAN = Plan(
    kind="checkin",
    title="Written check-in",
    rule=PRESETS["written"].rule,
    local_start=datetime.fromisoformat("2026-11-19T09:00"),
    zone=NEW_YORK,
    length=timedelta(minutes=15),
    settings=settings_of(PRESETS["written"]),
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    with made.store.writing(None) as db:
        cadence_verbs.create(
            db, made.partnership, PLAN, by=made.maria, now=MONDAY_NOON, wake_before=WAKE_BEFORE
        )
    yield made
    made.store.close()


def time_passes(stage: Stage, until: datetime) -> None:
    """Time does all that it does until then, at its own moments."""
    while (due_at := wakes.next_at(stage.store.reading())) is not None and due_at <= until:
        while plan_due(stage.deps, PLANNERS, due_at):
            pass


def turns(stage: Stage) -> list[Occurrence]:
    db = stage.store.reading()
    return cadences.between(db, stage.partnership, "checkin", MONDAY_NOON, OPENS_AT + 9 * WEEK)


def opened(stage: Stage) -> Occurrence:
    time_passes(stage, OPENS_AT)
    return turns(stage)[0]


def answers(
    stage: Stage, who: str, at: datetime, *words: str, turn: Occurrence | None = None
) -> dict[str, str]:
    """Somebody sends the form with these words in its fields, in their order."""
    one = turn or turns(stage)[0]
    values = {f"q{number}": said for number, said in enumerate(words, start=1)}
    return dict(written.answer(stage.deps, stage.who(who), one.id, values, at))


def prefilled(stage: Stage, who: str, turn: Occurrence, at: datetime) -> dict[str, str]:
    """What stands in the fields of somebody's form."""
    form = written.form_of(stage.deps, stage.who(who), turn.id, at)
    fields = [block for block in form["blocks"] if block["type"] == "input"]
    return {one["block_id"]: one["element"].get("initial_value", "") for one in fields}


def post(stage: Stage, key: str) -> str:
    """A post of the thread as it reads now; empty where there is none."""
    rows = [*stage.said(), *stage.said("update")]
    found = [row for row in rows if key in {row.key, row.target}]
    return json.dumps(found[-1].payload, ensure_ascii=False) if found else ""


def question(stage: Stage, turn: Occurrence) -> str:
    return post(stage, f"written/{turn.id}")


def roll_up(stage: Stage, turn: Occurrence) -> str:
    return post(stage, f"written-answers/{turn.id}")


def dailies(stage: Stage, person_id: str) -> list[str]:
    found = [row for row in stage.dailies() if row.key.startswith(f"daily/{person_id}/")]
    changed = {row.target: row for row in stage.said("update")}
    return [str(changed.get(row.key, row).payload) for row in found]


def wrote(stage: Stage, turn: Occurrence) -> frozenset[Side] | None:
    return written.wrote(stage.store.reading(), turn)


# From its hour until its end


def test_it_opens_at_its_hour_and_its_answers_stand_together_when_the_later_side_goes_home(
    stage: Stage,
) -> None:
    time_passes(stage, OPENS_AT - MINUTE)
    before = [row.key for row in stage.said() if row.key.startswith("written")]
    first = opened(stage)
    answers(stage, "U0MARIA", OPENS_AT + HOUR, "The *forecast* <!channel>", "", "Nothing")
    answers(stage, "U0ANA", OPENS_AT + 12 * HOUR, "The deck", "Training", "")
    asked = question(stage, first)
    time_passes(stage, CLOSES_AT - MINUTE)
    early = roll_up(stage, first)

    time_passes(stage, CLOSES_AT)

    assert (before, early) == ([], "")
    assert "Answered so far: Acme 1, Globalcall 1." in asked
    assert "three questions, until" in asked
    told = roll_up(stage, first)
    assert "Maria Alvarez: The \u200b*\u200bforecast\u200b*\u200b &lt;!channel&gt;" in told
    assert "Ana Reyes: Training" in told
    assert "Nothing to this one." in told
    assert "<!channel>" not in told
    assert "closed; the answers stand in the thread" in question(stage, first)
    assert turns(stage)[0].state == "over"
    assert wrote(stage, first) == BOTH


def test_nobody_is_called_to_a_meeting_nor_asked_whether_it_took_place(stage: Stage) -> None:
    time_passes(stage, OPENS_AT + 3 * timedelta(days=1))

    keys = {row.key.partition("/")[0] for row in stage.said()}
    assert {"written", "written-answers"} <= keys
    assert not {key for key in keys if key.startswith("checkin-")}
    point = NewPoint(id="p1", words="Prices")
    with pytest.raises(InWriting):
        checkins.add_point(stage.deps, stage.who("U0ANA"), turns(stage)[-1].id, point, OPENS_AT)


def test_where_nobody_writes_one_kind_line_says_so(stage: Stage) -> None:
    first = opened(stage)

    time_passes(stage, CLOSES_AT)

    told = roll_up(stage, first)
    assert "nobody found the time to write. Next: <!date^" in told
    assert "written.answer" in told
    assert wrote(stage, first) == frozenset()


@pytest.mark.parametrize(
    ("writers", "silent"),
    [
        pytest.param({}, BOTH, id="nobody"),
        pytest.param({"U0MARIA": OPENS_AT}, {"vendor"}, id="one side"),
        pytest.param({"U0MARIA": OPENS_AT, "U0ANA": CLOSES_AT - MINUTE}, set(), id="both in time"),
        pytest.param({"U0MARIA": OPENS_AT, "U0ANA": CLOSES_AT}, {"vendor"}, id="one of them late"),
    ],
)
def test_it_was_held_when_each_side_wrote_before_it_closed(
    stage: Stage, writers: dict[str, datetime], silent: set[Side]
) -> None:
    first = opened(stage)
    for who, at in writers.items():
        answers(stage, who, at, "Done")
    before = wrote(stage, first)

    time_passes(stage, CLOSES_AT)

    db, month = stage.store.reading(), Period(first_on=date(2026, 11, 1))
    (figures,) = figures_of(db, stage.partnership, month, CLOSES_AT)
    assert (before, wrote(stage, first)) == (None, BOTH - silent)
    assert (figures.planned, figures.held, figures.not_held) == (1, not silent, bool(silent))
    assert {side for side in SIDES if figures.by_side[side].not_held} == silent


# Late answers, changed answers, what is left open


def test_a_late_answer_joins_in_place_until_the_next_one_opens(stage: Stage) -> None:
    first = opened(stage)
    answers(stage, "U0MARIA", OPENS_AT, "In time")
    time_passes(stage, CLOSES_AT)

    answers(stage, "U0ANA", CLOSES_AT + HOUR, "Better late")
    answers(stage, "U0ANA", CLOSES_AT + 2 * HOUR, "Better late than never")
    told = roll_up(stage, first)
    with pytest.raises(AnswersClosed):
        answers(stage, "U0MARIA", CLOSES_AT + HOUR, "Something else")
    time_passes(stage, OPENS_AT + WEEK)

    assert "Ana Reyes (late): Better late than never" in told
    assert "Maria Alvarez: In time" in told
    assert len([row for row in stage.said() if row.key.startswith("written-answers")]) == 1
    assert "Answer late" not in roll_up(stage, first)
    with pytest.raises(AnswersOver):
        answers(stage, "U0ANA", OPENS_AT + WEEK, "Still here", turn=first)


def test_what_is_sent_again_is_kept_once_and_what_is_changed_takes_its_place(stage: Stage) -> None:
    first = opened(stage)

    for words in ("Deck", "Deck", "Deck and roster"):
        answers(stage, "U0ANA", OPENS_AT + HOUR, words)

    (one,) = stored.answers(stage.store.reading(), first)
    assert one.words == "Deck and roster"
    sql = "SELECT COUNT(*) AS noted FROM journal WHERE verb = 'written_answered'"
    assert next(iter(stage.store.reading().query(sql)))["noted"] == 2


def test_a_form_without_a_word_and_one_with_too_many_are_refused(stage: Stage) -> None:
    opened(stage)

    with pytest.raises(NothingWritten):
        answers(stage, "U0ANA", OPENS_AT, "  ", "")
    errors = answers(stage, "U0ANA", OPENS_AT, "short", "x" * 3001)

    assert errors == {"q2": "An answer has up to 3000 characters; this one has 3001."}
    assert stored.answers(stage.store.reading(), turns(stage)[0]) == []
    assert answers(stage, "U0ANA", OPENS_AT, "x" * 3000) == {}


def test_the_form_begins_with_what_the_person_wrote_last_to_the_same_question(
    stage: Stage,
) -> None:
    first = opened(stage)
    answers(stage, "U0ANA", OPENS_AT, "Deck", "Roster", "")
    again = prefilled(stage, "U0ANA", first, OPENS_AT + HOUR)
    others = prefilled(stage, "U0MARIA", first, OPENS_AT + HOUR)
    ask_instead(stage, "What comes next?", "What got done?", "Who is off?")
    time_passes(stage, OPENS_AT + WEEK)

    second = turns(stage)[1]
    now = OPENS_AT + WEEK

    assert again == {"q1": "Deck", "q2": "Roster", "q3": ""}
    assert others == {"q1": "", "q2": "", "q3": ""}
    assert prefilled(stage, "U0ANA", second, now) == {"q1": "Roster", "q2": "Deck", "q3": ""}


# Who is asked, and where


def test_only_who_has_not_answered_finds_it_in_the_daily_message_and_once(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    stage.person("U0SOME", ("vendor", "observer", True))
    opened(stage)
    answers(stage, "U0CARLO", OPENS_AT + HOUR, "Done")
    answers(stage, "U0MARIA", OPENS_AT + 2 * HOUR, "Done")

    time_passes(stage, CLOSES_AT + 5 * timedelta(days=1))

    assert dailies(stage, carlo) == []
    (ana,) = dailies(stage, stage.ana)
    assert "*Written check-in* with Acme: was asked in writing" in ana
    (maria,) = dailies(stage, stage.maria)
    assert "answered, thank you" in maria


def test_this_week_shows_of_which_side_nobody_wrote_yet(stage: Stage) -> None:
    first = opened(stage)
    answers(stage, "U0ANA", OPENS_AT, "Deck")
    during = board_of(stage.store.reading(), stage.partnership, OPENS_AT + HOUR).waiting
    time_passes(stage, CLOSES_AT)

    (waits,) = during
    assert (waits.side, waits.waits_for, waits.since) == ("client", "answer", first.starts_at)
    assert board_of(stage.store.reading(), stage.partnership, CLOSES_AT).waiting == ()


def test_what_comes_next_is_told_as_long_as_it_is_to_come(stage: Stage) -> None:
    def coming(now: datetime) -> list[tuple[str, datetime]]:
        found = upcoming(stage.deps, 99, now)
        return [(one.what, one.at) for one in found if one.what.startswith("Written check-in")]

    before = coming(MONDAY_NOON)
    opened(stage)

    asks, shows = (f"Written check-in: {what}" for what in (ASKS, SHOWS))
    assert before == [(asks, OPENS_AT), (shows, CLOSES_AT)]
    assert coming(OPENS_AT)[0] == (shows, CLOSES_AT)


def test_the_daily_message_asks_and_is_changed_by_an_answer(stage: Stage) -> None:
    opened(stage)
    ana_nine = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    time_passes(stage, ana_nine)
    (asked,) = dailies(stage, stage.ana)

    answers(stage, "U0ANA", ana_nine + HOUR, "Done")
    time_passes(stage, ana_nine + HOUR)

    (row,) = [row for row in stage.dailies() if stage.ana in row.key]
    assert row.thread_of is not None
    assert "One thing today:" in asked
    assert "three questions to answer in writing, until" in asked
    (told,) = dailies(stage, stage.ana)
    assert "Nothing more for today" in told
    assert "Change my answer" in told


def test_who_wrote_and_then_left_or_changed_sides_stays_where_it_was_written(stage: Stage) -> None:
    stage.person("U0CARLO", ("vendor", "member", True))
    first = opened(stage)
    answers(stage, "U0CARLO", OPENS_AT, "Roster")
    answers(stage, "U0ANA", OPENS_AT, "Deck")
    stage.person("U0CARLO", ("client", "member", True))
    with stage.store.writing(None) as db:
        people.leave(db, stage.partnership, stage.ana, OPENS_AT + HOUR)

    time_passes(stage, CLOSES_AT)

    told = roll_up(stage, first)
    assert "Acme 0, Globalcall 2." in told
    assert "Ana Reyes: Deck" in told
    assert "U0CARLO: Roster" in told


def test_who_only_reads_along_is_told_so(stage: Stage) -> None:
    stage.person("U0SOME", ("vendor", "observer", True))
    first = opened(stage)

    for act in (written.form_of, written.read_of):
        with pytest.raises(Exception, match=stage.partnership.id):
            act(stage.deps, stage.who("U0SOME"), first.id, OPENS_AT)


# Moved, skipped, at rest, stopped


def change(stage: Stage, change: Change, at: datetime) -> None:
    checkin_changes.apply(stage.deps, stage.who("U0MARIA"), change, at)


def test_one_that_is_moved_while_it_is_open_keeps_its_post_and_its_answers(stage: Stage) -> None:
    first = opened(stage)
    answers(stage, "U0MARIA", OPENS_AT, "In time")
    later = OPENS_AT + 4 * timedelta(days=1)
    move = Change(what="move", cadence_id=first.cadence_id, original=first.original, to_at=later)

    change(stage, move, OPENS_AT + HOUR)
    answers(stage, "U0ANA", CLOSES_AT + HOUR, "In time, too")
    time_passes(stage, CLOSES_AT + timedelta(days=1))
    waits = roll_up(stage, first)
    time_passes(stage, CLOSES_AT + 4 * timedelta(days=1))

    assert waits == ""
    assert "of Mon 23 Nov" in roll_up(stage, first)
    assert "(late)" not in roll_up(stage, first)
    assert wrote(stage, first) == BOTH
    posts = [row for row in stage.said() if row.key.startswith("written/")]
    assert len(posts) == 1


def test_one_that_is_skipped_is_not_asked_and_its_next_one_is(stage: Stage) -> None:
    first = turns(stage)[0]
    skip = Change(what="skip", cadence_id=first.cadence_id, original=first.original)
    change(stage, skip, MONDAY_NOON)

    time_passes(stage, OPENS_AT + WEEK)

    assert question(stage, first) == ""
    assert "What got done?" in question(stage, turns(stage)[1])
    with pytest.raises(OccurrenceClosed):
        answers(stage, "U0ANA", OPENS_AT, "Done")


@pytest.mark.parametrize(
    ("rest", "state", "is_asked"),
    [
        pytest.param((OPENS_AT - HOUR, OPENS_AT + 20 * HOUR), "over", True, id="at its hour"),
        pytest.param((OPENS_AT + HOUR, CLOSES_AT + 20 * HOUR), "over", True, id="when it closes"),
        pytest.param((OPENS_AT - HOUR, OPENS_AT + 99 * HOUR), "over", False, id="for days"),
    ],
)
def test_in_a_rest_it_neither_opens_nor_closes(
    stage: Stage, rest: tuple[datetime, datetime], state: str, is_asked: bool
) -> None:
    time_passes(stage, rest[0])
    first = turns(stage)[0]
    with stage.store.writing(stage.partnership.id) as db:
        pause = Pause(from_at=rest[0], until_at=rest[1], reason="archived")
        partnerships.set_pause(db, stage.partnership, pause)
    time_passes(stage, rest[1] - MINUTE)
    during = roll_up(stage, first)

    time_passes(stage, rest[1] + 4 * timedelta(days=1))

    assert during == ""
    assert turns(stage)[0].state == state
    assert bool(question(stage, first)) == is_asked
    assert bool(roll_up(stage, first)) == is_asked
    assert wrote(stage, first) == (frozenset() if is_asked else None)


def test_a_restart_between_any_two_steps_loses_and_doubles_nothing(stage: Stage) -> None:
    first = opened(stage)
    answers(stage, "U0MARIA", OPENS_AT, "Deck")
    again = Store.open(stage.store.path, synchronous="OFF")
    revived = replace(stage, store=again, deps=replace(stage.deps, store=again))
    for _ in range(2):
        with again.writing(stage.partnership.id) as db:
            team_id, where = first.team_id, stage.partnership.id
            wakes.set_wake(db, team_id, "checkin", first.id, where, CLOSES_AT)
        time_passes(revived, CLOSES_AT)

    keys = [row.key for row in revived.said() if row.key.startswith("written")]
    assert len(keys) == len(set(keys)) == 2
    assert "Maria Alvarez: Deck" in roll_up(revived, first)
    again.close()


def test_what_slept_through_its_closing_opens_late_with_its_full_time(stage: Stage) -> None:
    awake_at = CLOSES_AT + HOUR
    while plan_due(stage.deps, PLANNERS, awake_at):
        pass
    first = turns(stage)[0]

    answers(stage, "U0ANA", awake_at + HOUR, "Deck")

    one = stored.get(stage.store.reading(), first)
    assert one is not None
    assert (one.opened_at, one.closed_at) == (awake_at, None)
    assert one.closes_at > awake_at + 8 * HOUR


def test_of_several_that_were_slept_through_only_the_newest_opens(stage: Stage) -> None:
    daily = replace(PLAN, title="Daily", rule=weekly((0, 1, 2, 3, 4)))
    with stage.store.writing(None) as db:
        begun = cadence_verbs.create(
            db, stage.partnership, daily, by=stage.maria, now=OPENS_AT, wake_before=WAKE_BEFORE
        )
    assert begun is not None
    awake_at = OPENS_AT + timedelta(days=1, hours=1)

    for _ in range(3):
        while plan_due(stage.deps, PLANNERS, awake_at):
            pass

    own = [one for one in turns(stage) if one.cadence_id == begun[0].id]
    opened_at = [stored.get(stage.store.reading(), one) for one in own]
    assert [one.state for one in own] == ["over", "started", "planned"]
    assert [one is not None for one in opened_at] == [False, True, False]


# What it asks


def ask_instead(stage: Stage, *words: str, who: str = "U0ANA", at: datetime = OPENS_AT) -> None:
    """A lead changes the questions by form and preview."""
    cadence_id = turns(stage)[0].cadence_id
    form = written.questions_form_of(stage.deps, stage.who(who), cadence_id)
    version = int(form["private_metadata"].split('"version": ')[1].split(",")[0])
    typed = [(f"q{number}", one) for number, one in enumerate(words, start=1)]
    shown = (cadence_id, version)
    written.questions_preview_of(stage.deps, stage.who(who), shown, typed)
    written.change_questions(stage.deps, stage.who(who), shown, words, at)


def test_leads_of_either_side_change_the_questions_from_the_next_one_on(stage: Stage) -> None:
    first = opened(stage)

    ask_instead(stage, "Who is off?", "Which *risks*?")
    time_passes(stage, OPENS_AT + WEEK)

    line = post(stage, f"written-questions/{first.cadence_id}/1")
    assert "Globalcall changed what *Written check-in* asks, from the next one on:" in line
    assert "Before: 1. What got done? 2." in line
    assert "What got done?" in question(stage, first) or "closed" in question(stage, first)
    asked = question(stage, turns(stage)[1])
    assert "two questions" in asked
    assert "Which \u200b*\u200brisks\u200b*\u200b?" in asked


def test_a_change_of_questions_can_be_taken_back_for_a_day(stage: Stage) -> None:
    first = opened(stage)
    ask_instead(stage, "Who is off?")
    shown = (first.cadence_id, 1)

    with pytest.raises(ChangedLongAgo):
        written.undo_questions(stage.deps, stage.who("U0MARIA"), shown, OPENS_AT + 25 * HOUR)
    written.undo_questions(stage.deps, stage.who("U0MARIA"), shown, OPENS_AT + HOUR)
    with pytest.raises(QuestionsChanged):
        written.undo_questions(stage.deps, stage.who("U0MARIA"), shown, OPENS_AT + HOUR)
    time_passes(stage, OPENS_AT + WEEK)

    assert "What is in the way, and who can help?" in question(stage, turns(stage)[1])


def test_a_form_that_was_open_meanwhile_changes_nothing_and_a_second_send_neither(
    stage: Stage,
) -> None:
    first = opened(stage)
    shown = (first.cadence_id, 0)
    for _ in range(2):
        written.change_questions(stage.deps, stage.who("U0ANA"), shown, ["Who is off?"], OPENS_AT)

    with pytest.raises(QuestionsChanged):
        written.change_questions(stage.deps, stage.who("U0MARIA"), shown, ["Why?"], OPENS_AT)

    lines = [row for row in stage.said() if row.key.startswith("written-questions")]
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        pytest.param(("", " "), NothingAsked, id="none"),
        pytest.param(("x" * 201,), LongQuestion, id="too long"),
        pytest.param(("Why?", "why?"), AskedTwice, id="twice"),
    ],
)
def test_questions_that_cannot_be_asked_are_refused(
    stage: Stage, words: tuple[str, ...], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        ask_instead(stage, *words)


def test_only_leads_choose_what_is_asked(stage: Stage) -> None:
    stage.person("U0CARLO", ("vendor", "member", True))

    with pytest.raises(NotAllowed):
        ask_instead(stage, "Who is off?", who="U0CARLO")


def test_an_end_or_another_rhythm_leaves_what_was_asked(stage: Stage) -> None:
    first = opened(stage)
    answers(stage, "U0ANA", OPENS_AT, "Deck")
    end = Change(what="end", cadence_id=first.cadence_id, original=first.original)

    change(stage, end, OPENS_AT + HOUR)
    with stage.store.writing(None) as db:
        for row in stage.said():
            if row.state == "queued":
                outbox_claims.settle_sent(db, row, "C1", f"{row.position}.1", OPENS_AT)
    time_passes(stage, CLOSES_AT)

    assert "Ana Reyes: Deck" in roll_up(stage, first)
    assert "Next:" not in roll_up(stage, first)
