"""People fill in forms: submit and close, and what the app's ack makes of the stack of modals."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from sandbox.control.ask import Ask, ControlCall, invalid
from sandbox.elements import NotChosen, Place, drawn, is_empty
from sandbox.errors import ControlRefused, Refused
from sandbox.interactions import choose, closed_payload, submission_payload, tell_app
from sandbox.ports import Json
from sandbox.surfaces import View
from sandbox.webapi.content import check_view
from sandbox.webapi.views import owned
from sandbox.workspace import Workspace
from sandbox.world import User

_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+")
_URL: Final = re.compile(r"https?://[^\s/?#.:]+([.:][^\s/?#.:]+)*\.?([/?#]\S*)?", re.IGNORECASE)


async def submit(ask: Ask) -> Json:
    user = ask.person()
    view = ask.view(user)
    if view.body["type"] != "modal" or view is not ask.ws.surfaces.stack(user.id)[-1]:
        raise ControlRefused("view_not_found", "Only the modal on top can be submitted.")
    _fill_in(ask, view, ask.args.get("values") or {})
    refused = dict(_refused_by_slack(view))
    if refused:
        return {"ok": False, "errors": refused}
    ack = await tell_app(
        ask.ws, "interactive", submission_payload(ask.ws, user, view), answers=True
    )
    return _apply(ask.ws, user, view, ack.body)


def _fill_in(ask: Ask, view: View, values: Any) -> None:
    """Put what was typed into the view; what is left out stays as drawn.

    Raises:
        ControlRefused: A field or option does not exist; nothing is filled in then.
    """
    if not isinstance(values, dict) or not all(isinstance(v, dict) for v in values.values()):
        raise invalid("values must be {block_id: {action_id: value}}.")
    there = {place.key: place for place in view.places()}
    picks = dict(view.picks)
    for block_id, fields in values.items():
        for action_id, given in fields.items():
            place = there.get((block_id, action_id))
            if place is None:
                raise ControlRefused(
                    "element_not_found", f"The form has no field {block_id} / {action_id}."
                )
            try:
                element = ask.ws.offers.element(view.id, place, view.user_id)
                picks[place.key] = choose(ask.ws.world, element, given)
            except NotChosen as error:
                raise ControlRefused(error.code, str(error)) from error
    view.picks = picks


def _refused_by_slack(view: View) -> Iterator[tuple[str, str]]:
    """What Slack's own form refuses before the app hears of it."""
    for place in view.places():
        if place.block.get("type") != "input":
            continue
        held = view.picks.get(place.key) or drawn(place.element)
        sentence = _wrong_with(place, held)
        if sentence:
            yield str(place.block["block_id"]), sentence


def _wrong_with(place: Place, held: Json) -> str:
    element = place.element
    if is_empty(held):
        return "" if place.block.get("optional") else "Please complete this required field."
    typed = held.get("value")
    if not isinstance(typed, str):
        return ""
    most = element.get("max_length", 3000)  # Slack: a text input holds at most 3000 characters
    if len(typed) > most:
        return f"Please use at most {most} characters."
    if len(typed) < element.get("min_length", 0):
        return f"Please use at least {element['min_length']} characters."
    check = _CHECKS.get(element["type"])
    return check(element, typed) if check is not None else ""


def _wrong_number(element: Json, typed: str) -> str:
    try:
        number = float(typed)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < float(least):
        return f"Please enter a number of at least {least}."
    if most is not None and number > float(most):
        return f"Please enter a number of at most {most}."
    return ""


def _wrong_email(element: Json, typed: str) -> str:  # noqa: ARG001 - as the other checks
    return "" if _EMAIL.fullmatch(typed) else "Please enter a valid email address."


def _wrong_url(element: Json, typed: str) -> str:  # noqa: ARG001 - as the other checks
    return "" if _URL.fullmatch(typed) else "Please enter a valid URL, such as https://example.com."


_CHECKS: Final[Mapping[str, Callable[[Json, str], str]]] = {
    "number_input": _wrong_number,
    "email_text_input": _wrong_email,
    "url_text_input": _wrong_url,
}


def _apply(ws: Workspace, user: User, view: View, body: Any) -> Json:
    """Do what the app answered to the submission."""
    answer = body if isinstance(body, dict) else {}
    action = answer.get("response_action")
    ws.stream.tell("view", user=user.id, view=view.id)
    if action is None:
        _take_off(ws, user, view)
        return {"action": "closed", "view": None}
    if action == "clear":
        ws.surfaces.stack(user.id).clear()
        return {"action": "closed", "view": None}
    if action == "errors":
        return {"ok": False, "errors": _errors(view, answer.get("errors"))}
    if action in {"update", "push"}:
        return _draw(ws, user, view, answer)
    raise _bad_answer(f"there is no response_action {action!r}")


def _errors(view: View, errors: Any) -> Json:
    inputs = {b["block_id"] for b in view.body["blocks"] if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise _bad_answer("errors must be an object that is not empty")
    strange = [block_id for block_id in errors if block_id not in inputs]
    if strange:
        raise _bad_answer(f"errors names {strange[0]!r}, which is no input block of the form")
    return errors


def _draw(ws: Workspace, user: User, view: View, answer: Json) -> Json:
    try:
        body = owned(ws, user, check_view(answer.get("view")))
        if body["type"] != "modal":
            raise Refused("invalid_arguments")
        if answer["response_action"] == "push":
            shown = ws.surfaces.push(user.id, body)
            return {"action": "pushed", "view": shown.with_state()}
        ws.surfaces.replace(view, body)
    except Refused as refusal:
        raise _bad_answer(
            f"its view is refused: {refusal.error} {dict(refusal.extra)}"
        ) from refusal
    return {"action": "updated", "view": view.with_state()}


def _bad_answer(what: str) -> ControlRefused:
    return ControlRefused("invalid_response", f"The app's answer cannot be used: {what}.")


def _take_off(ws: Workspace, user: User, view: View) -> None:
    stack = ws.surfaces.stack(user.id)
    if view in stack:
        stack.remove(view)


async def close(ask: Ask) -> Json:
    """Cancel a modal, and those above it; the app hears of it if it asked to."""
    user = ask.person()
    view = ask.view(user)
    stack = ask.ws.surfaces.stack(user.id)
    if view not in stack:
        raise ControlRefused("view_not_found", "Only a modal can be closed.")
    closed = stack[stack.index(view) :]
    if view.body["clear_on_close"]:
        closed = list(stack)
    del stack[len(stack) - len(closed) :]
    ask.ws.stream.tell("view", user=user.id, view=view.id)
    for gone in reversed(closed):
        if gone.body["notify_on_close"]:
            payload = closed_payload(ask.ws, user, gone, cleared=len(closed) > 1)
            await tell_app(ask.ws, "interactive", payload)
    return {"action": "closed"}


CALLS: Final[Mapping[str, ControlCall]] = {"submit": submit, "close": close}
