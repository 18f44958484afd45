"""The same over HTTP and WebSocket: people type and press, and the bot is a process that dies."""

import os
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Final

import pytest

from tests.year import judge
from tests.year.plans import plan_of
from tests.year.presses import do
from tests.year.run import all_acts
from tests.year.test_year import judged
from tests.year.wire import WireLife, beginning

# Whole years are played by hand, as ``make faults`` does: in them the bot dies wherever it is.
SEEDS: Final = range(1, 1 + int(os.environ.get("YEAR_WIRE_SEEDS", "1")))
WEEKS: Final = int(os.environ.get("YEAR_WIRE_WEEKS", "2"))
A_WEEK: Final = 4
IS_CAMPAIGN: Final = "YEAR_WIRE_SEEDS" in os.environ
# In the suite it dies between two things that it does, after each so many acts, for so long.
ACTS_A_LIFE: Final = 9
MINUTES_AWAY: Final = (0, 240, 30, 1440)


@pytest.mark.timeout(120 + 60 * WEEKS)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_people_were_promised_holds_over_the_wire_too(tmp_path: Path, seed: int) -> None:
    plan = plan_of(seed, WEEKS, A_WEEK * WEEKS)
    with beginning(tmp_path, plan if IS_CAMPAIGN else replace(plan, deaths=())) as life:
        faults = judge.watch(life)
        _lived(life)
        faults += [*life.doubled, *judged(life)]

    assert faults == []
    assert life.posted
    assert life.down


def _lived(life: WireLife) -> None:
    minutes = cycle(MINUTES_AWAY)
    life.go_on(life.start)
    for n, (at, of, thing) in enumerate(all_acts(life)):
        life.go_on(max(at, life.clock.now()))
        if not IS_CAMPAIGN and n % ACTS_A_LIFE == ACTS_A_LIFE - 1:
            life.remote.kill(next(minutes))
        do(life, of, thing)
    life.go_on(max(life.end, life.clock.now()))
