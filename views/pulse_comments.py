"""What people wrote in a survey, as its leads read it; whether it may be kept is not said here."""

from collections.abc import Sequence

from domain.partnerships import Partnership
from domain.pulse import Survey
from domain.pulse_questions import SurveyQuestion
from domain.pulse_results import Group
from views.blocks import SECTION_TEXT_MOST, bulleted, quoted
from views.pulse_questions import side_named, wording_of


def comment_lines(
    partnership: Partnership, survey: Survey, question: SurveyQuestion, most: int = 10
) -> Sequence[str]:
    """What was written to one question, by side, each on a line of its own; ``most`` of a side."""
    topic = f"*{wording_of(question).topic}*"
    tally = survey.results.get(question.position)
    comments = {} if tally is None else tally.comments
    return [
        line
        for group, said in comments.items()
        if said
        for line in (
            f"{topic}, {_group_named(partnership, group)}:",
            *bulleted(map(quoted, said), most).splitlines(),
        )
    ]


def in_sections(lines: Sequence[str]) -> list[str]:
    """The lines below each other, in as few sections as hold them."""
    found: list[str] = []
    for line in lines:
        joined = f"{found[-1]}\n{line}" if found else ""
        if found and len(joined) <= SECTION_TEXT_MOST:
            found[-1] = joined
        else:
            found.append(line)
    return found


def _group_named(partnership: Partnership, group: Group) -> str:
    return "both sides together" if group == "both" else side_named(partnership, group)
