"""What came of a pulse survey: for the leads by side, for the channel together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from domain.lessons import Lessons
from domain.partnerships import Partnership
from domain.people import SIDES, Side, other_side
from domain.pulse import Survey
from domain.pulse_outcomes import Outcome
from domain.pulse_plans import Means
from domain.pulse_questions import ROTATION, SurveyQuestion
from domain.pulse_results import Group, Reading, Result
from domain.pulse_talks import Reason
from domain.pulse_trends import WEEKS, Change, levels
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    modal,
    section,
)
from views.charts import Figures, in_words
from views.daily_sections import Piece, Section
from views.lessons import listed, open_button
from views.pulse_comments import comment_lines, in_sections
from views.pulse_questions import answers_words, number_words, side_named, title_of, wording_of

RESULTS: Final = "pulse.results"
RESULTS_VIEW: Final = "pulse.results_view"
TALK: Final = "pulse.talk"
FILE: Final = "pulse.file"
LOOK_BACK: Final = "pulse.look_back"

# What a week was about, short enough for a chart.
_SHORT: Final[Mapping[str, str]] = {code: code for code in ROTATION}
_UNIT: Final = "From 1 to 5"
_TOGETHER: Final = "Both sides"
_NOTHING_CLOSED: Final = "No pulse has closed here yet."
# One may have closed, which its leads read first.
_NOTHING_TOLD: Final = (
    "Nothing to read about a pulse yet: what comes of one is told a working day after it closes."
)
_WHY: Final[Mapping[Reason, str]] = {
    "alike": "low, and all alike",
    "low": "it is low",
    "apart": "you see it differently",
    "falling": "the answers have been falling",
}


def channel_result(partnership: Partnership, outcome: Outcome, means: Means) -> Drawn:
    """What everybody reads of the answers."""
    survey = outcome.survey
    lines = [_joint_text(outcome)]
    if means == "channel":
        lines += _means_lines(partnership, outcome)
    talk = outcome.talk
    if talk is not None:
        topic = wording_of(_question(survey, talk.position)).topic
        lines.append(f"Worth a few minutes together: *{topic}*.")
    row = [button("Results", RESULTS, survey.partnership_id), *_next_steps(outcome)]
    buttons = actions(*row, block_id="results")
    text = "\n".join(lines)
    return Drawn(text=text, blocks=(section(text), buttons))


def leads_result(partnership: Partnership, outcome: Outcome) -> Drawn:
    """What the leads of both sides read, each the same."""
    lines = _leads_lines(partnership, outcome)
    head = _head(partnership)
    blocks: Blocks = [context(head), *map(section, in_sections(lines))]
    return Drawn(text=f"{head}. {' '.join(lines)}", blocks=(*blocks, *_next_row(outcome)))


def leads_section(partnership: Partnership, side: Side, outcomes: Iterable[Outcome]) -> Section:
    """The same in the daily message of a lead of ``side``."""
    drawn = [leads_result(partnership, outcome) for outcome in outcomes]
    return Section(
        partnership_id=partnership.id,
        partner=side_named(partnership, other_side(side)),
        pieces=tuple(Piece(line=one.text, blocks=one.blocks) for one in drawn),
        more=button("Results", RESULTS, partnership.id),
    )


def latest(
    partnership: Partnership,
    outcome: Outcome | None,
    means: Means,
    *,
    for_lead: bool,
    learned: Sequence[Lessons] = (),
) -> Drawn:
    """The newest results for one person, with the weeks before in words, and what was learned."""
    look_back = look_back_button(partnership.id)
    row = [button("As a file", FILE, partnership.id), look_back] if for_lead else []
    if outcome is None:
        text = _NOTHING_CLOSED if for_lead else _NOTHING_TOLD
        below = [actions(look_back, block_id="file")] if for_lead else []
        return Drawn(text=text, blocks=(section(text), *below))
    if for_lead:
        drawn = leads_result(partnership, outcome)
    else:
        drawn = channel_result(partnership, outcome, means)
    shown = figures(partnership, outcome, by_side=for_lead or means == "channel")
    weeks = "" if shown is None else f"*{shown.title}*\n{in_words(shown)}"
    more = [text for text in (weeks, *listed(partnership, learned)) if text]
    buttons = [actions(*row, block_id="file")] if row else []
    return Drawn(
        text="\n".join((drawn.text, *more)),
        blocks=(*drawn.blocks, *map(section, more), *buttons),
    )


def results_view(drawn: Drawn, wrote: Sequence[str] = ()) -> Block:
    """The same as a form without fields: everybody is sure to see it.

    Args:
        wrote: What was written, in sections, where it is longer than the results say.
    """
    blocks = [*map(dict, drawn.blocks), *map(section, wrote)]
    return modal(RESULTS_VIEW, "Pulse", blocks)


def results_button(partnership_id: str) -> Block:
    return actions(button("Results", RESULTS, partnership_id), block_id="results")


def look_back_button(partnership_id: str) -> Block:
    return button("Look back together", LOOK_BACK, partnership_id)


def talk_button(survey: Survey) -> Block:
    return button("Put it on the agenda", TALK, survey.id)


def talk_words(survey: Survey, position: int) -> str:
    """The point as it stands on an agenda; typed words of a question are as they were typed."""
    question = _question(survey, position)
    topic = question.words if question.code == "own" else wording_of(question).topic
    return f"From the pulse: {topic or 'a question'}"


def figures(partnership: Partnership, outcome: Outcome, *, by_side: bool) -> Figures | None:
    """The last weeks as numbers; None before there are two of them."""
    named: dict[Group, str] = {"both": _TOGETHER}
    if by_side:
        named = {side: partnership.side(side).name for side in SIDES}
    found = {group: levels(outcome.points, group) for group in named}
    weeks = sorted({one.week_on for every in found.values() for one in every})
    if len(weeks) < 2:
        return None
    means = {group: {one.week_on: one.mean for one in every} for group, every in found.items()}
    return Figures(
        title=f"Pulse of the last {number_words(WEEKS)} weeks",
        labels=[_label(outcome, week_on) for week_on in weeks],
        series={named[group]: [means[group].get(on) for on in weeks] for group in named},
        unit=_UNIT,
        moments="Week of",
    )


def _label(outcome: Outcome, week_on: date) -> str:
    """The week, and where it was one of ours alone the question that was asked: they take turns."""
    asked = {point.question for point in outcome.points if point.week_on == week_on}
    short = _SHORT.get(asked.pop(), "") if len(asked) == 1 else ""
    return f"{week_on.day} {week_on:%b} {short}".rstrip()


def reading_words(question: SurveyQuestion, reading: Reading) -> str:
    """One group's answers in short: "3.8", "60 % yes", or that few are all alike."""
    if reading.alike is not None:
        return f"{reading.alike}, all alike{': talk' if reading.alike == 'low' else ''}"
    if question.kind == "yes_no":
        return f"{round(reading.mean * 100)} % yes"
    return f"{reading.mean:.1f}"


def _leads_lines(partnership: Partnership, outcome: Outcome) -> list[str]:
    survey = outcome.survey
    lines: list[str] = []
    for question in survey.questions:
        lines += _question_lines(partnership, outcome, question)
    lines += _gap_lines(outcome)
    lines += _change_lines(partnership, outcome)
    lines += _response_lines(partnership, survey)
    if outcome.talk is not None:
        topic = wording_of(_question(survey, outcome.talk.position)).topic
        lines.append(f"Worth a few minutes together: *{topic}*, as {_WHY[outcome.talk.reason]}.")
    return lines


def _next_row(outcome: Outcome) -> Blocks:
    row = _next_steps(outcome)
    return [actions(*row, block_id=f"talk-{outcome.survey.id}")] if row else []


def _next_steps(outcome: Outcome) -> Blocks:
    """Buttons for what can follow from it: a talk, and lessons after a look back."""
    survey = outcome.survey
    talk = [] if outcome.talk is None else [talk_button(survey)]
    return [*talk, open_button(survey.id)] if survey.looks_back else talk


def _joint_text(outcome: Outcome) -> str:
    survey = outcome.survey
    title, answers = title_of(survey), answers_words(survey)
    found = outcome.results.get(survey.first.position)
    if not survey.has_answers:
        return f"{title}: no answers this time."
    if found is not None and found.joint is not None:
        said = _of_five(survey.first, found.joint)
        return f"{title}: {said}{answers}. Thank you.{_joint_besides(outcome)}"
    if found is not None and found.sides:
        return (
            f"{title}{answers or ': closed'}, but one side gave too few, so nothing is shown here."
            " The leads see what the other side answered on average. Thank you."
        )
    return f"{title}{answers or ': closed'}, too few to show. Thank you."


def _joint_besides(outcome: Outcome) -> str:
    said = []
    for question in outcome.survey.questions[1:]:
        found = outcome.results.get(question.position)
        if found is not None and found.joint is not None:
            words = _of_five(question, found.joint)
            said.append(f" {wording_of(question).topic}: {words}.")
    return "".join(said)


def _means_lines(partnership: Partnership, outcome: Outcome) -> list[str]:
    """Where both leads agreed to it, and only of what both sides may be shown."""
    return [
        f"{wording_of(question).topic}: {_side_words(partnership, question, found)}."
        for question in outcome.survey.questions
        if (found := outcome.results.get(question.position)) is not None
        and len(found.sides) == len(SIDES)
    ]


def _of_five(question: SurveyQuestion, reading: Reading) -> str:
    of_five = " of 5" if question.kind == "scale" and not reading.alike else ""
    return f"{reading_words(question, reading)}{of_five}"


def _question_lines(
    partnership: Partnership, outcome: Outcome, question: SurveyQuestion
) -> Sequence[str]:
    topic = f"*{wording_of(question).topic}*"
    if question.position in outcome.results:
        found = outcome.results[question.position]
        return [
            f"{topic}: {_side_words(partnership, question, found)}.",
            *_spread_lines(partnership, question, found),
        ]
    return comment_lines(partnership, outcome.survey, question)


def _side_words(partnership: Partnership, question: SurveyQuestion, found: Result) -> str:
    if found.joint is not None and not found.sides:
        return f"both sides together {reading_words(question, found.joint)}"
    return ", ".join(
        f"{side_named(partnership, side)} {reading_words(question, found.sides[side])}"
        if side in found.sides
        else f"{side_named(partnership, side)}: too few answers to show"
        for side in SIDES
    )


def _spread_lines(
    partnership: Partnership, question: SurveyQuestion, found: Result
) -> Sequence[str]:
    """How often each answer was given, of groups in which nobody stands out by it."""
    if question.kind != "scale":
        return ()
    spreads = {side: one.spread for side, one in found.sides.items() if one.spread is not None}
    return [
        f"{side_named(partnership, side)}: "
        + ", ".join(
            f"{number_words(count)} chose {answer}"
            for answer, count in sorted(spread.items())
            if count
        )
        for side, spread in spreads.items()
    ]


def _gap_lines(outcome: Outcome) -> list[str]:
    if not any(found.is_apart for found in outcome.results.values()):
        return []
    return ["You see it differently; the next check-in is a good place to talk about it."]


def _change_lines(partnership: Partnership, outcome: Outcome) -> list[str]:
    """How the same questions went over the weeks, once they were asked of enough people twice."""
    changes = {side: outcome.changes[side] for side in SIDES}
    if all(one.trend == "too_few" for one in changes.values()):
        return []
    said = [f"{side_named(partnership, side)} {_change_words(changes[side])}" for side in SIDES]
    since = f"Over the last {number_words(WEEKS)} weeks, on the same questions"
    return [f"{since}: {', '.join(said)}."]


def _change_words(change: Change) -> str:
    by = abs(change.by or 0)
    words: dict[str, Callable[[], str]] = {
        "too_few": lambda: "too few answers to tell",
        "steady": lambda: "about the same",
        "rising": lambda: f"rising by {by:.1f}",
        "falling": lambda: f"falling by {by:.1f}",
    }
    return words[change.trend]()


def _response_lines(partnership: Partnership, survey: Survey) -> list[str]:
    told = survey.answered_by_side
    if len(told) < len(SIDES):
        # Beside the number of all answers one side's would tell the other's.
        return []
    counted = [f"{side_named(partnership, s)} {told[s]} of {survey.asked[s]}" for s in SIDES]
    return [f"Answered: {', '.join(counted)}."]


def _question(survey: Survey, position: int) -> SurveyQuestion:
    return next(one for one in survey.questions if one.position == position)


def _head(partnership: Partnership) -> str:
    return " ".join(
        ("Pulse of", side_named(partnership, "client"), "and", side_named(partnership, "vendor"))
    )
