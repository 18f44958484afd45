"""Blocks that Slack knows and the sandbox's page does not draw: only the limits that are known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.block_objects import any_text, plain_text
from sandbox.block_rules import Across, Problem, Rule, Shape, array, one_of, string, typed
from sandbox.block_tables import BLOCK_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenShape:
    """As ``Shape``, but fields that it does not know are taken: Slack may know them."""

    required: Mapping[str, Rule]
    optional: Mapping[str, Rule]
    across: Across | None = None

    def __call__(self, value: object, at: str) -> Iterator[Problem]:
        closed = Shape(required=self.required, optional=self.optional, across=self.across)
        if isinstance(value, Mapping):
            known = {"type", *self.required, *self.optional}
            value = {name: content for name, content in value.items() if name in known}
        yield from closed(value, at)


def _says_something(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if all(value.get(name) is None for name in ("hero_image", "title", "actions", "body")):
        yield Problem(at, "needs hero_image, title, actions or body")


def _an_object(value: object, at: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield Problem(at, "must be an object")


_ACTIONS: Final = typed(
    {
        name: OpenShape(required={}, optional={"action_id": string(255)})
        for name in ("feedback_buttons", "icon_button")
    },
    "element",
)
# Slack: title and subtitle of a card <= 150 characters, body <= 200.
_CARD: Final = OpenShape(
    required={},
    optional={
        **BLOCK_ID,
        "title": any_text(150),
        "subtitle": any_text(150),
        "body": any_text(200),
        "hero_image": _an_object,
        "actions": array(_an_object, at_most=25),
    },
    across=_says_something,
)
_TASK: Final = OpenShape(
    required={"task_id": string(255), "title": string(3000)},
    optional={**BLOCK_ID, "status": one_of("pending", "in_progress", "complete", "error")},
)
# Slack: title of a video < 200 characters, its author's name < 50.
_VIDEO: Final = OpenShape(
    required={
        "alt_text": string(2000),
        "title": plain_text(199),
        "thumbnail_url": string(3000),
        "video_url": string(3000),
    },
    optional={**BLOCK_ID, "author_name": string(49), "description": plain_text(3000)},
)
_CAROUSEL: Final = OpenShape(
    required={"elements": array(typed({"card": _CARD}, "card"), at_most=10)}, optional=BLOCK_ID
)
_FILE: Final = OpenShape(
    required={"external_id": string(255), "source": one_of("remote")}, optional=BLOCK_ID
)
UNDRAWN_EVERYWHERE: Final[Mapping[str, Rule]] = {"card": _CARD, "video": _VIDEO}
UNDRAWN_IN_HOME: Final[Mapping[str, Rule]] = {"carousel": _CAROUSEL}
UNDRAWN_IN_MESSAGES: Final[Mapping[str, Rule]] = {
    "call": OpenShape(required={"call_id": string(255)}, optional=BLOCK_ID),
    "carousel": _CAROUSEL,
    "container": OpenShape(
        required={"child_blocks": array(_an_object, at_most=10)}, optional=BLOCK_ID
    ),
    "context_actions": OpenShape(
        required={"elements": array(_ACTIONS, at_most=5)}, optional=BLOCK_ID
    ),
    "file": _FILE,
    "plan": OpenShape(
        required={"title": string(3000)}, optional={**BLOCK_ID, "tasks": array(_TASK, at_most=50)}
    ),
    "task_card": _TASK,
}
UNDRAWN: Final = frozenset({*UNDRAWN_EVERYWHERE, *UNDRAWN_IN_MESSAGES})
