import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from data import channels, outbox, partnerships, people, pulse, wakes
from data.keys import KeyRing
from domain.partnerships import NotListed, Pause
from domain.pauses import BotIsOut
from domain.pulse import (
    AnswersSealed,
    LongQuestion,
    NoQuestion,
    NotAsked,
    NotAskedNow,
    Score,
    SurveyClosed,
    UnknownSurvey,
)
from domain.rights import NotAllowed
from services import daily, daily_wakes, pulse_planning, pulse_posts, pulse_results
from services import pulse as verbs
from services.planning import Planner, plan_due
from tests.partners import ACME_TEAM, PARTNERSHIP, THIRD_TEAM
from tests.pulse_stage import CLOSES_AT, DRAFT, HOUR, ID, NOW, WORDS, Stage, stage
from views import pulse_files

PLANNERS: Mapping[str, Planner] = {
    "pulse": pulse_planning.plan_turn,
    pulse_posts.CLOSING: pulse_planning.plan_closing,
    pulse_results.TELLING: pulse_results.plan,
    daily_wakes.REDRAW: daily.plan,
    daily_wakes.WAKE: daily.plan,
}
SCORES: dict[str, Score] = {"C0": 5, "C1": 4, "C2": 4, "V0": 2, "V1": 3, "V2": 1, "V3": 2}


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Stage]:
    """Both sides of four were asked how the hand-over was."""
    with stage(tmp_path) as found:
        found.ask()
        yield found


# An hour before the shift of the day after ends in New York.
TOLD_AT = CLOSES_AT + 24 * HOUR
FRIDAY_NINE = NOW.replace(day=20, hour=14)  # in New York


def close(found: Stage, at: datetime = CLOSES_AT) -> None:
    while plan_due(found.deps, PLANNERS, at):
        pass


def keys(found: Stage) -> KeyRing:
    return KeyRing.beside(found.store.path)


def said(found: Stage, prefix: str) -> list[str]:
    rows = [row for row in found.rows("outbox") if row["key"].startswith(prefix)]
    return [row["payload"] for row in sorted(rows, key=lambda row: row["position"])]


# Asking


def test_a_question_is_posted_once_and_its_key_lies_outside_the_database(asked: Stage) -> None:
    again = asked.ask()

    assert not again
    assert len(said(asked, "pulse/")) == 1
    assert keys(asked).ids() == [ID]
    (file,) = Path(f"{asked.store.path}-keys").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert asked.survey().asked == {"client": 4, "vendor": 4}
    assert asked.survey().closes_at == CLOSES_AT


def test_a_member_cannot_ask(tmp_path: Path) -> None:
    with stage(tmp_path) as found, pytest.raises(NotAllowed):
        found.ask(by="C1")


def test_nothing_is_asked_where_a_third_company_reads(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        with found.store.writing(None) as db:
            channels.save(db, third_company())

        with pytest.raises(NotAskedNow):
            found.ask()

        assert found.rows("surveys") == []
        assert keys(found).ids() == []


def test_nothing_is_asked_where_the_bot_is_out_and_that_is_said(tmp_path: Path) -> None:
    with stage(tmp_path) as found:
        removed = Pause(from_at=NOW, until_at=None, reason="removed")
        with found.store.writing(None) as db:
            channels.save(db, replace(third_company(), bot_is_member=False))
            partnerships.set_pause(db, PARTNERSHIP, removed)

        with pytest.raises(BotIsOut):
            found.ask()


def third_company() -> channels.Channel:
    return channels.Channel(
        team_id=ACME_TEAM,
        channel=PARTNERSHIP.channel,
        bot_is_member=True,
        is_ext_shared=True,
        host_team=ACME_TEAM,
        connected_teams=frozenset({THIRD_TEAM}),
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        pytest.param("  ", NoQuestion, id="no words"),
        pytest.param("why? " * 600, LongQuestion, id="three thousand characters"),
    ],
)
def test_a_question_has_words_and_an_end(
    tmp_path: Path, words: str, error: type[Exception]
) -> None:
    with stage(tmp_path) as found, pytest.raises(error):
        verbs.new_here(found.deps, found.who("C0"), words, NOW)


def test_the_preview_says_who_is_asked_and_posts_nothing(tmp_path: Path) -> None:
    with stage(tmp_path, clients=2, vendors=2) as found:
        drawn = verbs.new_here(found.deps, found.who("V0"), "all <!channel> well?", NOW)

        assert "Asked in the channel: Acme 2, Globalcall 2." in drawn.text
        assert "no result can be shown" in drawn.text
        assert "<!channel>" not in drawn.text
        assert found.rows("surveys") == []


# Answering


def test_the_last_press_of_a_person_counts(asked: Stage) -> None:
    for score in (1, 1, 5):
        asked.press("C1", score)

    assert [(row["side"], row["answer"]) for row in asked.rows("survey_replies")] == [
        ("client", "5")
    ]


def test_the_count_shows_from_three_answers_on(asked: Stage) -> None:
    for slack_id in ("C0", "C1"):
        asked.press(slack_id, 3)
    (before,) = said(asked, "pulse/")
    asked.press("V1", 3)
    (after,) = said(asked, "pulse/")

    assert "so far:" not in before
    assert "Answered so far: Acme 2 of 4, Globalcall 1 of 4." in after


@pytest.mark.parametrize(
    ("slack_id", "error"),
    [
        pytest.param("U0OBSERVER", NotListed, id="of neither side"),
        pytest.param("U0NEVERSEEN", NotListed, id="never seen before"),
        pytest.param("C9", NotAsked, id="listed after it was asked"),
        pytest.param("C3", NotListed, id="left meanwhile"),
    ],
)
def test_only_who_was_asked_and_is_there_answers(
    asked: Stage, slack_id: str, error: type[Exception]
) -> None:
    asked.add("U0OBSERVER", None, "observer")
    asked.add("C9", "client")
    with asked.store.writing(None) as db:
        people.leave(db, PARTNERSHIP, asked.people["C3"], NOW)

    with pytest.raises(error):
        asked.press(slack_id, 3)

    assert asked.rows("survey_replies") == []


def test_who_changes_sides_meanwhile_answers_for_the_side_that_was_asked(asked: Stage) -> None:
    asked.press("C2", 3)
    asked.add("C2", "vendor")

    asked.press("C2", 4)

    assert [(row["side"], row["answer"]) for row in asked.rows("survey_replies")] == [
        ("client", "4")
    ]


@pytest.mark.parametrize("counted", [False, True], ids=["not counted yet", "counted"])
def test_a_press_after_closing_is_refused(asked: Stage, *, counted: bool) -> None:
    if counted:
        close(asked)

    with pytest.raises(SurveyClosed):
        asked.press("C1", 3, CLOSES_AT)


def test_an_unknown_question_is_refused(tmp_path: Path) -> None:
    with stage(tmp_path) as found, pytest.raises(UnknownSurvey):
        found.press("C1", 3)


def test_without_its_key_given_answers_count_and_none_can_be_changed(asked: Stage) -> None:
    for slack_id in ("C0", "C1", "C2"):
        asked.press(slack_id, 4)
    keys(asked).destroy(ID)

    with pytest.raises(AnswersSealed):
        asked.press("C0", 1)
    close(asked)

    assert asked.survey().told.counts == {"client": {"1": 0, "2": 0, "3": 0, "4": 3, "5": 0}}


def test_neither_outbox_nor_journal_nor_log_knows_who_answered_what(
    asked: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        before = {row["id"] for row in asked.rows("outbox")}
        asked.press("C1", 5)
        written = [row for row in asked.rows("outbox") if row["id"] not in before]

    (row,) = written
    assert row["kind"] == "respond"
    assert asked.people["C1"] not in str(row)
    assert [row["verb"] for row in asked.rows("journal")] == ["survey_opened"]
    assert asked.rows("inbox") == []
    assert asked.people["C1"] not in caplog.text


def test_the_same_is_said_to_everybody_who_answers(asked: Stage) -> None:
    for slack_id, score in SCORES.items():
        asked.press(slack_id, score)

    assert len(said(asked, "pulse-kept/")) == len(SCORES)
    assert len(set(said(asked, "pulse-kept/"))) == 1


# Closing


def test_closing_leaves_counts_and_nothing_about_anybody(asked: Stage) -> None:
    for slack_id, score in SCORES.items():
        asked.press(slack_id, score)

    close(asked)

    survey = asked.survey()
    assert survey.state == "closed"
    assert survey.answered == 7
    assert survey.answered_by_side == {"client": 3, "vendor": 4}
    assert survey.told.counts["client"] == {"1": 0, "2": 0, "3": 0, "4": 2, "5": 1}
    assert asked.rows("survey_replies") == asked.rows("survey_roster") == []
    assert keys(asked).ids() == []
    assert wakes.wake_of(asked.store.reading(), ACME_TEAM, "survey", ID) is None


def test_the_channel_gets_the_joint_mean_and_leads_get_both(asked: Stage) -> None:
    for slack_id, score in SCORES.items():
        asked.press(slack_id, score)

    close(asked)
    early = said(asked, "pulse-result/")
    direct = said(asked, "daily/")
    close(asked, TOLD_AT)

    (channel,) = said(asked, "pulse-result/")
    assert early == []
    assert "3.0 of 5, seven answers. Thank you." in channel
    assert "4.3" not in channel
    assert len(direct) == 1  # Acme's lead; Globalcall's presses *Results*
    assert "Acme 4.3, Globalcall 2.0" in direct[0]
    assert "You see it differently" in direct[0]
    view = pulse_results.results_view_of(asked.deps, asked.who("V0"), PARTNERSHIP.id)
    assert "Acme 4.3, Globalcall 2.0" in str(view)


def test_a_lead_hears_of_it_once_and_while_at_work(asked: Stage) -> None:
    for slack_id, score in SCORES.items():
        asked.press(slack_id, score)

    close(asked, CLOSES_AT + 3 * HOUR)
    at_night = said(asked, "daily/")
    close(asked, FRIDAY_NINE)
    with asked.store.writing(None) as db:
        db.execute("UPDATE outbox SET state = 'sent' WHERE key LIKE 'daily/%'")
    close(asked, FRIDAY_NINE + timedelta(days=3))

    assert at_night == []
    (row,) = [row for row in asked.rows("outbox") if row["key"].startswith("daily/")]
    assert row["place"] == f"person:{asked.people['C0']}"


def test_of_a_side_with_two_answers_no_score_is_kept(asked: Stage) -> None:
    for slack_id in ("C0", "C1", "C2", "V0", "V1"):
        asked.press(slack_id, SCORES[slack_id])

    close(asked)
    (direct,) = said(asked, "daily/")
    close(asked, TOLD_AT)

    assert set(asked.survey().told.counts) == {"client"}
    (channel,) = said(asked, "pulse-result/")
    assert "five answers, but one side gave too few, so nothing is shown here." in channel
    assert "Acme 4.3, Globalcall: too few answers to show." in direct


def test_too_few_answers_are_told_as_such(asked: Stage) -> None:
    for slack_id in ("C0", "V0"):
        asked.press(slack_id, 4)

    close(asked)
    close(asked, TOLD_AT)

    (channel,) = said(asked, "pulse-result/")
    assert "two answers, too few to show. Thank you." in channel
    assert asked.survey().told.counts == {}


def test_of_a_side_of_two_no_response_is_counted(tmp_path: Path) -> None:
    with stage(tmp_path, clients=2) as found:
        found.ask()
        for slack_id in ("C0", "V0", "V1", "V2"):
            found.press(slack_id, 3)

        close(found)

        assert found.survey().answered_by_side == {"vendor": 3}


def test_nothing_tells_how_many_of_a_side_of_two_answered_together_with_the_other(
    tmp_path: Path,
) -> None:
    with stage(tmp_path, clients=2) as found:
        found.ask()
        for slack_id in ("C0", "C1", "V0", "V1"):
            found.press(slack_id, 3)

        close(found)

        survey = found.survey()
        rows = pulse_files.sheet(PARTNERSHIP, [survey]).text.splitlines()[1:]
        assert survey.told.counts.keys() == {"both"}
        assert (survey.answered, survey.answered_by_side) == (None, {})
        assert [row.split(",")[2:5] for row in rows] == [["both sides", "", "3.00"]]


def test_others_see_what_the_channel_saw_and_strangers_nothing(asked: Stage) -> None:
    for slack_id, score in SCORES.items():
        asked.press(slack_id, score)
    close(asked)
    early = pulse_results.results_here(asked.deps, asked.who("C1"), in_public=False)
    close(asked, TOLD_AT)

    member = pulse_results.results_here(asked.deps, asked.who("C1"), in_public=False)
    lead_in_public = pulse_results.results_here(asked.deps, asked.who("C0"), in_public=True)

    assert early.text.startswith("Nothing to read about a pulse yet")
    assert "3.0 of 5" in member.text
    assert "4.3" not in member.text + lead_in_public.text
    with pytest.raises(NotListed):
        pulse_results.results_here(asked.deps, asked.who("U0STRANGER"), in_public=False)


STEPS = ("nothing", "counted", "key destroyed", "log emptied")


@pytest.mark.parametrize("done", range(len(STEPS)), ids=STEPS)
def test_closing_goes_on_after_a_crash_between_its_steps(asked: Stage, done: int) -> None:
    for slack_id, score in SCORES.items():
        asked.press(slack_id, score)
    survey = asked.survey()
    steps = (
        lambda: pulse_planning.count(asked.deps, survey, CLOSES_AT),
        lambda: pulse_planning.destroy_keys(asked.deps),
        lambda: pulse_planning.forget(asked.deps),
    )
    for step in steps[:done]:
        step()
    told_early = said(asked, "pulse-result/")

    close(asked)
    close(asked, TOLD_AT)
    close(asked, TOLD_AT)

    assert told_early == []
    assert len(said(asked, "pulse-result/")) == 1
    assert asked.survey().answered == 7
    assert keys(asked).ids() == []


def test_a_key_that_a_crash_left_without_its_survey_goes_at_the_next_closing(asked: Stage) -> None:
    keys(asked).create("x" * 20)

    close(asked)

    assert keys(asked).ids() == []


def test_results_wait_while_the_log_cannot_be_emptied(asked: Stage) -> None:
    asked.press("C0", 5)
    reader = type(asked.store).open(asked.store.path, synchronous="OFF")
    db = reader.reading()
    db.conn.execute("BEGIN")
    list(db.query("SELECT * FROM surveys"))

    close(asked)
    state = asked.survey().state
    db.conn.execute("COMMIT")
    reader.close()
    plan_due(asked.deps, PLANNERS, CLOSES_AT + pulse_planning.TRY_AGAIN_AFTER)

    assert state == "counted"
    assert asked.survey().state == "closed"
    assert Path(f"{asked.store.path}-wal").stat().st_size > 0  # of telling; the votes are out


def test_a_question_is_posted_only_while_it_can_be_answered(asked: Stage) -> None:
    row = outbox.by_key(asked.store.reading(), ACME_TEAM, f"pulse/{ID}")

    assert row is not None
    assert row.worth_until == CLOSES_AT


def test_of_two_that_close_together_the_results_are_of_the_one_that_was_asked_last(
    asked: Stage,
) -> None:
    last = replace(DRAFT, id="z" * 20)
    asked.ask(last)

    close(asked)

    newest = pulse.newest_closed(asked.store.reading(), PARTNERSHIP)
    assert newest is not None
    assert newest.id == last.id


def test_closed_surveys_are_found_by_when_they_closed(asked: Stage) -> None:
    close(asked)
    db, day = asked.store.reading(), timedelta(days=1)

    found = pulse.closed_between(db, PARTNERSHIP, CLOSES_AT - day, CLOSES_AT + day)

    assert [one.id for one in found] == [ID]
    assert pulse.closed_between(db, PARTNERSHIP, CLOSES_AT + day, CLOSES_AT + 2 * day) == []
    assert found[0].first.words == WORDS
