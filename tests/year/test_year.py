"""A year of two companies: nobody is disturbed, no step is lost or doubled, no date moves alone."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import HealthCheck, given, settings

from tests.year import judge, sponsors, steps
from tests.year.life import begun, known_ids
from tests.year.plans import Plan, plans
from tests.year.record import Record
from tests.year.run import lived

# More is asked for by hand, as ``make faults`` does: each example is some weeks of the year.
EXAMPLES: Final = int(os.environ.get("YEAR_EXAMPLES", "4"))
WEEKS: Final = int(os.environ.get("YEAR_WEEKS", "3"))
THINGS: Final = 4 * WEEKS


@settings(
    max_examples=EXAMPLES,
    derandomize="YEAR_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(plan=plans(WEEKS, THINGS))
def test_whatever_happens_in_a_year_what_people_were_promised_holds(plan: Plan) -> None:
    with TemporaryDirectory() as folder, known_ids():
        life = begun(Path(folder), plan)
        faults = judge.watch(life)
        try:
            lived(life)
            faults += judged(life)
        finally:
            life.store.close()

    assert faults == []


def judged(record: Record) -> list[str]:
    """Every fault that can be told once all is over."""
    told = steps.told_steps(record)
    return [
        *judge.twice_a_day(record),
        *steps.wrong_steps(record, told),
        *steps.too_many(told),
        *steps.early_leads(record, told),
        *sponsors.unfair(record),
        *steps.missed_or_doubled(record, told)[0],
        *judge.unexplained_dates(record),
        *judge.wrong_clocks(record),
    ]
