"""Who pressed, and forms opened at once: what every subject's listeners share."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from handlers.payloads import Body, actor, is_full_stack, metadata_of, press, source_message
from services import delivery_forms
from services.actors import Who
from services.answers import PressedIn, answer_press
from services.deps import Deps
from views.blocks import Drawn, modal, section
from views.reach import drawn_by_mention, view_by_mention

ANSWER_FORM: Final = "touchbase.answer"


def who_of(body: Body) -> Who:
    """The actor; in a form the channel is the one that the form carries with it."""
    found = actor(body)
    carried = metadata_of(body.get("view") or {}).get("channel")
    return Who(
        team_id=found.team_id,
        slack_id=found.user,
        home_team=found.user_team,
        channel=found.channel or carried,
    )


def in_channel(who: Who, channel: str) -> Who:
    """The same actor, acting on what belongs to another place than the one of the press."""
    return replace(who, channel=channel)


def show_form(deps: Deps, body: Body, view: Mapping[str, Any]) -> str:
    """Open a form after a press; over the form in which the button stands, if it stands in one.

    Returns:
        The form's id.

    Raises:
        SlackError: It could not be shown.
    """
    if actor(body).is_outside:
        view = view_by_mention(view)
    in_form = (body.get("view") or {}).get("type") == "modal"
    show = delivery_forms.push_form if in_form else delivery_forms.open_form
    return show(deps.clients, actor(body).team_id, press(body).trigger_id, view)


def show_over(deps: Deps, body: Body, view: Mapping[str, Any]) -> None:
    """As `show_form`; in the place of the form on top where no further one fits."""
    below = body.get("view") or {}
    if is_full_stack(below):
        delivery_forms.update_form(deps.clients, actor(body).team_id, str(below["id"]), view)
    else:
        show_form(deps, body, view)


def show_answer(deps: Deps, body: Body, drawn: Drawn, now: datetime) -> None:
    """Answer a press for the presser alone.

    In the place of a private message, beside one that all can read, over the form it stands in.
    """
    pressed, message = press(body), source_message(body)
    if pressed.response_url is None:
        show_form(deps, body, answer_form(drawn))
        return
    if actor(body).is_outside:
        drawn = drawn_by_mention(drawn)
    replaces = message is not None and message.is_private
    pressed_in = PressedIn(
        team_id=actor(body).team_id,
        response_url=pressed.response_url,
        thread_ts=None if message is None or replaces else message.inside_thread,
    )
    answer_press(deps, pressed_in, drawn, now, replaces=replaces)


def answer_form(drawn: Drawn) -> dict[str, Any]:
    """An answer as a form of its own."""
    blocks = [dict(block) for block in drawn.blocks] or [section(drawn.text)]
    return modal(ANSWER_FORM, "Touchbase", blocks)
