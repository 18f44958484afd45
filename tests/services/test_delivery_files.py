"""Files on their way to a thread: there once, whatever goes wrong; words where none is taken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.refusals import follow_refusal
from tests.desk import Desk, desk_on_sandbox, everything
from tests.people import Json
from tests.wire import manifest_with

ASKED, SHARED = "files.getUploadURLExternal", "files.completeUploadExternal"
CONTENT = "BEGIN:VCALENDAR\r\nSUMMARY:全員\r\nEND:VCALENDAR\r\n"
FILE = {
    "name": "review.ics",
    "content": CONTENT,
    "title": "Review (invitation)",
    "comment": "For your calendars.",
    "instead": {"text": "Tue 24 Nov, 10:00"},
}
WITHOUT_FILES = ["chat:write", "channels:history", "im:write", "users:read"]
FAULTS = ["lost_response", "timeout", "http_500", "http_500_done", "ratelimited"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_on_sandbox(tmp_path) as opened:
        yield opened


def put_file(desk: Desk, **changes: Any) -> None:
    desk.put("root")
    desk.work_until_done()
    desk.wait(seconds=5)
    desk.put("file", kind="file", payload=FILE, thread_of="root", **changes)


def files(desk: Desk) -> list[Json]:
    return [file for message in desk.messages() for file in message.get("files", [])]


def test_a_file_stands_in_its_thread_with_its_bytes(desk: Desk) -> None:
    put_file(desk)

    desk.work_until_done()

    root, shared = desk.messages()
    (file,) = shared["files"]
    assert (shared["thread_ts"], shared["text"]) == (root["ts"], "For your calendars.")
    assert (file["title"], file["size"]) == ("Review (invitation)", len(CONTENT.encode()))
    assert file["name"] == f"review-{desk.row('file').id[:8]}.ics"
    assert (desk.state("file"), desk.row("file").ts) == ("sent", shared["ts"])


@pytest.mark.parametrize("method", [ASKED, SHARED])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_with_an_uncertain_end_stands_there_once(
    desk: Desk, method: str, fault: str
) -> None:
    put_file(desk)
    desk.fault(method, fault)

    desk.work_until_done()

    assert len(files(desk)) == 1
    assert desk.state("file") == "sent"


def test_a_bot_that_was_killed_while_sharing_looks_for_the_file_first(desk: Desk) -> None:
    put_file(desk)
    desk.work_until_done()
    with desk.store.writing(None) as db:
        db.execute(
            "UPDATE outbox SET state = 'sending', ts = NULL, settled_at = NULL,"
            " claimed_by = 'elsewhere:1:x', claimed_until = leaves_at WHERE key = 'file'"
        )

    desk.new_courier()
    desk.work_until_done()

    assert len(files(desk)) == 1
    assert desk.state("file") == "sent"


def test_where_no_file_is_taken_the_words_stand_in_the_thread_and_the_asker_hears_why(
    tmp_path: Path,
) -> None:
    with desk_on_sandbox(tmp_path, manifest=manifest_with(scopes=WITHOUT_FILES)) as desk:
        desk.new_courier(may_leave=everything, on_refused=follow_refusal)
        put_file(desk, asker=desk.person("maria"))

        desk.work_until_done()

        root, instead = desk.messages()
        assert (instead["thread_ts"], instead["text"]) == (root["ts"], "Tue 24 Nov, 10:00")
        assert (desk.state("file"), desk.row("file").reason) == ("refused", "missing_scope")
        (told,) = desk.slack.direct_messages("maria")
        assert "did not take" in told["text"]
