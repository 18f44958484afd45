"""Answers that only the person who acted sees: beside the message, or as a notice in a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data import outbox, people
from data.ids import new_id
from domain.outgoing import Message, person_place
from services import delivery_forms
from services.deps import Deps
from views.blocks import Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateAnswer:
    """A sentence for one person.

    Attributes:
        key: Names the act that is answered, so that it is answered once.
        response_url: Of the act itself, where Slack gave one; else ``slack_user`` in ``channel``.
        thread_ts: The thread in which it is to be seen; None at the top level.
    """

    key: str
    team_id: str
    text: str
    response_url: str | None = None
    slack_user: str = ""
    channel: str = ""
    thread_ts: str | None = None


def answer_privately(deps: Deps, answer: PrivateAnswer, now: datetime) -> None:
    """Have the sentence said, once, soon; ahead of what was planned."""
    with deps.store.writing(None) as db:
        if answer.response_url is not None:
            message = _through_response_url(answer, answer.response_url)
        else:
            person_id = people.ensure(db, answer.team_id, answer.slack_user)
            message = _in_channel(answer, person_id)
        outbox.put(db, answer.team_id, None, answer.key, message, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PressedIn:
    """Where a button was pressed.

    Attributes:
        team_id: The installation.
        thread_ts: The thread in which the answer is seen; None at the top level.
    """

    team_id: str
    response_url: str
    thread_ts: str | None = None


def answer_press(
    deps: Deps, pressed_in: PressedIn, drawn: Drawn, now: datetime, *, replaces: bool
) -> None:
    """Answer a press where only the presser sees it.

    Args:
        replaces: The message in which it was pressed gives way to the answer.
    """
    thread = {} if pressed_in.thread_ts is None else {"thread_ts": pressed_in.thread_ts}
    how = {"response_type": "ephemeral", "replace_original": replaces, **thread}
    message = Message(
        kind="respond",
        place=pressed_in.response_url,
        payload=drawn.answer | how,
        audience="person",
        needs="nothing",
        urgent=True,
    )
    with deps.store.writing(None) as db:
        outbox.put(db, pressed_in.team_id, None, f"pressed/{new_id()}", message, now=now)


def show_notice(
    deps: Deps, team_id: str, trigger_id: str, view: Mapping[str, Any], *, on_top: bool
) -> None:
    """Show a notice at once; the trigger lives three seconds.

    Args:
        on_top: Over the form that is open, which stays as it is.

    Raises:
        SlackError: It could not be shown.
    """
    show = delivery_forms.push_form if on_top else delivery_forms.open_form
    show(deps.clients, team_id, trigger_id, view)


def _through_response_url(answer: PrivateAnswer, response_url: str) -> Message:
    payload: dict[str, Any] = {
        "text": answer.text,
        "response_type": "ephemeral",
        "replace_original": False,
    }
    if answer.thread_ts is not None:
        payload["thread_ts"] = answer.thread_ts
    return Message(
        kind="respond",
        place=response_url,
        payload=payload,
        audience="person",
        needs="nothing",
        urgent=True,
    )


def _in_channel(answer: PrivateAnswer, person_id: str) -> Message:
    # Slack: ids of direct messages start with D; nobody else reads there anyway.
    if answer.channel.startswith("D"):
        return _directly(answer, person_id)
    return Message(
        kind="ephemeral",
        place=answer.channel,
        payload={"text": answer.text, "user": answer.slack_user},
        audience="person",
        needs="nothing",
        asker=person_id,
        target_ts=answer.thread_ts,
        urgent=True,
    )


def _directly(answer: PrivateAnswer, person_id: str) -> Message:
    return Message(
        kind="post",
        place=person_place(person_id),
        payload={"text": answer.text},
        audience="person",
        needs="nothing",
        target_ts=answer.thread_ts,
        urgent=True,
    )
