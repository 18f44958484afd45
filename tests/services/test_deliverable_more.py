"""The form with all its fields: what is kept, what is refused, what a new deliverable waits for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data import deliverables as stored
from data import journal, links, waits
from domain.deliverables import Commitment, Unclear, UnknownDeliverable
from services import deliverable_links
from services.deliverable_acting import Changed
from services.deliverable_words import create_filled, echo, more_form
from tests.partners import ACME_TEAM, MONDAY_NOON
from tests.partnership_store import Stage, staged

LINK = "https://docs.example/script"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    made.person("U0CARLO", ("vendor", "member", True))
    yield made
    made.store.close()


def send(stage: Stage, who: str = "U0MARIA", **changes: Any) -> Commitment:
    carried = {"partnership": stage.partnership.id, "id": changes.pop("id", "d1")}
    values = {"title": "Script", "owner": "U0ANA", "due": "2026-11-20", "importance": "normal"}
    sent = create_filled(stage.deps, stage.who(who), carried, values | changes, MONDAY_NOON)
    assert isinstance(sent, Changed)
    return sent.commitment


def test_all_that_was_filled_in_is_kept_once(stage: Stage) -> None:
    fields = {"details": " Two pages ", "importance": "high", "links": f"{LINK}\n{LINK}?v=2"}

    one = send(stage, audience="leads", **fields)
    send(stage, audience="leads", **fields)

    assert (one.details, one.importance, one.audience) == ("Two pages", "high", "leads")
    kept = links.every(stage.store.reading(), one)
    assert [(link.url, link.side) for link in kept] == [
        (LINK, "client"),
        (f"{LINK}?v=2", "client"),
    ]
    assert stage.said()[1:] == []  # for the leads alone


def test_what_is_not_for_both_says_so_and_whether_its_owner_is_told(stage: Stage) -> None:
    carried = {"partnership": stage.partnership.id, "id": "d1"}
    values = {"title": "Rates", "due": "2026-11-20", "importance": "normal", "audience": "leads"}

    said = {}
    for owner, who in (("U0ANA", "U0MARIA"), ("U0MARIA", "U0MARIA")):
        sent = values | {"owner": owner}
        changed = create_filled(
            stage.deps, stage.who(who), carried | {"id": owner}, sent, MONDAY_NOON
        )
        assert isinstance(changed, Changed)
        said[owner] = echo(changed, is_public=False).text

    assert all("Only the leads of both sides see it" in text for text in said.values())
    assert "they find it in their list alone" in said["U0ANA"]
    assert "list alone" not in said["U0MARIA"]


@pytest.mark.parametrize(
    ("who", "fields", "field"),
    [
        pytest.param("U0CARLO", {"audience": "leads"}, "audience", id="a member names the leads"),
        pytest.param("U0MARIA", {"audience": "side"}, "audience", id="the owner would not see it"),
        pytest.param("U0MARIA", {"links": "deck.pdf"}, "links", id="no link"),
        pytest.param("U0MARIA", {"details": "x" * 3001}, "details", id="long details"),
        pytest.param("U0MARIA", {"repeats": "now and then"}, "repeats", id="no rhythm"),
        pytest.param(
            "U0ANA", {"repeats": "every friday", "audience": "leads"}, "audience", id="both at once"
        ),
        pytest.param("U0MARIA", {"input": "gone"}, "input", id="an input that is gone"),
        pytest.param("U0MARIA", {"due": "2026-11-13"}, "due", id="a past date"),
        pytest.param("U0MARIA", {"owner": "U0LEFT"}, "owner", id="who left since it was drawn"),
        pytest.param("U0MARIA", {"owner": None}, "owner", id="nobody"),
    ],
)
def test_what_cannot_be_is_said_under_its_field_and_nothing_is_written_down(
    stage: Stage, who: str, fields: dict[str, Any], field: str
) -> None:
    stage.person("U0LEFT", ("vendor", "member", True), deleted=True)

    with pytest.raises(Unclear) as refused:
        send(stage, who, **fields)

    assert refused.value.field == field
    assert stored.open_in(stage.store.reading(), stage.partnership, is_public=False) == []


def test_what_it_waits_for_is_noted_from_the_start_and_once(stage: Stage) -> None:
    about = stage.owes(title="Forecast", side="client", owner_id=stage.maria)
    hidden = stage.owes(title="Secret rates", audience="vendor")
    carried = {"partnership": stage.partnership.id, "id": "d1"}
    shown = more_form(stage.deps, stage.who("U0MARIA"), carried, {})

    one = send(stage, input=about.id)
    send(stage, input=about.id)

    assert "Forecast (Acme)" in str(shown)
    assert "Secret" not in str(shown)
    (wait,) = waits.of_commitment(stage.store.reading(), ACME_TEAM, one.id)
    assert (wait.on_id, wait.due_at) == (about.id, about.due_at)
    happened = journal.entries(stage.store.reading(), ACME_TEAM, "commitment", one.id)
    assert [entry.verb for entry in happened] == ["deliverable_created", "deliverable_waiting"]
    with pytest.raises(Unclear):
        send(stage, id="d2", input=hidden.id)


def test_links_are_added_by_either_side_once_each_and_no_further_than_there_is_room(
    stage: Stage,
) -> None:
    one = stage.owes(audience="vendor")
    carlo = stage.who("U0CARLO")

    deliverable_links.add(stage.deps, carlo, one.id, LINK, MONDAY_NOON)
    deliverable_links.add(stage.deps, carlo, one.id, LINK, MONDAY_NOON)

    assert [link.url for link in links.every(stage.store.reading(), one)] == [LINK]
    with pytest.raises(UnknownDeliverable):
        deliverable_links.add(stage.deps, stage.who("U0MARIA"), one.id, LINK, MONDAY_NOON)
    for start in range(1, 20, 5):
        typed = " ".join(f"{LINK}/{n}" for n in range(start, min(start + 5, 20)))
        deliverable_links.add(stage.deps, carlo, one.id, typed, MONDAY_NOON)
    with pytest.raises(Unclear) as full:
        deliverable_links.add(stage.deps, carlo, one.id, f"{LINK}/more", MONDAY_NOON)
    assert full.value.reason == "full_links"
