from typing import Any

import pytest
from slack_bolt import BoltRequest

from domain.errors import ForeignForm
from handlers.payloads import (
    ActorRef,
    SourceMessage,
    actor,
    choices_of,
    element_value,
    form_values,
    input_blocks,
    is_full_stack,
    kind_of,
    metadata_of,
    press,
    source_message,
    text_of,
)
from tests.handlers.ground import OUTSIDE, TEAM, click, command, event, submission
from views.errors import sentence

MESSAGE = event("message", channel="C1", user="U0ANA", user_team=OUTSIDE, team=OUTSIDE, ts="1.1")
HOME_CLICK = click(
    "hub.list", container={"type": "view", "view_id": "V1"}, channel=None, message=None
)

BODIES = {
    "an outsider's message": MESSAGE,
    "a command": command("/touchbase"),
    "an outsider's click": click("hub.list"),
    "an outsider's form": submission("setup.form"),
    "a click in the Home tab": HOME_CLICK,
    "a joining": event("member_joined_channel", channel="C1", user="U1", team=TEAM),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_the_installation_is_the_one_that_bolt_finds_too(body: dict[str, Any]) -> None:
    found = BoltRequest(mode="socket_mode", body=body).context.team_id

    assert actor(body).team_id == found == TEAM


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (MESSAGE, "event"),
        (command("/gaps"), "command"),
        (click("hub.list"), "click"),
        (submission("setup.form"), "submission"),
        ({"type": "view_closed"}, "closed"),
        ({"type": "message_action"}, "shortcut"),
        ({"type": "block_suggestion"}, "suggestion"),
        ({"type": "url_verification"}, "other"),
    ],
)
def test_each_payload_has_a_kind(body: dict[str, Any], kind: str) -> None:
    assert kind_of(body) == kind


def test_a_command_is_run_by_somebody_of_the_installing_company() -> None:
    expected = ActorRef(team_id=TEAM, user="U0MARIA", user_team=TEAM, channel="C0SHARED")

    assert actor(command("/gaps")) == expected


def test_an_outsider_who_presses_keeps_the_own_workspace_and_the_thread() -> None:
    expected = ActorRef(
        team_id=TEAM, user="U0ANA", user_team=OUTSIDE, channel="C0SHARED", thread_ts="1.0"
    )

    assert actor(click("hub.list")) == expected


def test_an_outsider_who_sends_a_form_is_of_the_own_workspace() -> None:
    assert actor(submission("setup.form")).user_team == OUTSIDE


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            event("reaction_added", user="U1", item={"type": "message", "channel": "C1"}),
            ("U1", "C1"),
            id="a reaction names the channel of its message",
        ),
        pytest.param(
            event("user_change", user={"id": "U1", "team_id": TEAM}),
            ("U1", None),
            id="a changed person stands as an object",
        ),
        pytest.param(
            event("channel_rename", channel={"id": "C1", "name": "new"}),
            ("", "C1"),
            id="a renamed channel stands as an object",
        ),
        pytest.param(event("channel_archive", channel="C1"), ("", "C1"), id="nobody named"),
        pytest.param(event("tokens_revoked", tokens={}), ("", None), id="nobody and nowhere"),
    ],
)
def test_events_name_people_and_places_in_several_ways(
    body: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    found = actor(body)

    assert (found.user, found.channel) == expected


def test_a_press_says_what_was_pressed_and_where() -> None:
    body = click("deliverable.done")

    assert press(body).action_id == "deliverable.done"
    assert press(body).value == "id1"
    assert source_message(body) == SourceMessage(channel="C0SHARED", ts="1.1", thread_ts="1.0")


def test_a_press_without_a_message_has_no_source() -> None:
    assert source_message(HOME_CLICK) is None


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"type": "plain_text_input", "value": "deck"}, "deck"),
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "static_select", "selected_option": {"value": "a"}}, "a"),
        ({"type": "static_select", "selected_option": None}, None),
        ({"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}, ("a", "b")),
        ({"type": "checkboxes", "selected_options": []}, ()),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"type": "datepicker", "selected_date": "2026-11-20"}, "2026-11-20"),
        ({"type": "timepicker", "selected_time": None}, None),
        ({"type": "datetimepicker", "selected_date_time": 1795000000}, 1795000000),
        ({"type": "conversations_select", "selected_conversation": "C1"}, "C1"),
        ({"type": "number_input", "value": "3"}, "3"),
        ({"type": "button", "value": "id1"}, "id1"),
        ({"type": "button"}, None),
    ],
)
def test_each_element_keeps_its_value_in_its_own_place(
    element: dict[str, Any], expected: object
) -> None:
    assert element_value(element) == expected


def test_a_form_is_read_by_its_fields() -> None:
    values = form_values(submission("deliverable.form")["view"])

    assert values == {"title": " Deck ", "due": "2026-11-20"}
    assert text_of(values, "title") == "Deck"
    assert text_of(values, "absent") == ""
    assert choices_of(values, "due") == ("2026-11-20",)
    assert choices_of(values, "absent") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"partnership": "p1"}', {"partnership": "p1"}),
        ("", {}),
        (None, {}),
        ("not json", {}),
        ("[1]", {}),
    ],
)
def test_a_form_carries_ids_or_nothing(text: str | None, expected: dict[str, str]) -> None:
    assert metadata_of({"private_metadata": text}) == expected


def test_a_form_that_does_not_carry_what_ours_carry_is_told_apart() -> None:
    carried = metadata_of({"private_metadata": '{"another": "app"}'})

    with pytest.raises(ForeignForm) as found:
        carried["partnership"]

    assert "open it again" in str(sentence(found.value))
    assert carried.get("partnership") is None


@pytest.mark.parametrize(
    ("previous", "full"), [(None, False), ("V1", False), ("V2", True)], ids=["one", "two", "three"]
)
def test_three_forms_on_top_of_each_other_are_all(previous: str | None, full: bool) -> None:
    assert is_full_stack({"root_view_id": "V1", "previous_view_id": previous}) is full


def test_only_input_blocks_can_show_an_error() -> None:
    assert input_blocks(submission("x.form")["view"]) == ["title", "due"]
