"""What both sides agreed on about their pulse: in words, and the form that proposes it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.pulse import WORDS_MOST
from domain.pulse_plans import OWN_MOST, QUESTIONS_MOST, PulsePlan, plan_of
from views.blocks import (
    Block,
    Blocks,
    button,
    modal,
    option,
    plural,
    quoted,
    section,
    select,
    text_input,
)
from views.blocks import field as form_field
from views.pulse_questions import number_words

OPEN: Final = "pulse.plan"
FORM: Final = "pulse.plan_view"

_NAME_MOST: Final = 60
_LEADS_ANSWER: Final = "signed"
_QUARTERLY: Final = "quarterly"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRead:
    """The form read back: the plan, or a sentence under each field that needs a change."""

    plan: PulsePlan | None
    errors: Mapping[str, str] = field(default_factory=dict)


def plan_words(plan: PulsePlan) -> str:
    """In one breath, as it stands behind "the pulse"."""
    asked = f"{number_words(plan.questions)} question{'' if plan.questions == 1 else 's'} a week"
    told = {
        "leads": "each side's average for the leads alone",
        "channel": "each side's average in the channel, too",
    }
    parts = [asked, told[plan.means]]
    if plan.own:
        own = "; ".join(quoted(words, WORDS_MOST) for words in plan.own)
        parts.append(f"with {plural(len(plan.own), 'question')} of our own ({own})")
    if plan.is_signed:
        parts.append("signed by the leads where a side is of one or two")
    if plan.is_quarterly:
        parts.append("once a quarter the leads about the partnership itself")
    return ", ".join(parts)


def plan_line(partnership: Partnership) -> Block:
    """Inside the settings: how it is, and the button that opens the form."""
    text = f"*The pulse*: {plan_words(plan_of(partnership.pulse))}."
    return section(text, accessory=button("Change", OPEN, partnership.id), block_id="pulse_plan")


def form(partnership: Partnership, side: Side, waiting: Sequence[Block] = ()) -> Block:
    """What a lead of ``side`` proposes to both.

    Args:
        waiting: A proposal that stands, with what the lead can press.
    """
    plan = plan_of(partnership.pulse)
    other = quoted(partnership.side(other_side(side)).name, _NAME_MOST)
    blocks: Blocks = [
        *waiting,
        section(
            f"For both sides: it holds once a lead of {other} agrees, from the next survey on; who"
            " reads the averages at once, also those of the weeks before."
        ),
        form_field("questions", "Questions a week", _questions(plan)),
        form_field(
            "own",
            "Questions of your own",
            text_input(
                initial="\n".join(plan.own),
                placeholder="How well did the hand-overs go?",
                multiline=True,
                most=OWN_MOST * (WORDS_MOST + 1),
            ),
            hint=f"One a line, up to {number_words(OWN_MOST)}; answered from 1, not well, to 5,"
            " very well. They take their turn after the usual five.",
            optional=True,
        ),
        form_field("means", "The average of each side", _means(plan)),
        form_field("more", "Besides", _more(plan), optional=True),
    ]
    metadata = json.dumps({"partnership": partnership.id, "channel": partnership.channel})
    return modal(FORM, "Pulse", blocks, submit="Propose", metadata=metadata)


def read_form(values: Mapping[str, object]) -> PlanRead:
    """What was answered."""
    own = [line.strip() for line in str(values.get("own") or "").splitlines() if line.strip()]
    wrong = _own_trouble(own)
    if wrong is not None:
        return PlanRead(plan=None, errors={"own": wrong})
    chosen = values.get("more")
    more = chosen if isinstance(chosen, tuple) else (chosen,)
    plan = PulsePlan(
        questions=int(str(values.get("questions") or 1)),
        own=tuple(own),
        means="channel" if values.get("means") == "channel" else "leads",
        is_signed=_LEADS_ANSWER in more,
        is_quarterly=_QUARTERLY in more,
    )
    return PlanRead(plan=plan)


def _own_trouble(own: Sequence[str]) -> str | None:
    if len(own) > OWN_MOST:
        return f"Up to {number_words(OWN_MOST)} questions, please; these are {len(own)}."
    if len(set(own)) < len(own):
        return "The same question stands there twice."
    longest = max(map(len, own), default=0)
    if longest > WORDS_MOST:
        return f"A question has up to {WORDS_MOST} characters; the longest here has {longest}."
    return None


def _questions(plan: PulsePlan) -> Block:
    options = [
        option("One: one press and done", "1"),
        *(
            option(f"{number_words(n).capitalize()}: one press, the rest in a form", str(n))
            for n in range(2, QUESTIONS_MOST + 1)
        ),
    ]
    return select(options, str(plan.questions), "radio_buttons")


def _means(plan: PulsePlan) -> Block:
    options = [
        option("For the leads alone; the channel reads both sides together", "leads"),
        option("In the channel, too", "channel"),
    ]
    return select(options, plan.means, "radio_buttons")


def _more(plan: PulsePlan) -> Block:
    options = {
        _LEADS_ANSWER: "Where a side is of one or two, the leads answer openly",
        _QUARTERLY: "Once a quarter ask the leads about trust, terms, and going on",
    }
    chosen = {_LEADS_ANSWER: plan.is_signed, _QUARTERLY: plan.is_quarterly}
    drawn = {value: option(text, value) for value, text in options.items()}
    initial = [drawn[value] for value, is_on in chosen.items() if is_on]
    return {
        "type": "checkboxes",
        "action_id": "value",
        "options": list(drawn.values()),
        **({"initial_options": initial} if initial else {}),
    }
