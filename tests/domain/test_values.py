"""What never changes once it is made."""

from dataclasses import replace

import pytest

from domain.values import value


@value
class Place:
    """Somewhere."""

    city: str
    zone: str = "UTC"


def test_values_of_the_same_content_are_one_key() -> None:
    known = {Place(city="Manila", zone="Asia/Manila"): "here"}

    assert known[Place(zone="Asia/Manila", city="Manila")] == "here"
    assert Place(city="Manila") not in known


def test_a_changed_value_is_another_one() -> None:
    before = Place(city="Manila")

    after = replace(before, zone="Asia/Manila")

    assert (before.zone, after.zone) == ("UTC", "Asia/Manila")


def test_a_value_holds_its_fields_alone() -> None:
    place = Place(city="Manila")

    with pytest.raises(AttributeError):
        place.__setattr__("country", "Philippines")


def test_the_fields_of_a_value_are_named() -> None:
    with pytest.raises(TypeError):
        Place("Manila")  # type: ignore[call-arg]
