from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from data import outbox, partnerships, people, wakes
from data.store import Store
from domain.checkup import Finding, is_sound
from domain.outgoing import Message
from services.deps import Deps
from services.directory import clients_of_one_workspace
from services.doctor import SILENT, Wanted, examine
from services.planners import PLANNERS
from tests.handlers.ground import AUTH, NOW, TEAM, WebApi, web_api
from tests.partners import partnership
from views.doctor import LOOKS, lines

WANTED = Wanted(
    app_token="xapp-1", scopes={"chat:write": "nothing works", "pins:write": "pin by hand"}
)


@pytest.fixture(scope="module")
def served() -> Iterator[WebApi]:
    with web_api() as api:
        yield api


@pytest.fixture
def api(served: WebApi) -> WebApi:
    served.answer("auth.test", AUTH, headers=telling("chat:write,pins:write"))
    served.answer("apps.connections.open", {"ok": True, "url": "ws://127.0.0.1:1/"})
    return served


@pytest.fixture
def deps(api: WebApi, tmp_path: Path) -> Iterator[Deps]:
    store = Store.open(tmp_path / "touchbase.sqlite", synchronous="OFF")
    clients = clients_of_one_workspace("xoxb-1", api.url)
    yield Deps(store=store, now=lambda: NOW, clients=clients)
    store.close()


def telling(scopes: str, late: timedelta = timedelta(0)) -> dict[str, str]:
    """The headers of Slack's answer: the granted scopes, and its own time."""
    return {"x-oauth-scopes": scopes, "Date": format_datetime(NOW + late, usegmt=True)}


def found(deps: Deps) -> dict[str, Finding]:
    """By code, the last of each."""
    return {finding.code: finding for finding in examine(deps, WANTED, NOW)}


def test_a_sound_installation_has_nothing_bad(deps: Deps) -> None:
    findings = examine(deps, WANTED, NOW)

    assert is_sound(findings)
    assert {"database", "bot_token", "app_token", "scopes", "delivered"} <= {
        finding.code for finding in findings
    }


def test_a_token_that_slack_does_not_know_is_bad_and_the_rest_is_not_guessed(
    deps: Deps, api: WebApi
) -> None:
    api.answer("auth.test", {"ok": False, "error": "invalid_auth"})

    findings = found(deps)

    assert findings["bot_token_error"].values["error"] == "invalid_auth"
    assert not is_sound(list(findings.values()))
    assert "scopes" not in findings


def test_an_app_token_that_slack_does_not_know_is_bad(deps: Deps, api: WebApi) -> None:
    api.answer("apps.connections.open", {"ok": False, "error": "not_allowed_token_type"})

    assert found(deps)["app_token_error"].level == "bad"


def test_a_missing_scope_names_what_is_lost(deps: Deps, api: WebApi) -> None:
    api.answer("auth.test", AUTH, headers=telling("chat:write,files:read"))

    findings = found(deps)

    assert findings["scope_missing"].values == {"scope": "pins:write", "without": "pin by hand"}
    assert findings["scope_unused"].values == {"scope": "files:read"}
    assert findings["scope_missing"].level == "look"


def test_without_the_scope_to_write_nothing_is_sound(deps: Deps, api: WebApi) -> None:
    api.answer("auth.test", AUTH, headers=telling("pins:write"))

    assert found(deps)["scope_missing"].level == "bad"


@pytest.mark.parametrize(
    ("apart", "code"),
    [
        pytest.param(timedelta(seconds=5), "clock", id="five seconds"),
        pytest.param(timedelta(minutes=6), "clock_differs", id="six minutes"),
        pytest.param(timedelta(minutes=-6), "clock_differs", id="six minutes, the other way"),
    ],
)
def test_a_clock_that_differs_is_bad(deps: Deps, api: WebApi, apart: timedelta, code: str) -> None:
    api.answer("auth.test", AUTH, headers=telling("chat:write,pins:write", apart))

    assert found(deps)[code].values["seconds"] == str(int(abs(apart).total_seconds()))


def test_a_server_that_tells_no_time_is_no_reason_to_leave_the_clock_out(
    deps: Deps, api: WebApi
) -> None:
    headers = {"x-oauth-scopes": "chat:write,pins:write", "Date": ""}
    api.answer("auth.test", AUTH, headers=headers)

    assert found(deps)["clock_unknown"].level == "look"


def with_partnership(deps: Deps) -> None:
    with deps.store.writing("p1") as db:
        installer = people.ensure(db, TEAM, "U0MARIA")
        partnerships.insert(db, partnership(installer_id=installer))


@pytest.mark.parametrize(
    ("answer", "code", "level"),
    [
        pytest.param({"is_member": True}, "channel", "good", id="the bot is in it"),
        pytest.param({"is_member": False}, "channel_not_member", "bad", id="the bot is not"),
        pytest.param({"is_archived": True}, "channel_archived", "look", id="archived"),
    ],
)
def test_each_channel_is_looked_at(
    deps: Deps, api: WebApi, answer: dict[str, bool], code: str, level: str
) -> None:
    with_partnership(deps)
    channel = {"id": "C0SHARED", "name": "acme-globalcall"} | answer
    api.answer("conversations.info", {"ok": True, "channel": channel})

    finding = found(deps)[code]

    assert finding.level == level
    assert finding.values["channel"] == "C0SHARED"


def test_a_channel_that_slack_does_not_show_is_bad(deps: Deps, api: WebApi) -> None:
    with_partnership(deps)
    api.answer("conversations.info", {"ok": False, "error": "channel_not_found"})

    assert found(deps)["channels_error"].values["error"] == "channel_not_found"


def test_without_a_partnership_the_doctor_says_how_to_begin(deps: Deps) -> None:
    assert "/touchbase setup" in "\n".join(lines(examine(deps, WANTED, NOW)))


def test_what_could_not_be_delivered_is_listed(deps: Deps) -> None:
    put(deps, "first")
    with deps.store.writing(None) as db:
        row = outbox.by_key(db, TEAM, "first")
        assert row is not None
        outbox.close(db, row, "unproven", "timeout", now=NOW)

    finding = found(deps)["undelivered"]

    assert (finding.values["state"], finding.values["reason"]) == ("unproven", "timeout")
    assert finding.level == "look"


def test_the_next_five_sends_are_shown_before_what_is_planned(deps: Deps) -> None:
    for number in range(7):
        put(deps, f"post {number}", leaves_in=timedelta(minutes=7 - number))
    with deps.store.writing(None) as db:
        wakes.set_wake(db, TEAM, "week", "p1", None, NOW + timedelta(days=1))

    shown = [one for one in examine(deps, WANTED, NOW) if one.code == "next_send"]

    assert [one.values["at"] for one in shown] == [
        f"Mon 2026-11-16 17:0{minute}:00 UTC" for minute in range(1, 6)
    ]


def test_where_nothing_waits_what_is_planned_is_shown(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        wakes.set_wake(db, TEAM, "week", "p1", None, NOW + timedelta(days=1))

    assert "Tue 2026-11-17 17:00:00 UTC: *This week* is posted." in "\n".join(
        lines(examine(deps, WANTED, NOW))
    )


def test_what_comes_next_names_channels_and_neither_people_nor_inner_names(
    deps: Deps, api: WebApi
) -> None:
    with_partnership(deps)
    channel = {"id": "C0SHARED", "name": "acme-globalcall", "is_member": True}
    api.answer("conversations.info", {"ok": True, "channel": channel})
    put(deps, "shared", place="C0SHARED")
    put(deps, "personal", place="person:p123")
    with deps.store.writing(None) as db:
        wakes.set_wake(db, TEAM, "housekeeping", TEAM, None, NOW)
        wakes.set_wake(db, TEAM, "summary", "p1", "p1", NOW + timedelta(days=1))

    drawn = [line for line in lines(examine(deps, WANTED, NOW)) if "Next sends" in line]

    assert [line.partition("UTC: ")[2] for line in drawn] == [
        "a message leaves, to #acme-globalcall.",
        "a message leaves, to one person.",
        "the week is summed up, in #acme-globalcall.",
    ]


def test_every_look_that_may_say_something_has_its_sentence() -> None:
    assert PLANNERS.keys() == LOOKS.keys() | SILENT


def test_the_network_is_not_blamed_on_the_tokens(deps: Deps) -> None:
    nobody = clients_of_one_workspace("xoxb-1", "http://127.0.0.1:9/")
    alone = Deps(store=deps.store, now=deps.now, clients=nobody)

    findings = examine(alone, WANTED, NOW)

    assert [finding.code for finding in findings] == ["database", "unreachable"]
    assert not is_sound(findings)
    assert "Slack          cannot be reached" in "\n".join(lines(findings))


def put(deps: Deps, key: str, leaves_in: timedelta = timedelta(0), place: str = "C1") -> None:
    message = Message(
        kind="post",
        place=place,
        payload={"text": "hello"},
        audience="both",
        needs="nothing",
        leaves_at=NOW + leaves_in,
    )
    with deps.store.writing(None) as db:
        outbox.put(db, TEAM, None, key, message, now=NOW)


def test_every_finding_has_its_line(deps: Deps, api: WebApi) -> None:
    put(deps, "first")
    api.answer("auth.test", AUTH, headers=telling("files:read", timedelta(minutes=6)))
    findings = examine(deps, WANTED, NOW)

    drawn = lines(findings)

    assert len(drawn) == len(findings)
    assert all("{" not in line for line in drawn)
    assert any(line.startswith("BAD   Clock") for line in drawn)
