"""What the leads may read of all closed surveys, as a file for spreadsheets."""

from collections.abc import Iterator, Sequence
from typing import Final

from domain import zones
from domain.partnerships import Partnership
from domain.people import SIDES
from domain.pulse import Survey
from domain.pulse_questions import SurveyQuestion
from domain.pulse_results import Reading, result
from domain.questions import SCALE, YES_NO
from views.blocks import Drawn, plural, section
from views.pulse_questions import asked_plainly, side_named
from views.spreadsheets import COMES_DIRECTLY, Sheet, csv_text

NAME: Final = "pulse.csv"
_ANSWERS: Final = (*SCALE, *YES_NO)


def sheet(partnership: Partnership, surveys: Sequence[Survey]) -> Sheet:
    """The file, and what is said with it; averages of groups alone, never an answer."""
    names = " and ".join(side_named(partnership, side) for side in SIDES)
    about = f"{plural(len(surveys), 'pulse')} of {names}"
    head = ("Closed", "Question", "Side", "Answers", "Average", *_ANSWERS)
    return Sheet(
        name=NAME,
        title=f"Pulse of {partnership.client.name} and {partnership.vendor.name}"[:200],
        text=csv_text(head, _rows(partnership, surveys)),
        said=f"{about}.",
        comment=f"{plural(len(surveys), 'pulse')}: what groups of three and more answered.",
        sent=_line(f"{about}: {COMES_DIRECTLY}"),
        instead=_line("Slack did not take the file about the pulse. *As a file* tries again."),
    )


def nothing() -> Drawn:
    return _line("No pulse has closed here yet.")


def _rows(partnership: Partnership, surveys: Sequence[Survey]) -> Iterator[list[str]]:
    zone = partnership.side(partnership.home_side).calendar.zone
    for survey in surveys:
        closed = f"{zones.local(survey.closes_at, zone):%Y-%m-%d}"
        for question in survey.questions:
            for about, reading in _readings(partnership, survey, question):
                yield [closed, asked_plainly(question), *about, *_cells(reading)]


def _readings(
    partnership: Partnership, survey: Survey, question: SurveyQuestion
) -> Iterator[tuple[tuple[str, str], Reading]]:
    """What is shown of each group, below its name and how many of it answered."""
    tally = survey.results.get(question.position)
    found = result({} if tally is None else tally.counts)
    for side, reading in found.sides.items():
        yield (partnership.side(side).name, str(reading.answers)), reading
    if found.joint is not None:
        # The number of all would tell how many of a side of one or two answered.
        answers = "" if survey.hides_a_count else str(found.joint.answers)
        yield ("both sides", answers), found.joint


def _cells(reading: Reading) -> list[str]:
    average = f"{reading.alike}, all alike" if reading.alike else f"{reading.mean:.2f}"
    spread = reading.spread or {}
    return [average, *(str(spread.get(one, "")) for one in _ANSWERS)]


def _line(text: str) -> Drawn:
    return Drawn(text=text, blocks=(section(text),))
