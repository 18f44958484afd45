from zoneinfo import ZoneInfo

import pytest

from views.words.clocks import places_on
from views.words.places import PLACES
from views.words.zones import no_zone, read_zone

OFFSETS = [
    f"{sign}{hour:02}:{part}" for sign in "+-" for hour in range(15) for part in ("00", "30")
]
CLOCKS = [
    *OFFSETS,
    *"est cst mst pst hst akst ast nst brt art gmt wet bst cet eet ist sst aest acst awst".split(),
    "nzst",
]


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


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("EST", "Do you mean New York, Toronto or Panama?"),
        ("cst", "Chicago, Mexico City or Shanghai?"),
        ("PST time", "Los Angeles"),
        ("EST5EDT", "New York"),
        ("GMT+8", "Do you mean Manila?"),
        ("utc -5", "Do you mean New York?"),
        ("+05:30", "Do you mean Kolkata?"),
        ("Etc/GMT-8", "Do you mean Manila?"),
        ("GMT", "London"),
        ("IST", "Kolkata, Dublin or Jerusalem?"),
        ("UTC+13", "Where is it?"),
    ],
)
def test_a_clock_that_is_no_place_is_answered_with_the_places_that_keep_it(
    words: str, meant: str
) -> None:
    assert read_zone(words) is None
    assert f"{words} is a fixed hour, not a place." in no_zone(words)
    assert meant in no_zone(words)


def test_every_place_that_is_offered_instead_can_be_read() -> None:
    offered = {place for clock in CLOCKS for place in places_on(clock) or ()}

    assert {place for place in offered if read_zone(place) is None} == set()


def test_every_place_we_know_lies_in_a_real_zone() -> None:
    for zone in set(PLACES.values()):
        assert ZoneInfo(zone).key == zone
