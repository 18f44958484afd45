"""Invitations over the wire: asked for by either side, read back, offered anew after changes."""

from datetime import datetime, timedelta

import pytest
import vobject

from tests.flows.checkin_acts import about, press_private, say, sole_check_in
from tests.flows.conftest import Touchbase, texts
from tests.people import Json
from tests.views.invitation_reader import starts_of

POST = "invitation.post"
WEEK = timedelta(days=7)


def agenda_stands(touchbase: Touchbase) -> None:
    """The weekly review on Tuesdays at 10:00 in New York, whose agenda is in the thread."""
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T09:30:00Z")


def press(touchbase: Touchbase, user: str) -> None:
    touchbase.press(user, POST)
    touchbase.calm()


def files(touchbase: Touchbase) -> list[Json]:
    return [file for m in touchbase.messages() for file in m.get("files", [])]


def content(touchbase: Touchbase, number: int) -> str:
    """What the file says that was posted as the n-th."""
    return touchbase.slack.file(files(touchbase)[number]["id"])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_either_side_puts_the_file_into_the_thread_once(touchbase: Touchbase) -> None:
    agenda_stands(touchbase)

    press(touchbase, "ana")
    press(touchbase, "maria")

    (shared,) = [m for m in touchbase.messages() if m.get("files")]
    (agenda,) = about(touchbase, "Agenda:")
    assert shared["thread_ts"] == agenda["thread_ts"]
    assert shared["files"][0]["title"] == "ops review (invitation)"
    again = [m for m in touchbase.messages() if "nothing has changed since" in m["text"]]
    assert [m["ephemeral_to"] for m in again] == [touchbase.slack.user_id("maria")]
    # Clocks go back in New York on 1 November.
    since = moment("2026-10-20T00:00+00:00")
    assert starts_of(content(touchbase, 0), since, since + 3 * WEEK) == [
        moment("2026-10-20T14:00+00:00"),
        moment("2026-10-27T14:00+00:00"),
        moment("2026-11-03T15:00+00:00"),
    ]


def test_after_a_move_a_skip_and_the_end_the_next_file_is_offered_and_replaces_the_last(
    touchbase: Touchbase,
) -> None:
    agenda_stands(touchbase)
    press(touchbase, "ana")
    since = moment("2026-10-20T00:00+00:00")

    for words, action_id in (
        ("move to thu 4pm", "checkin.move"),
        ("skip next week", "checkin.skip"),
    ):
        say(touchbase, words)
        press_private(touchbase, "maria", action_id)
        touchbase.calm()
    (offer,) = about(touchbase, "has changed since the file for calendars was made")
    assert len(files(touchbase)) == 1
    press(touchbase, "ana")

    first, second = content(touchbase, 0), content(touchbase, 1)
    events = [vobject.readOne(text).contents["vevent"] for text in (first, second)]
    assert {event.uid.value for event in events[1]} == {events[0][0].uid.value}
    assert [events[0][0].sequence.value, events[1][0].sequence.value] == ["0", "1"]
    assert starts_of(second, since, since + 3 * WEEK) == [
        moment("2026-10-22T20:00+00:00"),
        moment("2026-11-03T15:00+00:00"),
    ]

    say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    touchbase.calm()
    press(touchbase, "ana")

    assert starts_of(content(touchbase, 2), touchbase_now(touchbase), since + 9 * WEEK) == []
    assert offer["ts"] != about(touchbase, "has changed since the file for calendars")[-1]["ts"]


def touchbase_now(touchbase: Touchbase) -> datetime:
    return moment(touchbase.slack.world()["now"])


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_where_files_are_refused_the_dates_come_in_words(touchbase: Touchbase, method: str) -> None:
    agenda_stands(touchbase)
    touchbase.slack.fault(method, "error:file_uploads_disabled")

    press(touchbase, "maria")

    (told,) = about(touchbase, "to be copied into calendars")
    assert "Tue 20 Oct 10:00 New York = Tue 20 Oct 22:00 Manila" in told["text"]
    assert "Tue 3 Nov 10:00 New York = Tue 3 Nov 23:00 Manila" in texts(told)
    (heard,) = touchbase.slack.direct_messages("maria")[-1:]
    assert "did not take" in heard["text"]
    press(touchbase, "maria")
    assert len(files(touchbase)) == 1


def test_holidays_are_moved_in_the_file_as_they_will_be_in_the_channel(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    say(touchbase, "weekly thu 9am service review")
    press_private(touchbase, "maria", "checkin.form_open")
    touchbase.slack.submit("maria", values={"holidays": {"value": "shared"}})
    touchbase.slack.submit("maria")
    touchbase.calm()

    press(touchbase, "ana")

    # Thanksgiving is on 26 November, and Manila is off on the 30th.
    shown = starts_of(
        content(touchbase, 0), moment("2026-11-17T00:00Z"), moment("2026-12-05T00:00Z")
    )
    assert [at.day for at in shown] == [19, 27, 3]


def test_all_that_follow_are_a_new_series_and_the_old_one_ends(touchbase: Touchbase) -> None:
    agenda_stands(touchbase)
    press(touchbase, "ana")
    touchbase.slack.move_to("2026-10-26T14:00:00Z")

    say(touchbase, "move to thu 4pm")
    press_private(touchbase, "maria", "checkin.move_all")
    touchbase.calm()
    press(touchbase, "ana")

    told = content(touchbase, 1)
    since = moment("2026-10-19T00:00Z")
    # The review of 20 October stays in calendars where it was.
    assert [at.day for at in starts_of(told, since, since + 4 * WEEK)] == [20, 29, 5, 12]
    assert len({event.uid.value for event in vobject.readOne(told).contents["vevent"]}) == 2
