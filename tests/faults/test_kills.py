"""A few dozen kills; ``make faults`` runs many more."""

from tests.faults.campaign import run


def test_nothing_is_lost_or_doubled_when_the_bot_is_killed_at_bad_moments() -> None:
    tally = run(24, seed=20)

    assert (tally.lost, tally.doubled, tally.wrong, tally.unproven) == ((), (), (), 0)
    assert tally.sent == tally.asked
    assert set(tally.died) == {
        "before commit",
        "after commit",
        "before send",
        "after send",
        "at any moment",
    }


def test_where_nothing_can_be_read_back_nothing_is_doubled_and_the_rest_is_listed() -> None:
    tally = run(6, seed=20, readable=False)

    assert (tally.lost, tally.doubled, tally.wrong) == ((), (), ())
    assert tally.unproven > 0
    assert tally.sent + tally.unproven >= tally.asked
