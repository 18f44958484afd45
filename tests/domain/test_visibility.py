from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.partnerships import Pause, State
from domain.people import SIDES, Role
from domain.visibility import (
    Audience,
    Consent,
    Item,
    Place,
    Reader,
    Withheld,
    may_see,
    may_show,
    shared_channel,
    withheld,
)
from tests.partners import (
    ACME_TEAM,
    GLOBALCALL_TEAM,
    MONDAY_NOON,
    THIRD_TEAM,
    partnership,
)

PEOPLE = ("ana", "ben", None)
NOW = MONDAY_NOON

readers = st.builds(
    Reader,
    person_id=st.sampled_from(PEOPLE),
    side=st.sampled_from((*SIDES, None)),
    role=st.sampled_from(get_args(Role)),
    confirmed=st.booleans(),
    foreign=st.booleans(),
)
items = st.builds(
    Item, audience=st.sampled_from(get_args(Audience)), person_id=st.sampled_from(PEOPLE)
)
organisations = st.frozensets(
    st.sampled_from([ACME_TEAM, GLOBALCALL_TEAM, THIRD_TEAM, "T0FOURTH"]), max_size=4
)


def slow_may_see(reader: Reader, item: Item) -> bool:
    """The rule again, as sets of those who may not, written from the reader's end."""
    hidden_from: list[bool] = []
    match item.audience:
        case "person":
            hidden_from.append(reader.person_id is None)
            hidden_from.append(reader.person_id != item.person_id)
        case "both":
            hidden_from.append(reader.foreign)
        case "leads":
            hidden_from += [reader.foreign, not reader.confirmed, reader.side not in SIDES]
            hidden_from.append(reader.role in {"member", "sponsor", "advisor", "observer"})
        case side:
            hidden_from += [reader.foreign, not reader.confirmed, reader.side != side]
            hidden_from.append(reader.role in {"advisor", "observer"})
    return True not in hidden_from


@given(reader=readers, item=items)
def test_who_may_see_what_agrees_with_a_second_telling(reader: Reader, item: Item) -> None:
    assert may_see(reader, item) == slow_may_see(reader, item)


@given(there=st.lists(readers, max_size=6), item=items)
def test_a_place_shows_an_item_only_if_nobody_there_may_not_see_it(
    there: Sequence[Reader], item: Item
) -> None:
    shown = may_show(item, Place(shared=False, readers=tuple(there)))

    kept_from = [reader for reader in there if not slow_may_see(reader, item)]
    assert shown == (bool(there) and not kept_from)


@given(item=items, teams=organisations)
def test_the_shared_channel_shows_what_is_for_both_and_nothing_else(
    item: Item, teams: frozenset[str]
) -> None:
    place = shared_channel(partnership(), teams)

    outsiders = teams - {ACME_TEAM, GLOBALCALL_TEAM}
    assert may_show(item, place) == (item.audience == "both" and not outsiders)


@given(item=items, reader=readers)
def test_what_is_one_sides_never_reaches_a_reader_of_the_other(item: Item, reader: Reader) -> None:
    if item.audience in SIDES and may_see(reader, item):
        assert reader.side == item.audience


HOME = Place(shared=False, readers=(Reader(person_id="ana", side="client", confirmed=True),))
AWAY = Place(shared=False, readers=(Reader(person_id="ben", side="vendor", confirmed=True),))
CHANNEL = shared_channel(partnership(), frozenset({ACME_TEAM, GLOBALCALL_TEAM}))
CROWDED = shared_channel(partnership(), frozenset({ACME_TEAM, GLOBALCALL_TEAM, THIRD_TEAM}))


@pytest.mark.parametrize(
    ("state", "needs", "place", "reason"),
    [
        pytest.param("agreed", "agreed", CHANNEL, None, id="agreed: all is said"),
        pytest.param("agreed", "agreed", AWAY, None, id="agreed: to the other side, too"),
        pytest.param("proposed", "proposed", CHANNEL, None, id="proposed: first post and hub"),
        pytest.param("proposed", "agreed", CHANNEL, "not_agreed", id="proposed: no more than that"),
        pytest.param("proposed", "agreed", HOME, None, id="proposed: the home side is helped"),
        pytest.param("proposed", "agreed", AWAY, "not_agreed", id="proposed: nobody else is"),
        pytest.param("looking", "proposed", CHANNEL, "not_agreed", id="looking: no first post"),
        pytest.param("looking", "agreed", HOME, "not_agreed", id="looking: nobody hears of it"),
        pytest.param("declined", "proposed", CHANNEL, "not_agreed", id="declined: silence"),
        pytest.param("declined", "agreed", HOME, "not_agreed", id="declined: silence at home"),
        pytest.param("looking", "nothing", CHANNEL, None, id="an answer is always given"),
        pytest.param("agreed", "agreed", CROWDED, "third_company", id="a third company is there"),
        pytest.param("proposed", "proposed", CROWDED, "third_company", id="also before the yes"),
    ],
)
def test_consent_decides_what_leaves(
    state: State, needs: Consent, place: Place, reason: Withheld | None
) -> None:
    assert withheld(partnership(state=state), needs, place, NOW) == reason


@pytest.mark.parametrize(
    ("until_at", "reason"),
    [
        pytest.param(None, "paused", id="until somebody resumes"),
        pytest.param(NOW + timedelta(hours=1), "paused", id="for an hour more"),
        pytest.param(NOW, None, id="until now"),
    ],
)
def test_a_pause_holds_back_all_but_answers(
    until_at: datetime | None, reason: Withheld | None
) -> None:
    resting = partnership(
        pause=Pause(from_at=NOW - timedelta(days=1), until_at=until_at, reason="asked")
    )

    assert withheld(resting, "agreed", CHANNEL, NOW) == reason
    assert withheld(resting, "nothing", CHANNEL, NOW) is None
