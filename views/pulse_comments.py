"""What people wrote in a survey, as its leads read it; whether it may be kept is not said here."""

from collections.abc import Sequence
from typing import Final

from domain.partnerships import Partnership
from domain.pulse import Survey
from domain.pulse_questions import SurveyQuestion
from domain.pulse_results import Group
from views.blocks import SECTION_TEXT_MOST, quoted
from views.pulse_questions import side_named, wording_of

_SHOWN: Final = 10
_SHORT: Final = 200
# As long as a field of a form lets somebody write, less what stands around it.
_LONG: Final = 2900
_IN_FULL_MOST: Final = 200
# Slack: blocks in a modal <= 100; the results themselves stand above.
_SECTIONS_MOST: Final = 60


def comment_lines(
    partnership: Partnership,
    survey: Survey,
    question: SurveyQuestion,
    most: int = _SHOWN,
    length: int = _SHORT,
) -> Sequence[str]:
    """What was written to one question, by side, each on a line of its own; ``most`` of a side.

    Args:
        length: So many characters of each.
    """
    topic = f"*{wording_of(question).topic}*"
    tally = survey.results.get(question.position)
    comments = {} if tally is None else tally.comments
    return [
        line
        for group, said in comments.items()
        if said
        for line in (
            f"{topic}, {_group_named(partnership, group)}:",
            *(f"• {quoted(one, length)}" for one in said[:most]),
            *([f"…and {len(said) - most} more"] if len(said) > most else []),
        )
    ]


def written_in_full(partnership: Partnership, survey: Survey) -> list[str]:
    """All that was written, in sections of a form; nothing where the results say all of it."""
    groups = [said for tally in survey.results.values() for said in tally.comments.values()]
    if not any(len(said) > _SHOWN or max(map(len, said), default=0) > _SHORT for said in groups):
        return []
    lines = [
        line
        for one in survey.questions
        for line in comment_lines(partnership, survey, one, _IN_FULL_MOST, _LONG)
    ]
    sections = in_sections(["*All that was written*", *lines])
    more = ["More was written than finds room here."] if len(sections) > _SECTIONS_MOST else []
    return [*sections[:_SECTIONS_MOST], *more]


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
