import pytest

from domain.people import SIDES, Side
from domain.rights import ACTS, NotAllowed, Standings, Thing, require

LISTED = {"client lead", "client member", "vendor lead", "vendor member"}
LEADS = {"client lead", "vendor lead"}
NOBODY: set[str] = set()
READERS = LISTED | {"watcher"}

# The client installed Touchbase; the installer is one of its members, not a lead.
ACTORS = {
    "client lead": Standings(
        side="client", listed=True, lead=True, installer=False, guest_side="vendor"
    ),
    "client member": Standings(
        side="client", listed=True, lead=False, installer=False, guest_side="vendor"
    ),
    "vendor lead": Standings(
        side="vendor", listed=True, lead=True, installer=False, guest_side="vendor"
    ),
    "vendor member": Standings(
        side="vendor", listed=True, lead=False, installer=False, guest_side="vendor"
    ),
    "observer": Standings(
        side=None, listed=False, lead=False, installer=False, guest_side="vendor"
    ),
    "watcher": Standings(
        side=None, listed=False, lead=False, installer=False, guest_side="vendor", watches=True
    ),
    "installer": Standings(
        side="client", listed=False, lead=False, installer=True, guest_side="vendor"
    ),
}

# Who may do what to a thing of the client that is neither the actor's own nor written by the actor.
MAY = {
    "own.away": LISTED,
    "own.mute": LISTED,
    "own.hours": LISTED,
    "side.people": {"client lead"},
    "advisor.propose": LEADS,
    "advisor.agree": {"client lead"},
    "advisor.end": LEADS,
    "side.day_off": {"client lead"},
    "side.hours": {"client lead"},
    "side.duty": {"client lead"},
    "partnership.agree": {"vendor lead"},
    "partnership.decline": {"vendor lead"},
    "partnership.pause": LEADS | {"installer"},
    "partnership.resume": LEADS | {"installer"},
    "partnership.settings": LEADS | {"installer"},
    "summary.read": LEADS,
    "summary.choose": {"client lead"},
    "sponsors.choose": {"client lead"},
    "joint.propose": LEADS,
    "joint.agree": {"client lead"},
    "joint.keep": LEADS,
    "joint.undo": LEADS,
    "deliverable.create": LISTED,
    "deliverable.accept": NOBODY,
    "deliverable.decline": NOBODY,
    "deliverable.done": {"client lead"},
    "deliverable.move": {"client lead"},
    "deliverable.hand_over": {"client lead"},
    "deliverable.withdraw": LEADS,
    "deliverable.snooze": NOBODY,
    "deliverable.on_it": NOBODY,
    "deliverable.raise": LISTED,
    "sponsors.bring": LEADS,
    "sponsors.undo": {"client lead"},
    "sponsors.help": NOBODY,
    "deliverable.tell_done": LISTED,
    "deliverable.approve": {"vendor lead", "vendor member"},
    "deliverable.send_back": {"vendor lead", "vendor member"},
    "deliverable.waiting": {"client lead"},
    "deliverable.history": READERS,
    "deliverable.file": LEADS,
    "deliverable.report": READERS,
    "compliance.read": READERS,
    "checkin.create": LEADS,
    "checkin.move": LEADS,
    "checkin.skip": LEADS,
    "checkin.cancel": LEADS,
    "checkin.agenda": LISTED,
    "checkin.confirm": LEADS,
    "checkin.excuse": LISTED,
    "input.read": READERS,
    "input.change": LEADS,
    "topic.read": READERS,
    "topic.none": LISTED,
    "topic.change": LEADS,
    "topic.read_for_leads": LEADS,
    "invitation.post": LISTED,
    "written.answer": LISTED,
    "written.read": READERS,
    "written.ask": LEADS,
    "pulse.ask": LEADS,
    "pulse.answer": LISTED,
    "pulse.file": LEADS,
    "signed.answer": LEADS,
    "lessons.write": LEADS,
    "pulse.read": READERS,
    "gaps.read": READERS,
    "gaps.settle": {"client lead"},
    "gaps.note": LEADS,
}


def allowed(act: str, actor: Standings, thing: Thing) -> bool:
    try:
        require(act, actor, thing)
    except NotAllowed:
        return False
    return True


def test_the_table_here_knows_every_act() -> None:
    assert set(MAY) == set(ACTS)


def test_an_act_is_open_to_exactly_those() -> None:
    found = {
        act: {who for who, actor in ACTORS.items() if allowed(act, actor, Thing(side="client"))}
        for act in MAY
    }

    assert found == {act: set(may) for act, may in MAY.items()}


@pytest.mark.parametrize("side", SIDES)
def test_a_lead_has_no_right_over_the_other_side(side: Side) -> None:
    of_other = {"client": "vendor lead", "vendor": "client lead"}[side]
    acts = [act for act, standings in ACTS.items() if standings == {"side_lead"}]

    assert acts
    assert not any(allowed(act, ACTORS[of_other], Thing(side=side)) for act in acts)


@pytest.mark.parametrize(
    "act", ["deliverable.accept", "deliverable.decline", "deliverable.done", "deliverable.move"]
)
def test_an_owner_decides_over_the_own_promise(act: str) -> None:
    own = Thing(side="vendor", is_owner=True)

    assert allowed(act, ACTORS["vendor member"], own)


def test_who_wrote_a_deliverable_down_may_take_it_back() -> None:
    written = Thing(side="vendor", is_author=True)

    assert allowed("deliverable.withdraw", ACTORS["client member"], written)


def test_a_thing_of_no_side_belongs_to_no_sides_lead() -> None:
    assert not allowed("side.people", ACTORS["client lead"], Thing())


def test_a_refusal_names_the_act_and_who_could() -> None:
    with pytest.raises(NotAllowed) as refused:
        require("partnership.agree", ACTORS["client lead"])

    assert refused.value.act == "partnership.agree"
    assert refused.value.allowed == {"guest_lead"}
