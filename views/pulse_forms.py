"""A question of one's own: its form, its preview, and how both are read back."""

import json
from collections.abc import Mapping
from typing import Any, Final

from domain.errors import TouchbaseError
from domain.partnerships import Partnership
from domain.pulse import WORDS_MOST, Draft, Survey, own_field
from domain.pulse_plans import QUESTIONS_MOST
from domain.pulse_questions import FIRST, OwnQuestion, SurveyQuestion
from domain.pulse_results import SHOWN_FROM
from domain.questions import QuestionKind
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    field,
    modal,
    option,
    quoted,
    section,
    select,
    text_input,
)
from views.pulse import question, who_is_asked
from views.pulse_questions import asked_plainly

FORM: Final = "pulse.form"
PREVIEW: Final = "pulse.preview"
FORM_OPEN: Final = "pulse.form_open"
POST: Final = "pulse.post"

END_MOST: Final = 30
# Of each question: its words, how it is answered, and both ends.
_PARTS: Final = 4
_BACK: Final = "back"
_KINDS: Final[Mapping[QuestionKind, str]] = {
    "scale": "From 1 to 5",
    "yes_no": "Yes or no",
    "text": "In words",
}


class SpoiledQuestion(TouchbaseError):
    """A button or form of a question that cannot be read back."""


def form(partnership: Partnership, draft: Draft) -> dict[str, Any]:
    """The form of up to three questions; what was typed stands in it."""
    blocks: Blocks = [
        section(
            "Both sides answer the same questions: the first with one press in the channel, the"
            " others in a form."
        )
    ]
    for position in range(FIRST, QUESTIONS_MOST + 1):
        typed = draft.questions[position - 1 : position]
        blocks += _fields(position, typed[0] if typed else OwnQuestion(words=""))
    return modal(FORM, "Pulse", blocks, submit="Preview", metadata=_metadata(partnership, draft))


def preview_form(partnership: Partnership, draft: Draft, survey: Survey) -> dict[str, Any]:
    """The last page before the question is posted."""
    blocks: Blocks = [
        section(_asked_line(partnership, survey)),
        *_as_posted(partnership, survey),
    ]
    return modal(PREVIEW, "Pulse", blocks, submit="Post", metadata=_metadata(partnership, draft))


def preview(partnership: Partnership, draft: Draft, survey: Survey) -> Drawn:
    """The same in answer to words, with what posts it and what changes it."""
    line = _asked_line(partnership, survey)
    value = write(draft)
    change = [] if draft.looks_back else [button("Change", FORM_OPEN, value)]
    row = actions(button("Post", POST, value, style="primary"), *change)
    posted = question(partnership, survey, None)
    return Drawn(
        text=f"{line} {posted.text}",
        blocks=(section(line), *_as_posted(partnership, survey), row),
    )


def posted_answer() -> Drawn:
    """What stands in the place of the preview once it is posted."""
    text = "Posted. Both sides can answer now."
    return Drawn(text=text, blocks=(section(text),))


def ask_for_words(draft: Draft) -> Drawn:
    """The way to the form where none can open."""
    text = "What would you like to ask both sides? You see it as it will stand before it is posted."
    return Drawn(text=text, blocks=(section(text), actions(button("Ask", FORM_OPEN, write(draft)))))


def write(draft: Draft) -> str:
    """The draft as a button's value."""
    return json.dumps(_carried(draft), ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Draft:
    """The draft that a button carries.

    Raises:
        SpoiledQuestion: It carries none.
    """
    try:
        carried = json.loads(text)
    except ValueError as error:
        raise SpoiledQuestion from error
    if not isinstance(carried, dict):
        raise SpoiledQuestion
    return from_carried(carried)


def from_carried(carried: Mapping[str, Any]) -> Draft:
    """As `read`, from a form's metadata."""
    try:
        parts = str(carried["asks"]).split("\n") if carried["asks"] else []
        draft_id, partnership_id = str(carried["id"]), str(carried["partnership"])
    except KeyError as error:
        raise SpoiledQuestion from error
    if len(parts) % _PARTS:
        raise SpoiledQuestion
    questions = tuple(
        OwnQuestion(words=words[:WORDS_MOST], kind=_kind(kind), low=low, high=high)
        for words, kind, low, high in zip(*[iter(parts)] * _PARTS, strict=True)
    )
    looks_back = carried.get("looks") == _BACK
    return Draft(
        id=draft_id, partnership_id=partnership_id, questions=questions, looks_back=looks_back
    )


def typed(carried: Mapping[str, str], values: Mapping[str, object]) -> Draft:
    """The draft with what stands in the form; questions that were left open are left out."""
    every = [_typed(position, values) for position in range(FIRST, QUESTIONS_MOST + 1)]
    kept = tuple(one for one in every if one.words)
    # Without a first one there is nothing to press, whatever stands below it.
    asked = kept if every[0].words else ()
    return Draft(id=carried["id"], partnership_id=carried["partnership"], questions=asked)


def _fields(position: int, known: OwnQuestion) -> Blocks:
    is_first = position == FIRST
    words = text_input(
        initial=known.words,
        placeholder="How was the hand-over?" if is_first else "",
        most=WORDS_MOST,
    )
    kinds = {kind: name for kind, name in _KINDS.items() if not is_first or kind != "text"}
    chosen = known.kind if known.kind in kinds else "scale"
    offered = [option(name, kind) for kind, name in kinds.items()]
    label = "Question" if is_first else f"Question {position}"
    suffix = "" if is_first else f"_{position}"
    fields = [
        field(own_field(position), label, words, optional=not is_first),
        field(f"answers{suffix}", "Answered", select(offered, chosen)),
    ]
    if not is_first:
        return fields
    ends = (("low", "1 means", known.low, "not well"), ("high", "5 means", known.high, "very well"))
    return [*fields, *(_end(*one) for one in ends)]


def _end(name: str, label: str, known: str, usual: str) -> Block:
    return field(
        name, label, text_input(initial=known, placeholder=usual, most=END_MOST), optional=True
    )


def _typed(position: int, values: Mapping[str, object]) -> OwnQuestion:
    suffix = "" if position == FIRST else f"_{position}"
    kind = str(values.get(f"answers{suffix}") or "scale")
    if kind not in _KINDS:
        raise SpoiledQuestion
    ends = {end: str(values.get(f"{end}{suffix}") or "").strip() for end in ("low", "high")}
    words = str(values.get(own_field(position)) or "").strip()
    return OwnQuestion(words=words, kind=_kind(kind), low=ends["low"], high=ends["high"])


def _kind(text: str) -> QuestionKind:
    return "yes_no" if text == "yes_no" else "text" if text == "text" else "scale"


def _asks(draft: Draft) -> str:
    # One layer of JSON only. Slack: private_metadata <= 3000 characters
    parts = [part for one in draft.questions for part in (one.words, one.kind, one.low, one.high)]
    return "\n".join(" ".join(part.split()) for part in parts)


def _metadata(partnership: Partnership, draft: Draft) -> str:
    carried = _carried(draft) | {"channel": partnership.channel}
    return json.dumps(carried, ensure_ascii=False)


def _carried(draft: Draft) -> dict[str, str]:
    carried = {"id": draft.id, "partnership": draft.partnership_id, "asks": _asks(draft)}
    return carried | ({"looks": _BACK} if draft.looks_back else {})


def _as_posted(partnership: Partnership, survey: Survey) -> list[Block]:
    """The post without its buttons: in a preview nothing can be answered."""
    drawn = question(partnership, survey, None)
    posted = [dict(block) for block in drawn.blocks if block["type"] != "actions"]
    besides = [_besides(one) for one in survey.questions[1:]]
    return [*posted, *([context(*besides)] if besides else [])]


def _besides(question: SurveyQuestion) -> str:
    when = "After a 1 or 2" if question.code == "help" else "Then"
    return f"{when}: {quoted(asked_plainly(question))}"


def _asked_line(partnership: Partnership, survey: Survey) -> str:
    line = f"Asked in the channel: {who_is_asked(partnership, survey.asked)}."
    if all(count < SHOWN_FROM for count in survey.asked.values()):
        return f"{line} With fewer than three people on each side no result can be shown."
    if survey.looks_back and not survey.may_show_comments:
        return f"{line} With so few people nothing of what they write can be shown."
    return line
