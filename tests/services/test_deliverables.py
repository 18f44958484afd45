import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import deliverable_dates, journal, outbox, partnerships, wakes, weeks
from data import deliverables as stored
from data.deliverables import Carded
from data.ids import new_id
from data.moments import to_text
from domain.deliverables import (
    AlreadyAccepted,
    Commitment,
    DeliverableClosed,
    Due,
    OwnerKind,
    Unclear,
    UnknownDeliverable,
)
from domain.partnerships import NotListed, Pause
from domain.rights import NotAllowed
from services import deliverable_endings, deliverable_planning, deliverables
from services.actors import actor_in
from services.deliverable_acting import Changed
from services.deliverable_cancel_words import cancel_here
from services.deliverable_drafts import Draft, understood
from services.deliverable_lists import board, list_here
from services.deliverable_undo import undo
from services.deliverable_words import (
    Asked,
    Said,
    create_filled,
    done_here,
    form_again,
    move_filled,
    move_here,
    new_here,
)
from tests.partners import ACME_TEAM, MONDAY_NOON, THIRD_TEAM
from tests.partnership_store import Stage, staged
from views.deliverable_forms import Filled
from views.deliverable_prefill import Prefill
from views.deliverable_questions import question
from views.deliverables import DONE
from views.errors import sentence
from views.words.commands import read_command
from views.words.verbs import CancelDeliverable, MoveDeliverable, NewDeliverable
from views.words.writer import Writer

FRIDAY_MANILA = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # 18:00 there
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def say(stage: Stage, words: str, slack_id: str = "U0MARIA", **more: Any) -> str:
    asked = Asked(who=stage.who(slack_id), now=MONDAY_NOON, **more)
    return new_here(stage.deps, asked, read(words)).drawn.text


def read(words: str) -> NewDeliverable:
    writer = Writer(now=MONDAY_NOON, zone="America/New_York", date_order="MDY")
    verb = read_command("/deliverable", words, writer)
    assert isinstance(verb, NewDeliverable)
    return verb


def questions(stage: Stage, words: str, slack_id: str = "U0MARIA") -> list[tuple[str, str]]:
    actor = actor_in(stage.deps.store, stage.who(slack_id), stage.partnership)
    found = understood(stage.store.reading(), actor, read(words), "d1", MONDAY_NOON)
    assert isinstance(found, Prefill)
    return [(unclear.field, unclear.reason) for unclear in found.questions]


@pytest.mark.parametrize(
    "words", ["@Ana Reyes training deck by friday", "deck by friday @Ana Reyes"]
)
def test_the_whole_name_behind_the_sign_is_the_owners(stage: Stage, words: str) -> None:
    actor = actor_in(stage.deps.store, stage.who("U0MARIA"), stage.partnership)

    found = understood(stage.store.reading(), actor, read(words), "d1", MONDAY_NOON)

    assert isinstance(found, Draft)
    assert found.owner.person.name == "Ana Reyes"
    assert found.title in {"training deck", "deck"}


def every(stage: Stage) -> list[Carded]:
    return stored.open_in(stage.store.reading(), stage.partnership)


def now(stage: Stage, one: Commitment) -> Commitment:
    found = stored.get(stage.store.reading(), ACME_TEAM, one.id)
    assert found is not None
    return found


def texts(stage: Stage) -> list[str]:
    return [str(row.payload["text"]) for row in stage.said()[1:]]


def test_words_with_an_owner_and_a_day_are_written_down_at_once(stage: Stage) -> None:
    echo = say(stage, "<@U0ANA|ana> product database by friday")

    (one,) = [carded.commitment for carded in every(stage)]
    assert (one.title, one.owner_id, one.side) == ("product database", stage.ana, "vendor")
    assert (one.due_at, one.state) == (FRIDAY_MANILA, "proposed")
    assert "Fri 20 Nov 18:00 Manila = Fri 20 Nov 05:00 New York" in echo
    assert wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", one.id) is not None
    assert [e.verb for e in journal.entries(stage.store.reading(), ACME_TEAM, "commitment", one.id)]


def test_what_somebody_promises_themselves_needs_no_acceptance(stage: Stage) -> None:
    say(stage, "<@U0MARIA> volume forecast by tomorrow")

    assert [carded.commitment.state for carded in every(stage)] == ["accepted"]


def test_a_card_names_the_side_and_never_the_person(stage: Stage) -> None:
    say(stage, "<@U0ANA> product database by friday")

    (card,) = texts(stage)
    assert "(Globalcall)" in card
    assert "Ana" not in card
    assert "U0ANA" not in card


def test_an_owner_at_work_is_called_in_the_card(stage: Stage) -> None:
    morning = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)  # 10:00 in Manila
    asked = Asked(who=stage.who("U0MARIA"), now=morning)

    new_here(stage.deps, asked, read("<@U0ANA> product database by friday"))

    assert texts(stage)[0].startswith("<@U0ANA>: ")


def test_an_owner_of_the_installing_company_is_called_and_asked_directly(stage: Stage) -> None:
    say(stage, "<@U0MARIA> volume forecast by friday", "U0ANA")
    stage.look(stage.maria, MONDAY_NOON)

    card, asked = stage.said()[1:]
    assert str(card.payload["text"]).startswith("<@U0MARIA>: *volume forecast*")
    assert (asked.place, asked.audience) == (f"person:{stage.maria}", "person")
    assert "Will you take it on?" in str(asked.payload["text"])


def test_the_same_mention_told_twice_makes_one(stage: Stage) -> None:
    for _ in range(2):
        say(stage, "<@U0ANA> product database by friday", fact="Ev1", is_public=True)

    assert len(every(stage)) == 1
    assert len(texts(stage)) == 1


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        pytest.param("send the refund script", [("owner", "no_owner"), ("due", "no_due")], id="no"),
        pytest.param("<@U0ANA> the script asap", [("due", "asap")], id="as soon as possible"),
        pytest.param("<@U0ANA> deck by 10 nov 2020", [("due", "past")], id="a past date"),
        pytest.param("<@U0ANA> deck by 15 nov 2027", [("due", "far")], id="a year away"),
        pytest.param("<@U0ANA> deck by friday by monday", [("due", "ambiguous")], id="two dates"),
        pytest.param("<@U0NOBODY> deck by friday", [("owner", "unknown_owner")], id="a stranger"),
        pytest.param("@zoe deck by friday", [("owner", "unknown_owner")], id="an unknown name"),
        pytest.param("<@U0ANA> by friday", [("title", "no_title")], id="no title"),
    ],
)
def test_what_is_not_clear_is_asked_and_nothing_is_written_down_half(
    stage: Stage, words: str, asked: list[tuple[str, str]]
) -> None:
    assert questions(stage, words) == asked
    assert every(stage) == []
    assert texts(stage) == []


def test_of_three_thousand_characters_the_title_is_asked_and_the_date_kept(stage: Stage) -> None:
    asked = Asked(who=stage.who("U0MARIA"), now=MONDAY_NOON, fact="Ev1", is_public=True)

    said = new_here(stage.deps, asked, read(f"<@U0ANA> {'deck ' * 600}by friday"))

    assert said.form is not None
    due, title = (field(said.form, name) for name in ("due", "title"))
    assert (due["initial_date"], len(title["initial_value"])) == ("2026-11-20", 5 * 600 - 1)
    assert "longer than 300 characters; please shorten it" in said.drawn.text
    # A button has no room for all of it.
    value = said.drawn.blocks[-1]["elements"][0]["value"]
    again = form_again(stage.deps, asked.who, value)
    assert "longer than 300 characters; its beginning is here" in str(again["blocks"][0])
    assert field(again, "due") == due
    assert every(stage) == []


def far_away(stage: Stage, by: str) -> Any:
    """Somebody names a day in two years; returns what asks about it."""
    who, values = stage.who("U0MARIA"), {"due": "2028-11-20", "reason": "later"}
    carried = {"partnership": stage.partnership.id, "id": new_id()}
    if by == "form":
        new = values | {"title": "deck", "owner": "U0ANA"}
        return create_filled(stage.deps, who, carried, new, MONDAY_NOON)
    one = stage.owes(owner_id=stage.maria, side="client", title="deck")
    if by == "new date":
        return move_filled(stage.deps, who, {"id": one.id}, values, MONDAY_NOON)
    asked = Asked(who=who, now=MONDAY_NOON)
    writer = Writer(now=MONDAY_NOON, zone="America/New_York", date_order="MDY")
    verb = read_command("/deliverable", "move deck to 20 nov 2028, later", writer)
    assert isinstance(verb, MoveDeliverable)
    return move_here(stage.deps, asked, verb).form


@pytest.mark.parametrize("by", ["form", "new date", "words"])
def test_a_far_date_is_asked_about_once_and_counts_when_it_is_sent_again(
    stage: Stage, by: str
) -> None:
    view = far_away(stage, by)
    carried, values = json.loads(view["private_metadata"]), {"due": "2028-11-20", "reason": "later"}
    send = create_filled if by == "form" else move_filled
    if by == "form":
        values |= {"title": field(view, "title")["initial_value"], "owner": "U0ANA"}

    maria, other = stage.who("U0MARIA"), values | {"due": "2029-11-20"}
    another = send(stage.deps, maria, carried, other, MONDAY_NOON)
    kept_before = [one.commitment.due_at.year for one in every(stage)]
    meant = send(stage.deps, maria, carried, values, MONDAY_NOON)

    assert "Is the year right?" in str(view["blocks"][0])
    assert field(view, "due")["initial_date"] == "2028-11-20"
    assert not isinstance(another, Changed)
    assert 2028 not in kept_before
    assert isinstance(meant, Changed)
    assert meant.commitment.due_at.year == 2028


def field(view: Any, name: str) -> Any:
    return next(one["element"] for one in view["blocks"] if one.get("block_id") == name)


@pytest.mark.parametrize(
    ("standing", "profile", "reason"),
    [
        pytest.param(("vendor", "member", True), {"is_bot": True}, "bot_owner", id="a bot"),
        pytest.param(("vendor", "member", True), {"deleted": True}, "gone_owner", id="gone"),
        pytest.param(
            (None, "observer", False), {"home_team": THIRD_TEAM}, "no_side_owner", id="a third side"
        ),
        pytest.param((None, "observer", False), {"is_guest": True}, "no_side_owner", id="a guest"),
        pytest.param(("client", "sponsor", True), {}, "sponsor_owner", id="an own sponsor"),
    ],
)
def test_who_cannot_owe_is_asked_about(
    stage: Stage, standing: Any, profile: dict[str, Any], reason: str
) -> None:
    stage.person("U0ZOE", standing, **profile)

    assert questions(stage, "<@U0ZOE> deck by friday") == [("owner", reason)]


def test_two_people_of_one_name_are_asked_about(stage: Stage) -> None:
    stage.person("U0ANA2", ("vendor", "member", True), name="Ana Cruz")

    assert questions(stage, "@ana deck by friday") == [("owner", "two_owners")]


def test_a_lead_who_names_somebody_of_the_own_side_lists_them_with_it(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", (None, "observer", False), name="Carlo Navarro")

    echo = say(stage, "<@U0CARLO> roster by friday", "U0ANA")

    assert stage.member(carlo).takes_part
    assert "Carlo Navarro is now on Globalcall's list." in echo


def test_whom_the_other_side_names_is_not_written_to_before_their_lead_lists_them(
    stage: Stage,
) -> None:
    carlo = stage.person("U0CARLO", (None, "observer", False), name="Carlo Navarro")
    morning = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)  # 10:00 in Manila
    asked = Asked(who=stage.who("U0MARIA"), now=morning)

    echo = new_here(stage.deps, asked, read("<@U0CARLO> roster by friday")).drawn.text

    (one,) = every(stage)
    assert "They are not on Globalcall's list yet" in echo
    assert one.commitment.due_at == FRIDAY_MANILA
    assert not stage.member(carlo).confirmed
    assert "U0CARLO" not in texts(stage)[0]

    deliverables.accept(stage.deps, stage.who("U0CARLO"), one.commitment.id, morning)

    assert now(stage, one.commitment).state == "accepted"


def test_somebody_on_no_list_writes_nothing_down(stage: Stage) -> None:
    stage.person("U0ZOE", (None, "observer", False), home_team=THIRD_TEAM)

    with pytest.raises(NotListed):
        say(stage, "<@U0ANA> deck by friday", "U0ZOE")


def test_before_the_other_side_agreed_it_is_asked_for_nothing(tmp_path: Path) -> None:
    stage = staged(tmp_path, state="proposed")

    assert questions(stage, "<@U0ANA> deck by friday") == [("owner", "not_agreed_owner")]
    say(stage, "<@U0MARIA> forecast by friday")
    assert stage.said() == []
    stage.store.close()


def test_a_second_press_changes_nothing(stage: Stage) -> None:
    one = stage.owes(state="proposed")
    ana = stage.who("U0ANA")

    for act in (deliverables.accept, deliverables.accept, deliverables.done, deliverables.done):
        act(stage.deps, ana, one.id, MONDAY_NOON)
    deliverables.done(stage.deps, ana, one.id, MONDAY_NOON + HOUR)

    assert (now(stage, one).state, now(stage, one).closed_at) == ("done", MONDAY_NOON)
    assert len([text for text in texts(stage) if "done. Thank" in text]) == 1


@pytest.mark.parametrize(
    "act", [deliverables.accept, deliverable_endings.decline, deliverables.done]
)
def test_somebody_of_the_other_side_cannot_answer_for_the_owner(stage: Stage, act: Any) -> None:
    one = stage.owes(state="proposed")

    with pytest.raises(NotAllowed):
        act(stage.deps, stage.who("U0MARIA"), one.id, MONDAY_NOON)

    assert now(stage, one) == one


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        pytest.param("person", "its owner", id="given to a person"),
        pytest.param("side", "anybody who takes part for Globalcall", id="given to a side"),
    ],
)
def test_a_refusal_says_who_may_accept(stage: Stage, kind: OwnerKind, who: str) -> None:
    one = stage.owes(state="proposed", owner_kind=kind)

    with pytest.raises(NotAllowed) as refused:
        deliverables.accept(stage.deps, stage.who("U0MARIA"), one.id, MONDAY_NOON)

    assert sentence(refused.value) == f"This can be done by {who}."


def test_a_lead_of_the_owing_side_may_close_but_not_accept(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    one = stage.owes(owner_id=carlo)

    deliverables.done(stage.deps, stage.who("U0ANA"), one.id, MONDAY_NOON)

    assert now(stage, one).state == "done"


def test_a_new_date_is_told_with_its_reason_and_kept_in_the_history(stage: Stage) -> None:
    one = stage.owes()
    due = Due(day=FRIDAY_MANILA.date())

    deliverables.move(
        stage.deps, stage.who("U0ANA"), one.id, (due, "data came <!channel> late"), MONDAY_NOON
    )

    moved = now(stage, one)
    assert (moved.due_at, moved.first_due_at, moved.moves) == (FRIDAY_MANILA, one.due_at, 1)
    told = texts(stage)[-1]
    assert "now Fri 20 Nov 18:00 Manila" in told
    assert "&lt;!channel&gt;" in told
    assert deliverable_dates.history(stage.store.reading(), one)[-1].was_early


def test_another_date_instead_of_a_yes_is_a_yes_to_that_date(stage: Stage) -> None:
    one = stage.owes(state="proposed")

    deliverables.move(
        stage.deps, stage.who("U0ANA"), one.id, (Due(day=FRIDAY_MANILA.date()), None), MONDAY_NOON
    )

    moved = now(stage, one)
    assert (moved.state, moved.moves) == ("accepted", 0)
    assert moved.first_due_at == moved.due_at == FRIDAY_MANILA


@pytest.mark.parametrize(
    ("days_later", "asked"),
    [
        pytest.param(0, "This is the date that it has already.", id="the same day"),
        pytest.param(1, "Sat 21 Nov is no working day for its owner, so", id="the Saturday after"),
    ],
)
def test_the_same_date_again_is_asked(stage: Stage, days_later: int, asked: str) -> None:
    one = stage.owes(due_at=FRIDAY_MANILA)
    day = FRIDAY_MANILA.date() + timedelta(days=days_later)

    with pytest.raises(Unclear) as unclear:
        deliverables.move(stage.deps, stage.who("U0ANA"), one.id, (Due(day=day), None), MONDAY_NOON)

    assert question(unclear.value).startswith(asked)


def test_a_new_date_is_taken_back_once(stage: Stage) -> None:
    one, ana = stage.owes(), stage.who("U0ANA")
    for day in (18, 19):
        due = Due(day=datetime(2026, 11, day, tzinfo=UTC).date())
        deliverables.move(stage.deps, ana, one.id, (due, None), MONDAY_NOON)
    what = f"moved-{int(now(stage, one).due_at.timestamp())}"

    for _ in range(2):
        undo(stage.deps, ana, one.id, what, MONDAY_NOON)

    assert now(stage, one).due_at == datetime(2026, 11, 18, 10, tzinfo=UTC)
    assert now(stage, one).moves == 1


def test_the_thread_reads_that_a_new_date_was_taken_back(stage: Stage) -> None:
    one, ana = stage.owes(state="proposed", due_at=FRIDAY_MANILA - DAY), stage.who("U0ANA")
    deliverables.move(stage.deps, ana, one.id, (Due(day=FRIDAY_MANILA.date()), None), MONDAY_NOON)
    stage.send_all()
    what = f"moved-{int(FRIDAY_MANILA.timestamp())}"

    undo(stage.deps, ana, one.id, what, MONDAY_NOON + HOUR)

    (line, back) = texts(stage)[-2:]
    assert line.startswith("*Training deck* (Globalcall): now Fri 20 Nov")
    assert "Globalcall took the change back, due Thu 19 Nov 18:00 Manila" in back
    assert "accepts it for this date" not in back
    struck = [str(row.payload["text"]) for row in stage.said("update")]
    assert any(text.startswith("~") and text.endswith("~ Taken back.") for text in struck)


def test_a_new_date_that_nobody_read_is_taken_back_without_a_word(stage: Stage) -> None:
    one, ana = stage.owes(), stage.who("U0ANA")
    deliverables.move(stage.deps, ana, one.id, (Due(day=FRIDAY_MANILA.date()), None), MONDAY_NOON)

    undo(stage.deps, ana, one.id, f"moved-{int(FRIDAY_MANILA.timestamp())}", MONDAY_NOON)

    told = [row for row in stage.said() if "moved" in row.key]
    assert [(row.state, row.reason) for row in told] == [("dropped", "undone")]


@pytest.mark.parametrize(
    ("closed_as", "what", "reopened_as"),
    [
        pytest.param("done", "done", "accepted", id="done"),
        pytest.param("declined", "declined", "proposed", id="not mine"),
    ],
)
def test_what_was_closed_is_opened_again(
    stage: Stage, closed_as: Any, what: str, reopened_as: str
) -> None:
    one = stage.owes(state=closed_as, closed_at=MONDAY_NOON)

    for _ in range(2):
        undo(stage.deps, stage.who("U0ANA"), one.id, what, MONDAY_NOON)

    assert (now(stage, one).state, now(stage, one).is_open) == (reopened_as, True)


def test_what_was_taken_back_cannot_be_done(stage: Stage) -> None:
    one = stage.owes(state="proposed")
    undo(stage.deps, stage.who("U0MARIA"), one.id, "created", MONDAY_NOON)

    with pytest.raises(DeliverableClosed):
        deliverables.done(stage.deps, stage.who("U0ANA"), one.id, MONDAY_NOON)
    with pytest.raises(UnknownDeliverable):
        deliverables.done(stage.deps, stage.who("U0ANA"), "nothing", MONDAY_NOON)


def test_a_day_later_a_new_date_and_a_no_stay_as_they_are(stage: Stage) -> None:
    moved, declined = stage.owes(), stage.owes(state="declined", closed_at=MONDAY_NOON)
    ana, later = stage.who("U0ANA"), MONDAY_NOON + timedelta(days=1, minutes=1)
    due = Due(day=FRIDAY_MANILA.date())
    deliverables.move(stage.deps, ana, moved.id, (due, None), MONDAY_NOON)
    new_due_at = now(stage, moved).due_at

    acts = [(moved, f"moved-{int(new_due_at.timestamp())}"), (declined, "declined")]
    changed = [undo(stage.deps, ana, one.id, what, later) for one, what in acts]

    assert [one.has_happened for one in changed] == [False, False]
    assert now(stage, moved).due_at == new_due_at
    assert not now(stage, declined).is_open


@pytest.mark.parametrize(
    "followed",
    [
        pytest.param({"state": "accepted"}, id="its owner promised it"),
        pytest.param({"state": "accepted", "sent_back": 1}, id="it came back"),
        pytest.param({"state": "proposed", "moves": 1}, id="it has another date"),
    ],
)
def test_an_old_undo_takes_nothing_back_that_somebody_acted_on(stage: Stage, followed: Any) -> None:
    one = stage.owes(**followed)

    changed = undo(stage.deps, stage.who("U0MARIA"), one.id, "created", MONDAY_NOON)

    assert not changed.has_happened
    assert now(stage, one) == one


def test_the_author_is_told_when_it_is_not_taken_on_and_names_somebody_else(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    one = stage.owes(state="proposed")

    deliverable_endings.decline(stage.deps, stage.who("U0ANA"), one.id, MONDAY_NOON)
    stage.look(stage.maria, MONDAY_NOON)
    (told,) = stage.dailies()
    filled = Filled(title="Deck", owner="U0CARLO", due=Due(day=FRIDAY_MANILA.date()))
    deliverables.change(stage.deps, stage.who("U0MARIA"), one.id, filled, MONDAY_NOON)

    stage.look(stage.maria, MONDAY_NOON)

    assert told.place == f"person:{stage.maria}"
    assert "was not taken on by the person who was asked" in str(told.payload["text"])
    assert "not taken on" not in str(stage.dailies()[-1].payload["text"])
    assert (now(stage, one).owner_id, now(stage, one).state) == (carlo, "proposed")


def test_what_is_taken_on_is_not_changed_over_its_owners_head(stage: Stage) -> None:
    one = stage.owes()
    filled = Filled(title="Deck", owner="U0ANA", due=Due(day=FRIDAY_MANILA.date()))

    with pytest.raises(AlreadyAccepted):
        deliverables.change(stage.deps, stage.who("U0MARIA"), one.id, filled, MONDAY_NOON)


def test_a_draft_sent_twice_is_written_down_once(stage: Stage) -> None:
    actor = actor_in(stage.store, stage.who("U0MARIA"), stage.partnership)
    owner = stage.member(stage.ana)
    draft = Draft(id="d1", title="Deck", owner=owner, side="vendor", due_at=FRIDAY_MANILA)

    for _ in range(2):
        deliverables.create(stage.deps, actor, draft, MONDAY_NOON)

    assert len(every(stage)) == 1


def test_words_that_mean_one_close_it_and_several_are_asked(stage: Stage) -> None:
    first, second = stage.owes(title="training deck"), stage.owes(title="roster")
    stage.owes(title="roster of May")
    asked = Asked(who=stage.who("U0ANA"), now=MONDAY_NOON)

    assert "Done:" in done_here(stage.deps, asked, "deck").drawn.text
    assert "Which one?" in done_here(stage.deps, asked, "ros").drawn.text
    maria = Asked(who=stage.who("U0MARIA"), now=MONDAY_NOON)
    assert "deliverable.tell_done" in str(done_here(stage.deps, maria, "ros").drawn.blocks)
    assert "nothing open with “xyz”" in done_here(stage.deps, asked, "xyz").drawn.text
    assert not now(stage, first).is_open
    assert now(stage, second).is_open


def cancelled_by_words(stage: Stage, words: str, who: str = "U0MARIA") -> Said:
    verb = read_command("/deliverable", words, Writer(now=MONDAY_NOON, zone="America/New_York"))
    assert isinstance(verb, CancelDeliverable)
    return cancel_here(stage.deps, Asked(who=stage.who(who), now=MONDAY_NOON), verb)


def test_words_that_cancel_ask_why_or_which_one_and_write_nothing_down(stage: Stage) -> None:
    carlo = stage.person("U0CARLO", ("vendor", "member", True))
    stage.owes(title="Training deck", owner_id=carlo)
    stage.owes(title="Sales deck")
    stage.owes(title="Roster")

    one = cancelled_by_words(stage, "cancel roster")
    several = cancelled_by_words(stage, "delete deck")
    none = cancelled_by_words(stage, "cancel the old licences")

    assert one.form is not None
    assert one.form["callback_id"] == "deliverable.because"
    assert "Why is it cancelled?" in one.drawn.text
    assert str(several.drawn.blocks).count("deliverable.withdraw") == 2
    assert "find nothing open of that name" in none.drawn.text
    assert "“cancel the old licences”" in none.drawn.text
    with pytest.raises(NotAllowed):
        cancelled_by_words(stage, "cancel roster", "U0CARLO")
    assert len(every(stage)) == 3


def test_who_does_not_own_it_can_only_ask_whether_it_is_done(stage: Stage) -> None:
    one = stage.owes(title="training deck")
    asked = Asked(who=stage.who("U0MARIA"), now=MONDAY_NOON)

    said = done_here(stage.deps, asked, "deck").drawn
    for _ in range(2):
        deliverables.say_it_looks_done(stage.deps, stage.who("U0MARIA"), one.id, MONDAY_NOON)

    assert "belongs to Globalcall" in said.text
    assert now(stage, one).is_open
    in_the_morning = datetime(2026, 11, 17, 1, tzinfo=UTC)  # 09:00 in Manila
    for at in (MONDAY_NOON, in_the_morning):
        stage.look(stage.ana, at)
    (question,) = stage.dailies()
    assert "It looks done to others. Is it?" in str(question.payload["text"])


def test_lists_show_what_was_asked_for(stage: Stage) -> None:
    stage.owes(title="roster", due_at=MONDAY_NOON - DAY)
    stage.owes(title="forecast", owner_id=stage.maria, side="client")
    maria, look = stage.who("U0MARIA"), MONDAY_NOON

    def shown(scope: Any) -> set[str]:
        text = str(list_here(stage.deps, maria, scope, look).blocks)
        return {title for title in ("roster", "forecast") if title in text}

    assert shown("all") == {"roster", "forecast"}
    assert shown("mine") == shown("ours") == {"forecast"}
    assert shown("theirs") == shown("overdue") == {"roster"}


def test_a_third_company_sees_no_list(stage: Stage) -> None:
    stage.person("U0ZOE", (None, "observer", False), home_team=THIRD_TEAM)

    with pytest.raises(NotListed):
        list_here(stage.deps, stage.who("U0ZOE"), "all", MONDAY_NOON)


def test_an_advisor_reads_along_and_writes_nothing_down(stage: Stage) -> None:
    stage.person("U0ZOE", (None, "advisor", True), home_team=THIRD_TEAM)
    stage.owes(title="roster")

    shown = list_here(stage.deps, stage.who("U0ZOE"), "all", MONDAY_NOON)

    assert "roster" in str(shown.blocks)
    assert DONE not in str(shown.blocks)
    with pytest.raises(NotListed):
        say(stage, "<@U0ANA> deck by friday", "U0ZOE")


def test_the_board_shows_each_thing_once_late_due_or_waiting(stage: Stage) -> None:
    stage.owes(title="late", due_at=MONDAY_NOON - DAY)
    stage.owes(title="due", due_at=MONDAY_NOON + DAY)
    stage.owes(title="next week", due_at=MONDAY_NOON + 8 * DAY)
    stage.owes(title="asked", due_at=MONDAY_NOON + DAY, state="proposed")

    shown = board(stage.store.reading(), stage.partnership, MONDAY_NOON)

    assert [one.title for one in shown.late] == ["late"]
    assert [one.title for one in shown.due] == ["due"]
    assert [(one.title, one.waits_for) for one in shown.waiting] == [("asked", "accept")]


def test_the_other_side_is_told_once_and_only_after_the_owner_was_asked(stage: Stage) -> None:
    asked_at = datetime(2026, 11, 16, 1, tzinfo=UTC)
    one = stage.owes(due_at=asked_at - 9 * HOUR, asked_at=asked_at)

    plan(stage, one, asked_at + 3 * HOUR)
    before = texts(stage)
    for hours in (4, 5):
        plan(stage, one, asked_at + hours * HOUR)

    assert before == []
    (told,) = texts(stage)
    assert "was due" in told
    assert "Nothing for you to do." in told
    assert "Ana" not in told


def test_the_line_says_when_the_next_word_comes_and_keeps_it(stage: Stage) -> None:
    monday = datetime(2026, 11, 16, 1, tzinfo=UTC)  # 09:00 in Manila
    one = stage.owes(due_at=monday - 9 * HOUR)
    stage.look(stage.ana, monday)
    stage.send_all()
    plan(stage, one, monday + 4 * HOUR)
    promised = []

    for _ in range(5):
        promised.append(last_line(stage, one).partition("next word ")[2])
        wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", one.id)
        assert wake is not None
        assert f"^{int(wake.due_at.timestamp())}^" in promised[-1]
        stage.look(stage.ana, wake.due_at)
        stage.send_all()
        plan(stage, one, wake.due_at)

        # The last time is said, not the first one.
        assert f"I asked <!date^{int(wake.due_at.timestamp())}^" in last_line(stage, one)

    days = [text.partition("|")[2].partition(" Manila")[0] for text in promised]
    assert [day[:10] for day in days] == [
        "Tue 17 Nov",
        "Wed 18 Nov",
        "Thu 19 Nov",
        "Fri 20 Nov",
        "Mon 23 Nov",
    ]
    # Six times in all; then nothing more by itself.
    assert "I asked" in last_line(stage, one)
    assert "next word" not in last_line(stage, one)


def test_what_became_of_it_is_said_where_it_was_told(stage: Stage) -> None:
    monday = datetime(2026, 11, 16, 1, tzinfo=UTC)
    moved, finished = (stage.owes(due_at=monday - 9 * HOUR, asked_at=monday) for _ in range(2))
    for one in (moved, finished):
        plan(stage, one, monday + 4 * HOUR)
    stage.send_all()

    later = (Due(day=FRIDAY_MANILA.date()), None)
    deliverables.move(stage.deps, stage.who("U0ANA"), moved.id, later, monday + 5 * HOUR)
    deliverables.done(stage.deps, stage.who("U0ANA"), finished.id, monday + 5 * HOUR)
    shown = [last_line(stage, one) for one in (moved, finished)]
    undo(stage.deps, stage.who("U0ANA"), finished.id, "done", monday + 6 * HOUR)

    assert ", now due " in shown[0]
    assert shown[1].endswith(", done.")
    assert "not in yet" in last_line(stage, finished)


def test_what_nobody_took_on_is_not_called_overdue(stage: Stage) -> None:
    monday = datetime(2026, 11, 16, 1, tzinfo=UTC)
    one = stage.owes(due_at=monday - 9 * HOUR, asked_at=monday, state="proposed")

    plan(stage, one, monday + 4 * HOUR)

    assert "was asked for by " in line_of(stage)
    assert "not taken on yet" in line_of(stage)
    assert "was due" not in line_of(stage)


def line_of(stage: Stage) -> str:
    """The only line that something is not in."""
    (row,) = [row for row in stage.said() if row.key.startswith("deliverable-overdue")]
    return str(row.payload["text"])


def last_line(stage: Stage, one: Commitment) -> str:
    key = f"deliverable-overdue/{one.id}/{to_text(one.due_at)}"
    return str(outbox.last_drawn(stage.store.reading(), ACME_TEAM, key)["text"])


def test_outside_the_owing_sides_hours_it_is_put_off(stage: Stage) -> None:
    one = stage.owes(due_at=MONDAY_NOON - 40 * HOUR, asked_at=MONDAY_NOON - 16 * HOUR)

    plan(stage, one, MONDAY_NOON)  # 01:00 in Manila

    wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", one.id)
    assert texts(stage) == []
    assert wake is not None
    assert wake.due_at == datetime(2026, 11, 17, 1, tzinfo=UTC)


def test_nothing_is_told_while_the_partnership_rests(stage: Stage) -> None:
    one = stage.owes(due_at=MONDAY_NOON - 40 * HOUR, asked_at=MONDAY_NOON - 16 * HOUR)
    with stage.store.writing(None) as db:
        pause = Pause(from_at=MONDAY_NOON, until_at=None, reason="asked")
        partnerships.set_pause(db, stage.partnership, pause)

    plan(stage, one, datetime(2026, 11, 17, 2, tzinfo=UTC))

    assert texts(stage) == []
    assert wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", one.id) is not None


def test_what_is_done_in_time_is_not_told(stage: Stage) -> None:
    one = stage.owes(due_at=MONDAY_NOON - 40 * HOUR, asked_at=MONDAY_NOON - 16 * HOUR)
    deliverables.done(stage.deps, stage.who("U0ANA"), one.id, MONDAY_NOON)

    plan(stage, one, datetime(2026, 11, 17, 2, tzinfo=UTC))

    assert [text for text in texts(stage) if "not in yet" in text] == []
    found = wakes.wake_of(stage.store.reading(), ACME_TEAM, "deliverable", one.id)
    assert found is not None
    assert found.due_at == now(stage, one).review_until


def plan(stage: Stage, one: Commitment, at: datetime) -> None:
    assert weeks.newest(stage.store.reading(), stage.partnership) is not None
    wake = wakes.Wake(
        team_id=ACME_TEAM,
        kind="deliverable",
        subject_id=one.id,
        partnership_id=one.partnership_id,
        due_at=at,
    )
    deliverable_planning.plan(stage.deps, wake, at)
