"""What people type, by a command at home and by a mention from the other company, told the same."""

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids
from tests.people import Json

# Words, as behind a mention; what the answer says; a button that stands below it.
TYPED = (
    ("", "Next check-in", "hub.more"),
    ("help", "What you can ask for", None),
    ("setup", "", "hub.setup"),
    ("checkin weekly tue 10am ops review", "*ops review*, 30 minutes.", "checkin.create"),
    ("checkin every other thursday 3pm manila", "15:00 Manila", "checkin.create"),
    ("checkin last friday of the month", "The last Friday of each month", "checkin.create"),
    ("checkin move to thu 4pm", "Nothing is changed before you press.", "checkin.move"),
    ("checkin skip next week", "Nothing is changed before you press.", "checkin.skip"),
    ("checkin cancel", "Nothing is changed before you press.", "checkin.end"),
    ("deliverable {me} price list by friday", "Noted: *price list*", "deliverable.undo"),
    ("deliverable {me} product deck sa biyernes", "Noted: *product deck*", "deliverable.undo"),
    ("deliverable {me} manual el viernes", "Noted: *manual*", "deliverable.undo"),
    ("deliverable {me} leaflet amanhã", "Noted: *leaflet*", "deliverable.undo"),
    ("deliverable {me} lamp by 5pm tomorrow", "Noted: *lamp*", "deliverable.undo"),
    ("list", "Open here: 5 deliverables.", "deliverable.done"),
    ("overdue", "Nothing is past its date.", None),
    ("done deck", "Done: *product deck*", "deliverable.undo"),
    ("move manual to monday, data came late", "*manual*", "deliverable.undo"),
    ("away until thursday", "You are away", "away.undo"),
    ("back", "Welcome back.", "away.again"),
    ("ooo 24-28 dec", "Thu 24 Dec to Mon 28 Dec", "away.undo"),
    ("off fri pm", "You are away Fri 23 Oct", "away.undo"),
    ('dayoff tomorrow "typhoon" us', "is off", "dayoff.undo"),
    ("pause", "For you or this channel?", "pause.me"),
    ("stop", "For you or this channel?", "pause.channel"),
    ("mute", "For you or this channel?", "pause.me"),
    ("unsubscribe", "For you or this channel?", "pause.me"),
    ("quiet", "For you or this channel?", "pause.me"),
    ("pulse how was the hand-over?", "*how was the hand-over?*", "pulse.post"),
)
# A command shows the reader alone what a mention only offers a button for.
OPENED_BY_MENTION = (
    ("mine", "My list: 4 deliverables.", "hub.mine"),
    ("what do I owe", "My list: 4 deliverables.", "hub.mine"),
    ("gaps", "open", "hub.gaps"),
    ("status", "open", "hub.gaps"),
    ("report", "open", "hub.gaps"),
    ("checkin report", "Check-ins of", "compliance.open"),
)


def by_mention(touchbase: Touchbase, words: str) -> Json:
    slack = touchbase.slack
    ts = slack.say(CHANNEL, "ana", f"<@{slack.user_id('touchbase')}> {words}")
    touchbase.calm()
    return touchbase.replies(ts)[-1]


def by_command(touchbase: Touchbase, words: str) -> Json:
    answer = touchbase.slack.command(CHANNEL, "maria", "/touchbase", words)
    touchbase.calm()
    for view in touchbase.slack.views("maria")["modals"]:
        touchbase.slack.do("close", user="maria", view_id=view["id"])
        answer = view
    return answer


@pytest.mark.parametrize("way", ["mention", "command"])
def test_the_words_that_people_type_do_the_same_on_both_sides(
    touchbase: Touchbase, way: str
) -> None:
    touchbase.agreed()
    # Tuesday morning in the writer's office.
    touchbase.slack.move_to("2026-10-20T01:30:00Z" if way == "mention" else "2026-10-20T14:00:00Z")
    person = touchbase.slack.user_id("ana" if way == "mention" else "maria")
    say = by_mention if way == "mention" else by_command

    for words, said, action_id in TYPED:
        answer = say(touchbase, words.format(me=f"<@{person}>"))
        is_form = "callback_id" in answer
        assert is_form or said in str(answer.get("text", "")), (words, answer.get("text"))
        assert is_form or action_id is None or action_id in action_ids(answer), words

    for words, said, button in OPENED_BY_MENTION:
        answer = say(touchbase, words)
        if way == "mention":
            assert button in action_ids(answer), words
            assert "deliverable.done" not in action_ids(answer), words
        else:
            assert said.lower() in answer["text"].lower(), words
