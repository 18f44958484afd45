"""The one place where an error of any listener becomes an answer, by the kind of request."""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from slack_bolt import BoltRequest, BoltResponse

from domain.errors import TouchbaseError
from domain.slack_errors import SlackBusy, SlackUnreachable
from domain.store_errors import StoreError
from handlers.payloads import (
    ActorRef,
    Body,
    Kind,
    actor,
    input_blocks,
    is_full_stack,
    kind_of,
    press,
    source_message,
)
from services.answers import PrivateAnswer, answer_privately, show_notice
from services.deps import Deps
from services.faults import give_up_event
from views.errors import notice, sentence, unexpected
from views.reach import by_mention

# Slack: an event comes at once, once more, after 1 and 5 minutes; the third time is retry 2.
LAST_RETRY = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error on its way to an answer.

    Attributes:
        text: What the person is told.
        reference: Stands in the log beside the traceback; None for errors that people can mend.
        passes: Whether the same request may go well when it comes again.
    """

    error: Exception
    text: str
    reference: str | None
    passes: bool
    request: BoltRequest
    deps: Deps

    @property
    def body(self) -> Body:
        return self.request.body


def answer_error(error: Exception, request: BoltRequest, *, deps: Deps) -> BoltResponse:
    """Answer a request whose listener raised ``error``; never raises."""
    fault = _fault(error, request, deps)
    kind = kind_of(request.body)
    try:
        return ANSWERS.get(kind, _nothing)(fault)
    except Exception:
        # Nothing can be told any more; Slack sends events again and shows the rest as failed.
        log.exception("could not answer a %s after fault %s", kind, fault.reference)
        return BoltResponse(status=500)


def _fault(error: Exception, request: BoltRequest, deps: Deps) -> Fault:
    passes = isinstance(error, StoreError | SlackBusy | SlackUnreachable)
    text, reference = sentence(error), None
    if text is not None:
        log.log(logging.WARNING if passes else logging.INFO, "refused: %s", type(error).__name__)
    else:
        reference, passes = secrets.token_hex(4), True
        text = unexpected(reference)
        log.error("fault %s", reference, exc_info=error)
    if actor(request.body).is_outside:
        text = by_mention(text)
    return Fault(
        error=error, text=text, reference=reference, passes=passes, request=request, deps=deps
    )


def _command(fault: Fault) -> BoltResponse:
    return BoltResponse(status=200, body={"response_type": "ephemeral", "text": fault.text})


def _click(fault: Fault) -> BoltResponse:
    _tell(fault)
    return BoltResponse(status=200)


def _submission(fault: Fault) -> BoltResponse:
    """Under the field where there is one; else in a notice on top, so what was typed stays."""
    view = fault.body["view"]
    fields = input_blocks(view)
    field = getattr(fault.error, "field", None) if isinstance(fault.error, TouchbaseError) else None
    if field not in fields and is_full_stack(view) and fields:
        field = fields[-1]
    if field in fields:
        return BoltResponse(
            status=200, body={"response_action": "errors", "errors": {field: fault.text}}
        )
    action = "update" if is_full_stack(view) else "push"
    return BoltResponse(status=200, body={"response_action": action, "view": notice(fault.text)})


def _event(fault: Fault) -> BoltResponse:
    body, deps = fault.body, fault.deps
    who = actor(body)
    if not fault.passes and who.user and who.channel:
        answer_privately(deps, _private(fault, who, str(body["event_id"])), deps.now())
        return BoltResponse(status=200)
    if retry_number(fault.request) < LAST_RETRY:
        return BoltResponse(status=500)
    give_up_event(
        deps,
        who.team_id,
        event=(str(body["event_id"]), str(body["event"]["type"])),
        reference=fault.reference,
        now=deps.now(),
    )
    return BoltResponse(status=200)


def _suggestion(_fault: Fault) -> BoltResponse:
    return BoltResponse(status=200, body={"options": []})


def _nothing(fault: Fault) -> BoltResponse:
    return BoltResponse(status=200 if fault.body.get("type") == "view_closed" else 500)


def retry_number(request: BoltRequest) -> int:
    """How often Slack has sent this event before; 0 the first time."""
    number = next(iter(request.headers.get("x-slack-retry-num", ())), "0")
    return int(number) if number.isdigit() else 0


def tell_presser(text: str, body: Body, deps: Deps) -> None:
    """Say something that only the person who pressed sees: beside the message, or in a form."""
    pressed = press(body)
    if pressed.response_url is None:
        _show(text, body, deps)
        return
    message = source_message(body)
    answer = PrivateAnswer(
        key=f"answer/{pressed.trigger_id or pressed.response_url}",
        team_id=actor(body).team_id,
        text=text,
        response_url=pressed.response_url,
        thread_ts=None if message is None else message.inside_thread,
    )
    answer_privately(deps, answer, deps.now())


def _tell(fault: Fault) -> None:
    if isinstance(fault.error, StoreError):
        # What cannot be written down cannot be sent later either: a form is the only way left.
        _show(fault.text, fault.body, fault.deps)
    else:
        tell_presser(fault.text, fault.body, fault.deps)


def _show(text: str, body: Body, deps: Deps) -> None:
    on_top = body.get("view", {}).get("type") == "modal"
    trigger_id = press(body).trigger_id
    show_notice(deps, actor(body).team_id, trigger_id, notice(text), on_top=on_top)


def _private(fault: Fault, who: ActorRef, fact: str) -> PrivateAnswer:
    return PrivateAnswer(
        key=f"answer/{fact}",
        team_id=who.team_id,
        text=fault.text,
        slack_user=who.user,
        channel=who.channel or "",
        thread_ts=who.thread_ts,
    )


ANSWERS: Mapping[Kind, Callable[[Fault], BoltResponse]] = {
    "command": _command,
    "click": _click,
    "shortcut": _click,
    "submission": _submission,
    "event": _event,
    "suggestion": _suggestion,
}
