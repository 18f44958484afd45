"""What Slack sends, read into plain values; pure, and without a word about what to do with it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from domain.errors import ForeignForm, NotInAForm
from domain.values import value
from views.blocks import ANSWER_BLOCK

Body = Mapping[str, Any]
Kind = Literal[
    "event", "command", "click", "submission", "closed", "shortcut", "suggestion", "other"
]
FieldValue = str | int | tuple[str, ...] | None

_KINDS: Mapping[str, Kind] = {
    "event_callback": "event",
    "block_actions": "click",
    "view_submission": "submission",
    "view_closed": "closed",
    "message_action": "shortcut",
    "shortcut": "shortcut",
    "block_suggestion": "suggestion",
}
# Where each kind of element keeps what was chosen in it, in the order in which they are looked for.
_SINGLE_VALUES = (
    "value",
    "selected_user",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "selected_channel",
    "selected_conversation",
)
_MANY_VALUES = ("selected_users", "selected_channels", "selected_conversations")


@value
class ActorRef:
    """Who did it, and where.

    Attributes:
        team_id: The installation, never the actor's own workspace.
        user_team: The actor's own workspace; None where Slack does not say.
        channel: None in the Home tab and in forms.
        thread_ts: The thread in which it happened; None at the top level.
    """

    team_id: str
    user: str
    user_team: str | None = None
    channel: str | None = None
    thread_ts: str | None = None

    @property
    def is_outside(self) -> bool:
        """Of another company than the one that installed us: our commands do not work there."""
        return self.user_team not in {None, self.team_id}


@value
class SourceMessage:
    """The message whose button was pressed.

    Attributes:
        thread_ts: The root it replies to; None at the top level.
        is_private: An answer that one person reads and nothing redraws; what comes of a press takes
            its place, through the press's response_url.
    """

    channel: str
    ts: str
    thread_ts: str | None = None
    is_private: bool = False

    @property
    def inside_thread(self) -> str | None:
        """The thread in which an answer is seen beside it; None beside a root or at the top."""
        return None if self.thread_ts == self.ts else self.thread_ts


@value
class Press:
    """One press of a button or one choice in a menu outside a form.

    Attributes:
        values: The button's value or what is now chosen; empty when nothing is.
        trigger_id: Opens a form within three seconds, once.
    """

    action_id: str
    block_id: str
    values: tuple[str, ...]
    trigger_id: str
    response_url: str | None = None

    @property
    def value(self) -> str:
        """The button's value or the one choice; empty when there is none."""
        return self.values[0] if self.values else ""


def kind_of(body: Body) -> Kind:
    if "command" in body:
        return "command"
    return _KINDS.get(str(body.get("type")), "other")


def installation_of(body: Body) -> str:
    """The workspace through which the app was reached; empty where the payload names none."""
    view = _part(body, "view")
    if view.get("app_installed_team_id"):
        return str(view["app_installed_team_id"])
    authorizations = body.get("authorizations") or ()
    if authorizations and authorizations[0].get("team_id"):
        return str(authorizations[0]["team_id"])
    found = (
        body.get("team_id") or _part(body, "team").get("id") or _part(body, "user").get("team_id")
    )
    return str(found or "")


def actor(body: Body) -> ActorRef:
    """Who did what ``body`` tells of; the user is empty for events that nobody did."""
    kind = kind_of(body)
    if kind == "event":
        return _event_actor(body)
    if kind == "command":
        return _command_actor(body)
    return _interaction_actor(body)


def source_message(body: Body) -> SourceMessage | None:
    """The message in which a button was pressed; None for forms, the Home tab and commands."""
    container, message = _part(body, "container"), _part(body, "message")
    ts = container.get("message_ts") or message.get("ts")
    channel = _channel_of_interaction(body)
    if not ts or channel is None:
        return None
    return SourceMessage(
        channel=channel,
        ts=str(ts),
        thread_ts=_thread_of_interaction(body),
        is_private=bool(
            container.get("is_ephemeral") or message.get("is_ephemeral") or _is_answer(message)
        ),
    )


def _is_answer(message: Mapping[str, Any]) -> bool:
    """Whether it is an answer in a direct message, which looks like any other post of ours."""
    blocks: Sequence[Mapping[str, Any]] = message.get("blocks") or ({},)
    return bool(blocks[0].get("block_id") == ANSWER_BLOCK)


def press(body: Body) -> Press:
    """The first action of a click; Slack sends one at a time."""
    action: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    chosen = element_value(action)
    return Press(
        action_id=str(action.get("action_id") or ""),
        block_id=str(action.get("block_id") or ""),
        values=chosen if isinstance(chosen, tuple) else () if chosen is None else (str(chosen),),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=body.get("response_url") or None,
    )


def element_value(element: Mapping[str, Any]) -> FieldValue:
    """What was typed or chosen in an input element; None when it is empty."""
    if "selected_options" in element:
        return tuple(str(option["value"]) for option in element["selected_options"] or ())
    if "selected_option" in element:
        option = element["selected_option"]
        return None if option is None else str(option["value"])
    for name in _MANY_VALUES:
        if name in element:
            return tuple(str(chosen) for chosen in element[name] or ())
    for name in _SINGLE_VALUES:
        if element.get(name) is not None:
            value = element[name]
            return value if isinstance(value, int) else str(value)
    return None


def form_values(view: Mapping[str, Any]) -> dict[str, FieldValue]:
    """What a form holds, by block id; a block has one input element."""
    blocks = _part(_part(view, "state"), "values")
    return {
        str(block_id): element_value(next(iter(elements.values())))
        for block_id, elements in blocks.items()
        if elements
    }


def text_of(values: Mapping[str, FieldValue], field: str) -> str:
    """What stands in a text field or single choice, without spaces around it; empty when empty."""
    value = values.get(field)
    return "" if value is None or isinstance(value, tuple) else str(value).strip()


def choices_of(values: Mapping[str, FieldValue], field: str) -> tuple[str, ...]:
    """What is chosen in a field that takes several; a single choice counts as one."""
    value = values.get(field)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def open_form(body: Body) -> Mapping[str, Any]:
    """The form in which something was pressed.

    Raises:
        NotInAForm: It was pressed elsewhere, where none of our buttons of that name stands.
    """
    view = body.get("view")
    if not isinstance(view, dict) or view.get("type") != "modal":
        raise NotInAForm
    return view


def metadata_of(view: Mapping[str, Any]) -> dict[str, str]:
    """The ids that a form carries with it; empty when it carries none or something foreign."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        return _Carried()
    if not isinstance(found, dict):
        return _Carried()
    return _Carried({str(name): str(value) for name, value in found.items()})


class _Carried(dict[str, str]):
    """The ids that a form carries; asking for one that is not there says that it is not ours."""

    def __missing__(self, name: str) -> str:
        raise ForeignForm(name)


def input_blocks(view: Mapping[str, Any]) -> Sequence[str]:
    """The ids of the blocks that can show an error under themselves, from the top."""
    blocks = view.get("blocks") or ()
    return [str(block["block_id"]) for block in blocks if block.get("type") == "input"]


def is_full_stack(view: Mapping[str, Any]) -> bool:
    """Whether no further form can be put on top of this one."""
    # Slack: at most three views in a stack.
    previous, root = view.get("previous_view_id"), view.get("root_view_id")
    return previous is not None and previous != root


def _event_actor(body: Body) -> ActorRef:
    event = _part(body, "event")
    user, item = event.get("user"), _part(event, "item")
    profile = user if isinstance(user, Mapping) else {}
    channel = event.get("channel") or event.get("channel_id") or item.get("channel")
    team = event.get("user_team") or profile.get("team_id") or event.get("team")
    return ActorRef(
        team_id=installation_of(body),
        user=str(profile.get("id") or "") if profile else str(user or ""),
        user_team=str(team) if team else None,
        channel=str(channel) if isinstance(channel, str) else _part(event, "channel").get("id"),
        thread_ts=event.get("thread_ts") or None,
    )


def _command_actor(body: Body) -> ActorRef:
    # Slack: only people of the installing company can run a command.
    return ActorRef(
        team_id=installation_of(body),
        user=str(body.get("user_id") or ""),
        user_team=body.get("team_id") or None,
        channel=body.get("channel_id") or None,
    )


def _interaction_actor(body: Body) -> ActorRef:
    user = _part(body, "user")
    return ActorRef(
        team_id=installation_of(body),
        user=str(user.get("id") or ""),
        user_team=user.get("team_id") or _part(body, "team").get("id") or None,
        channel=_channel_of_interaction(body),
        thread_ts=_thread_of_interaction(body),
    )


def _channel_of_interaction(body: Body) -> str | None:
    found = _part(body, "channel").get("id") or _part(body, "container").get("channel_id")
    return str(found) if found else None


def _thread_of_interaction(body: Body) -> str | None:
    found = _part(body, "container").get("thread_ts") or _part(body, "message").get("thread_ts")
    return str(found) if found else None


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}
