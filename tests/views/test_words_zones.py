from zoneinfo import ZoneInfo

import pytest

from views.words.places import PLACES
from views.words.zones import read_zone


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("manila", "Asia/Manila"),
        ("Manila time", "Asia/Manila"),
        ("Asia/Manila", "Asia/Manila"),
        ("america/new york", "America/New_York"),
        ("New York", "America/New_York"),
        ("NYC", "America/New_York"),
        ("São Paulo", "America/Sao_Paulo"),
        ("delhi", "Asia/Kolkata"),
        ("India", "Asia/Kolkata"),
        ("the Philippines", "Asia/Manila"),
        ("Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("ET", "America/New_York"),
        ("UTC", "UTC"),
        ("kathmandu", "Asia/Kathmandu"),
    ],
)
def test_a_place_names_its_zone(words: str, zone: str) -> None:
    assert read_zone(words) == zone


@pytest.mark.parametrize("words", ["", "the US", "nowhere", "center", "database", "a/b", "x" * 500])
def test_what_is_no_place_with_one_zone_is_none(words: str) -> None:
    assert read_zone(words) is None


@pytest.mark.parametrize("zone", sorted(set(PLACES.values())))
def test_every_place_we_know_lies_in_a_real_zone(zone: str) -> None:
    assert ZoneInfo(zone).key == zone
