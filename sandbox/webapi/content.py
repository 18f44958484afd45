"""What a message may say: text, blocks, attachments and metadata, checked as Slack does."""

from typing import Any, Final

from sandbox.blocks import Problem, block_problems, view_problems
from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.webapi.call import Call, metadata

MOST_TEXT: Final = 40_000  # Slack: longer text is cut off
MOST_ATTACHMENTS: Final = 100  # Slack: too_many_attachments
MOST_METADATA_BYTES: Final = 16_000  # not published by Slack


def content(call: Call) -> Json:
    """``text``, ``blocks``, ``attachments`` and ``metadata`` as far as the call gives them.

    Raises:
        Refused: They break one of Slack's rules.
    """
    given: Json = {}
    if call.args.get("text") is not None:
        given["text"] = str(call.args["text"])[:MOST_TEXT]
    blocks = call.decoded("blocks", wrong="invalid_blocks_format")
    if blocks is not None:
        check_blocks(blocks)
        given["blocks"] = blocks
    attachments = call.decoded("attachments")
    if attachments is not None:
        _check_attachments(attachments)
        given["attachments"] = attachments
    event = call.decoded("metadata", wrong="invalid_metadata_format")
    if event is not None:
        _check_metadata(event)
        given["metadata"] = event
    return given


def says_something(given: Json) -> bool:
    return any(given.get(key) for key in ("text", "blocks", "attachments"))


def check_blocks(blocks: object) -> None:
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    _refuse(block_problems(blocks, surface="message"), "invalid_blocks")


def check_view(view: object) -> Json:
    """The view if Slack would take it.

    Raises:
        Refused: ``invalid_arguments`` with what is wrong, or ``view_too_large``.
    """
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", response_metadata=metadata("[ERROR] missing: view"))
    _refuse(view_problems(view), "invalid_arguments")
    return view


def _refuse(problems: list[Problem], code: str) -> None:
    if not problems:
        return
    # Some limits have an error of their own; everything else goes by the method's.
    own = [problem.code for problem in problems if problem.code != "invalid_blocks"]
    lines = [f"[ERROR] {p.message} [json-pointer:{p.pointer}]" for p in problems]
    raise Refused(own[0] if own else code, response_metadata=metadata(*lines))


def _check_attachments(attachments: object) -> None:
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Refused("too_many_attachments")


def _check_metadata(event: object) -> None:
    """An empty object is allowed: in an update it takes the metadata away."""
    if not isinstance(event, dict):
        raise Refused("invalid_metadata_format")
    if not event:
        return
    kind, payload = event.get("event_type"), event.get("event_payload")
    if not isinstance(kind, str) or not kind or not isinstance(payload, dict):
        raise Refused("invalid_metadata_format")
    if any(_is_deep(value) for value in payload.values()):
        raise Refused("invalid_metadata_schema")
    if len(str(event)) > MOST_METADATA_BYTES:
        raise Refused("metadata_too_large")


def _is_deep(value: Any) -> bool:
    if isinstance(value, list):
        return any(isinstance(item, (dict, list)) for item in value)
    return isinstance(value, dict) and any(isinstance(v, (dict, list)) for v in value.values())
