import pytest

from domain.pulse_results import Result, result
from domain.pulse_talks import TalkingPoint, talking_point
from domain.pulse_trends import Change

GOOD = result({"client": {"4": 3, "5": 1}, "vendor": {"4": 4}})
LOW = result({"client": {"2": 3, "3": 1}, "vendor": {"3": 4}})
LOWER = result({"client": {"1": 1, "2": 3}, "vendor": {"2": 4}})
ALIKE = result({"client": {"1": 3}})
APART = result({"client": {"5": 4}, "vendor": {"3": 2, "4": 2}})
TOGETHER = result({"both": {"2": 4}})
FALLS = Change(trend="falling", by=-0.7)


@pytest.mark.parametrize(
    ("results", "falling", "expected"),
    [
        pytest.param({1: GOOD}, None, None, id="nothing stands out"),
        pytest.param({}, FALLS, None, id="nothing may be shown"),
        pytest.param({1: APART}, None, (1, "apart"), id="seen differently"),
        pytest.param({1: LOW, 2: LOWER}, None, (2, "low"), id="the lowest first"),
        pytest.param({1: APART, 2: LOW}, None, (2, "low"), id="low first"),
        pytest.param({1: LOWER, 2: ALIKE}, None, (2, "alike"), id="all alike"),
        pytest.param({1: GOOD}, FALLS, (1, "falling"), id="falling over weeks"),
        pytest.param({1: TOGETHER}, None, (1, "low"), id="both together are low"),
    ],
)
def test_the_most_pressing_thing_is_the_talking_point(
    results: dict[int, Result], falling: Change | None, expected: tuple[int, str] | None
) -> None:
    found = talking_point(results, falling)

    assert (found and (found.position, found.reason)) == expected
    assert found is None or isinstance(found, TalkingPoint)
