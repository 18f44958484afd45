from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from domain.compliance import Period
from domain.partnerships import NotListed
from sandbox.blocks import view_problems
from services import home
from services import kept as services
from tests.partners import MONDAY_NOON
from tests.partnership_store import Stage, staged
from views.compliance import period_value
from views.words.commands import read_command
from views.words.verbs import NewDeliverable, ReportDeliverables
from views.words.writer import Writer

DAY = timedelta(days=1)
NOVEMBER = Period(first_on=date(2026, 11, 1))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def report(stage: Stage, period: Period = NOVEMBER) -> str:
    verb = ReportDeliverables(period=period)
    return services.report_here(stage.deps, stage.who("U0ANA"), verb, MONDAY_NOON + 5 * DAY).text


def test_each_side_reads_how_promises_were_kept_and_never_whose(stage: Stage) -> None:
    for number in range(4):
        stage.owes(
            title=f"Deck {number}",
            state="done",
            closed_at=MONDAY_NOON + (number // 3) * 2 * DAY,
            first_due_at=MONDAY_NOON if number == 2 else MONDAY_NOON + DAY,
            due_at=MONDAY_NOON + DAY,
        )
    stage.owes(title="Pricing", audience="leads", state="done", closed_at=MONDAY_NOON)
    stage.owes(title="Forecast", side="client", owner_id=stage.maria)

    said = report(stage)

    assert "*Globalcall*: of 4 deliverables 3 kept at the first date, 3 at the last one." in said
    assert "*Acme*: 1 deliverable due, too few to count." in said
    assert "Ana" not in said
    assert "nothing was due" in report(stage, Period(first_on=date(2026, 9, 1)))


def test_a_time_for_which_there_is_no_report_is_answered_with_those_there_are(
    stage: Stage,
) -> None:
    verb = ReportDeliverables(period=None, words="last year")

    said = services.report_here(stage.deps, stage.who("U0ANA"), verb, MONDAY_NOON)
    public = services.opener_here(stage.deps, stage.who("U0ANA"), verb)

    assert said == public
    assert said.text.startswith("I report on a month or a quarter, and “last year” is neither.")
    assert "deliverable.report" in str(said.blocks)


def test_the_report_in_a_form_offers_other_months(stage: Stage) -> None:
    value = period_value(stage.partnership.id, NOVEMBER)

    view = services.form_of(stage.deps, stage.who("U0ANA"), value, MONDAY_NOON)

    assert view_problems(view) == []
    (months,) = view["blocks"][-1]["elements"]
    offered = [one["text"]["text"] for one in months["options"]]
    assert offered == ["This month", "Last month", "This quarter"]
    assert months["initial_option"]["value"] == value


def test_who_is_on_no_list_reads_no_figures(stage: Stage) -> None:
    stage.person("U0EVE", ("vendor", "observer", True))

    with pytest.raises(NotListed):
        services.form_of(stage.deps, stage.who("U0EVE"), stage.partnership.id, MONDAY_NOON)


@pytest.mark.parametrize(
    ("command", "words", "period"),
    [
        ("/deliverable", "report", NOVEMBER),
        ("/deliverable", "report last month", Period(first_on=date(2026, 10, 1))),
        ("/touchbase", "promises this quarter", Period(first_on=date(2026, 10, 1), months=3)),
        ("/touchbase", "deliverable report october", Period(first_on=date(2026, 10, 1))),
        ("/deliverable", "report on refunds by friday", None),
    ],
)
def test_words_for_the_report_are_not_taken_for_a_title(
    command: str, words: str, period: Period | None
) -> None:
    writer = Writer(now=MONDAY_NOON, zone="America/New_York", date_order="MDY")

    verb = read_command(command, words, writer)

    if period is None:
        assert isinstance(verb, NewDeliverable)
    else:
        assert verb == ReportDeliverables(period=period)


def test_a_lead_finds_this_month_in_the_home_tab(stage: Stage) -> None:
    for number in range(3):
        stage.owes(title=f"Deck {number}", state="done", closed_at=MONDAY_NOON)

    home.publish(stage.deps, stage.who("U0ANA"), MONDAY_NOON + 2 * DAY)

    (row,) = stage.said("home")
    assert "of 3 deliverables 3 kept at the first date" in str(row.payload)
    assert "*Acme*: nothing was due." in str(row.payload)
