"""A check-in that one side proposes: agreed to, countered, taken back, over the wire."""

from tests.flows.checkin_acts import about, press_private, say, sole_check_in
from tests.flows.conftest import CHANNEL, Touchbase, texts

PENDING = "Proposed by Acme Retail, not yet agreed by Globalcall."


def card(touchbase: Touchbase) -> str:
    return str(about(touchbase, "First:")[-1]["text"])


def test_the_other_sides_lead_agrees_and_for_a_day_takes_it_back(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-19T14:30:00Z")
    proposed = card(touchbase)
    agenda = about(touchbase, "Agenda:")[0]

    own = touchbase.press("maria", "proposal.agree")
    touchbase.press("liza", "proposal.agree")
    touchbase.calm()
    liza = touchbase.slack.user_id("liza")
    (refused,) = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to") == liza]
    touchbase.press("ana", "proposal.agree")
    touchbase.calm()
    agreed = card(touchbase)
    agenda_then = about(touchbase, "Agenda:")[0]
    touchbase.press("ana", "proposal.undo")
    touchbase.calm()

    assert proposed.startswith("Acme Retail planned a check-in: *ops review*")
    assert proposed.endswith(PENDING)
    assert PENDING in texts(agenda)
    assert own["ok"]
    assert refused == "This can be done by a lead of Globalcall."
    assert agreed.endswith("Agreed by Globalcall.")
    assert PENDING not in texts(agenda_then)
    assert agenda_then["ts"] == agenda["ts"]
    assert card(touchbase).endswith(PENDING)


def test_another_time_is_the_other_sides_proposal_and_moves_what_was_announced(
    touchbase: Touchbase,
) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-19T14:30:00Z")
    agenda_ts = about(touchbase, "Agenda:")[0]["ts"]

    touchbase.press("ana", "proposal.another")
    shown = touchbase.slack.submit(
        "ana",
        values={"days": {"value": ["3"]}, "time": {"value": "20:00"}, "zone": {"value": "Manila"}},
    )
    for _ in range(2):
        touchbase.slack.post("submit", user="ana", view_id=shown["view"]["id"], values={})
    touchbase.calm()
    countered = card(touchbase)
    touchbase.press("maria", "proposal.agree")
    touchbase.calm()

    assert "Every Thursday 20:00 Manila = 08:00 or 07:00 New York" in texts(shown["view"])
    assert countered.startswith("Globalcall proposes another rhythm for *ops review*")
    assert countered.endswith("Proposed by Globalcall, not yet agreed by Acme Retail.")
    assert card(touchbase).endswith("Agreed by Acme Retail.")
    assert len(about(touchbase, "followed by another one")) == 1
    (agenda,) = about(touchbase, "Agenda:")
    assert agenda["ts"] == agenda_ts
    assert "Thu 22 Oct 08:00" in agenda["text"]


def test_a_form_that_was_open_while_the_other_side_agreed_on_something_else_says_so(
    touchbase: Touchbase,
) -> None:
    sole_check_in(touchbase)
    touchbase.press("maria", "proposal.another")
    touchbase.press("ana", "proposal.another")
    theirs = {"title": {"value": "Weekly review"}, "time": {"value": "09:00"}}
    ours = {"title": {"value": "Our review"}, "time": {"value": "11:00"}}
    touchbase.slack.submit("ana", values=theirs)
    touchbase.slack.submit("ana")
    shown = touchbase.slack.submit("maria", values=ours)

    assert "changed meanwhile by Ana" in texts(shown["view"])
    fields = {block["block_id"]: block for block in shown["view"]["blocks"] if "element" in block}
    assert fields["title"]["element"]["initial_value"] == "Our review"
    again = touchbase.slack.submit("maria")
    assert "Our review" in texts(again["view"])
    assert touchbase.slack.submit("maria")["ok"]
    touchbase.calm()
    (told,) = [
        m for m in touchbase.from_bot() if "*Our review*" in m["text"] and "First" in m["text"]
    ]
    assert told["text"].endswith(PENDING)


def test_a_check_in_on_a_holiday_moves_to_the_next_day_on_which_both_work(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    say(touchbase, "monthly last thursday 10am month end")
    press_private(touchbase, "maria", "checkin.form_open")
    shown = touchbase.slack.submit(
        "maria",
        values={"holidays": {"value": "shared"}, "starts_on": {"value": "2026-11-01"}},
    )
    touchbase.slack.submit("maria")
    touchbase.calm()
    moved = say(touchbase, "list")["text"]

    touchbase.slack.command(CHANNEL, "maria", "/touchbase", "dayoff 27 nov 2026")
    touchbase.calm()

    # Thanksgiving in New York; a day off of Acme's own the day after.
    line = "Thu 26 Nov: Acme Retail is off that day, Thanksgiving Day; moved to Fri 27 Nov."
    assert line in texts(shown["view"])
    assert "Fri 27 Nov 10:00 New York" in moved
    # The 30th is Bonifacio Day in Manila.
    assert "Tue 1 Dec 10:00 New York" in say(touchbase, "list")["text"]


def test_nothing_is_planned_where_nobody_would_come_or_hear_of_it(touchbase: Touchbase) -> None:
    touchbase.agreed()

    touchbase.slack.do("member", channel=CHANNEL, user="ana", joined=False)
    touchbase.calm()
    nobody = say(touchbase, "weekly wed 10am quality")
    touchbase.slack.do("member", channel=CHANNEL, user="touchbase", joined=False)
    touchbase.calm()
    unheard = say(touchbase, "weekly wed 10am quality")

    assert nobody["text"].startswith("Globalcall has neither lead nor member here yet")
    assert unheard["text"].startswith("I am not in this channel yet. Write `/invite @touchbase`")


def test_a_monthly_check_in_moves_by_its_weekday_or_its_date_and_back(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    say(touchbase, "last friday of the month 10am month end")
    press_private(touchbase, "maria", "checkin.create")
    touchbase.calm()

    which = say(touchbase, "move to thursday 11am")
    either = say(touchbase, "move month end to thursday 11am")
    said = say(touchbase, "move month end to thu 29 oct 11am")
    press_private(touchbase, "maria", "checkin.move_all")
    touchbase.calm()
    touchbase.press("ana", "checkin.move_all")
    touchbase.calm()
    back = say(touchbase, "list")["text"]
    say(touchbase, "move month end to thu 29 oct 11am")
    press_private(touchbase, "maria", "checkin.move_all_other")
    touchbase.calm()

    assert which["text"].startswith("Which check-in moves? *")
    assert "*month end*, Fri 30 Oct 10:00 New York" in which["text"]
    assert "*Thu 22 Oct 11:00 New York" in either["text"]
    assert "*Thu 29 Oct 11:00 New York" in either["text"]
    assert "Thu 22 Oct" not in said["text"]
    assert "All: The last Thursday of each month" in texts(said)
    told = [m["text"] for m in about(touchbase, "is moved from", "*month end*")]
    assert "From then on: The last Thursday of each month at 11:00 New York" in told[0]
    assert "From then on: The last Friday of each month at 10:00 New York" in told[1]
    assert "The last Friday of each month" in back
    assert "From then on: The 29th of each month at 11:00 New York" in told[2]
    (card,) = about(touchbase, "First:", "*month end*")
    assert "11:00 New York, 30 minutes. First: " in card["text"]
    assert "(Thu 29 Oct 11:00 New York" in card["text"]
