"""The fields behind *More*, and what a card shows of them."""

import json
from dataclasses import replace

import pytest

from domain.deliverables import Source
from domain.links import EVERY_MOST
from sandbox.blocks import view_problems
from tests.deliverable_stage import DECK
from tests.partners import NEW_YORK, PARTNERSHIP
from views import deliverable_forms as forms
from views.blocks import Drawn, section
from views.deliverable_more import (
    Extras,
    Reading,
    extras_of,
    fields,
    link_form,
    with_evidence,
)
from views.deliverable_prefill import Prefill, source_of

LEAD = Reading(side="client", is_lead=True)
CARD = Drawn(text="Deck", blocks=(section("Deck"), section("buttons")))
FILLED = Extras(details="Two pages", shown="side", importance="high", links="https://a.example/1")


@pytest.mark.parametrize(
    ("reading", "values"),
    [
        pytest.param(LEAD, ["both", "side", "leads"], id="a lead"),
        pytest.param(Reading(side="vendor", is_lead=False), ["both", "side"], id="a member"),
        pytest.param(Reading(side=None, is_lead=False), [], id="somebody of no side"),
    ],
)
def test_who_may_see_it_is_offered_as_far_as_one_would_see_it(
    reading: Reading, values: list[str]
) -> None:
    drawn = fields(PARTNERSHIP, Extras(), reading, changes=False)

    offered = [
        block["element"].get("options", []) for block in drawn if block["block_id"] == "audience"
    ]
    assert [one["value"] for options in offered for one in options] == values


def test_what_is_written_down_already_keeps_who_sees_it() -> None:
    drawn = fields(PARTNERSHIP, Extras(), LEAD, changes=True)

    assert [block["block_id"] for block in drawn] == ["details", "importance"]


def test_the_form_with_all_fields_keeps_what_was_typed_before() -> None:
    carried = {"id": "d1", "source": "1.2", "source_thread": "", "channel": "C1", "asked": ""}
    values = {"title": "Deck", "owner": "U1", "due": "2026-11-20", "time": "17:00"}

    prefill = forms.with_more(values, carried, FILLED, NEW_YORK)
    view = forms.form(PARTNERSHIP, prefill, NEW_YORK, LEAD)

    assert view_problems(view) == []
    assert prefill.title == "Deck"
    assert str(prefill.due) == "2026-11-20"
    assert prefill.source == Source(channel="C1", ts="1.2")
    kept = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert kept["details"]["initial_value"] == "Two pages"
    assert kept["audience"]["initial_option"]["value"] == "side"
    assert kept["time"]["initial_time"] == "17:00"


def test_a_form_without_a_date_can_be_made_longer() -> None:
    prefill = forms.with_more({"title": "", "due": None}, {"id": "d1"}, Extras(), NEW_YORK)

    assert prefill == Prefill(id="d1", more=Extras())


def test_what_was_sent_is_read_back_and_what_was_not_asked_is_none() -> None:
    sent = {
        "details": " Two pages ",
        "audience": "side",
        "importance": "high",
        "links": "https://a.example/1",
    }

    assert extras_of(sent) == FILLED
    assert extras_of({"title": "Deck"}) is None
    assert extras_of({"importance": "urgent", "audience": "all"}) == Extras()


def test_the_source_rides_in_the_form() -> None:
    source = Source(channel=PARTNERSHIP.channel, ts="1.2", thread_ts="1.1")
    view = forms.form(PARTNERSHIP, Prefill(id="d1", source=source), NEW_YORK)

    assert source_of(json.loads(view["private_metadata"])) == source


def test_a_card_shows_details_links_and_the_message_below_its_sentence() -> None:
    one = replace(DECK, details="<!channel> *two* pages", importance="high")

    shown = with_evidence(CARD, one, ["https://a.example/q?a=1&b=_x_"], "https://acme.example/p1")

    first, details, links, notes, last = shown.blocks
    assert (first, last) == CARD.blocks
    assert details["text"] == {
        "type": "plain_text",
        "text": "<!channel> *two* pages",
        "emoji": True,
    }
    assert links["text"]["text"].startswith("• <https://a.example/q?a=1&amp;b=_x_|a.example/q?a=1")
    assert notes["elements"][0]["text"] == "Important · From <https://acme.example/p1|this message>"


def test_a_plain_deliverable_has_a_plain_card() -> None:
    assert with_evidence(CARD, DECK, [], None) == CARD


def test_the_longest_links_are_cut_between_links() -> None:
    urls = [f"https://a.example/{n}/" + "x" * 900 for n in range(EVERY_MOST)]

    text = str(with_evidence(CARD, DECK, urls, None).blocks[1]["text"]["text"])

    assert len(text) <= 3000
    assert text.count("<") == text.count(">")
    assert text.endswith("more")


def test_the_form_for_links_stays_within_slacks_limits() -> None:
    assert view_problems(link_form(PARTNERSHIP, replace(DECK, title="x" * 300))) == []
