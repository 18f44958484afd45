from tests.flows.checkin_acts import press_private
from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.flows.test_away import private, typed
from tests.people import Json


def mention(touchbase: Touchbase, user: str, words: str) -> Json:
    slack = touchbase.slack
    ts = slack.say(CHANNEL, user, f"<@{slack.user_id('touchbase')}> {words}")
    touchbase.calm()
    return touchbase.replies(ts)[-1]


def week_posts(touchbase: Touchbase) -> list[Json]:
    return [m for m in touchbase.from_bot() if "This week" in texts(m) and not m.get("thread_ts")]


def test_pause_asks_for_whom_and_until_when(touchbase: Touchbase) -> None:
    touchbase.agreed()

    said = typed(touchbase, "pause")

    assert said["text"] == "For you or this channel? Until when?"
    assert action_ids(said) == {"pause.me", "pause.channel", "pause.open"}


def test_stop_writing_to_me_works_at_once_and_nobody_is_told(touchbase: Touchbase) -> None:
    touchbase.agreed()
    posted = len(touchbase.from_bot())

    said = typed(touchbase, "mute me until friday")
    touchbase.calm()

    assert "I write nothing more to you until Fri 23 Oct" in said["text"]
    assert len(touchbase.from_bot()) == posted
    assert "I write to you again" in typed(touchbase, "resume")["text"]
    assert "Nothing is paused" in typed(touchbase, "resume")["text"]


def test_a_pause_by_mention_is_answered_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    before = len(touchbase.from_bot())

    own = mention(touchbase, "ana", "pause me")
    channel = mention(touchbase, "ana", "pause channel")
    touchbase.calm()

    assert own["text"] == "Done; it holds from now on."
    assert "As Globalcall asked: Touchbase rests here until that side resumes." in channel["text"]
    assert action_ids(channel) == {"pause.resume_channel"}
    assert len(touchbase.from_bot()) == before + 2


def test_a_lead_of_either_side_rests_the_channel_and_one_line_says_so(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    reply = mention(touchbase, "ana", "pause")
    posted = len(touchbase.from_bot())

    touchbase.slack.click("ana", "pause.channel", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()
    line = touchbase.from_bot()[-1]
    touchbase.slack.advance("P10D")
    meanwhile = touchbase.from_bot()[posted:]
    touchbase.slack.click("ana", "pause.resume_channel", channel=CHANNEL, ts=line["ts"])
    touchbase.calm()

    assert "As Globalcall asked: Touchbase rests here until that side resumes." in line["text"]
    said = [m["text"] for m in private(touchbase, "ana")]
    assert any("Touchbase rests in this channel" in text for text in said)
    assert meanwhile == [line]
    after = touchbase.from_bot()[posted + 1 :]
    assert [m["text"] for m in after if m.get("thread_ts", m["ts"]) != m["ts"]] == [
        "As Globalcall asked: Touchbase goes on here."
    ]
    assert len(after) == 2
    assert "This week" in texts(after[0])


def test_the_live_posts_say_that_it_rests_until_it_goes_on(touchbase: Touchbase) -> None:
    touchbase.agreed()
    typed(touchbase, "pause this channel until thursday")
    touchbase.calm()
    hub, week = touchbase.from_bot()[1:3]
    line = touchbase.from_bot()[-1]

    for post in (hub, week):
        assert "Resting until <!date^" in texts(post)
        assert "Thu 22 Oct 00:00 New York" in texts(post)
        assert "pause.resume_channel" in action_ids(post)

    touchbase.slack.click("maria", "pause.resume_channel", channel=CHANNEL, ts=hub["ts"])
    touchbase.calm()

    after = {m["ts"]: m for m in touchbase.from_bot()}
    for post in (hub, week, line):
        assert "Resting" not in texts(after[post["ts"]])
        assert "pause.resume_channel" not in action_ids(after[post["ts"]])
    assert "Touchbase rested here until" in after[line["ts"]]["text"]


def test_what_one_side_paused_the_other_asks_to_end_and_ends_only_for_itself(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    typed(touchbase, "pause this channel until thursday")
    typed(touchbase, "pause me")
    both = typed(touchbase, "resume")
    touchbase.calm()
    hub = touchbase.from_bot()[1]

    def ana_presses(action_id: str, shown: Json) -> Json:
        touchbase.slack.click("ana", action_id, channel=CHANNEL, ts=shown["ts"])
        touchbase.calm()
        return private(touchbase, "ana")[-1]

    kept = ana_presses("pause.resume_channel", hub)
    asked = ana_presses("pause.ask", kept)
    wish = touchbase.from_bot()[-1]
    ana_presses("pause.ask", ana_presses("pause.resume_channel", hub))
    wishes = [m for m in touchbase.from_bot() if "would like" in m["text"]]
    mention(touchbase, "ana", "pause this channel until wednesday")
    named = texts(touchbase.from_bot()[1])
    again = ana_presses("pause.resume_channel", hub)
    touchbase.slack.click("maria", "pause.resume_channel", channel=CHANNEL, ts=wish["ts"])
    touchbase.calm()

    assert action_ids(both) == {"pause.resume_me", "pause.resume_channel"}
    assert kept["text"].startswith("Acme Retail paused it until Thu 22 Oct")
    assert "A lead of Acme Retail can resume." in kept["text"]
    assert "Acme Retail is asked" in asked["text"]
    assert "Globalcall would like Touchbase to go on here." in wish["text"]
    assert wishes == [wish]
    assert "as Acme Retail and Globalcall asked" in named
    assert again["text"] == kept["text"]
    assert "Resting" not in texts(touchbase.from_bot()[1])


def test_a_rest_with_an_end_ends_by_itself(touchbase: Touchbase) -> None:
    touchbase.agreed()

    typed(touchbase, "pause this channel until thursday")
    touchbase.slack.advance("P2D")
    resting = touchbase.from_bot()[-1]
    touchbase.slack.advance("P2D")

    assert "rests here until" in resting["text"]
    assert "Touchbase goes on here." in [m["text"] for m in touchbase.from_bot()]


def test_the_form_of_a_pause_names_a_day(touchbase: Touchbase) -> None:
    touchbase.agreed()
    reply = mention(touchbase, "ana", "pause")
    slack = touchbase.slack
    slack.click("ana", "pause.open", channel=CHANNEL, ts=reply["ts"])

    past = slack.submit("ana", values={"until": {"value": "2026-10-01"}})
    said = slack.submit(
        "ana", values={"scope": {"value": "channel"}, "until": {"value": "2026-10-22"}}
    )

    assert "no end to come" in past["errors"]["until"]
    assert "rests in this channel until Thu 22 Oct 00:00 Manila" in texts(said["view"])


def test_who_leads_neither_side_rests_no_channel(touchbase: Touchbase) -> None:
    touchbase.agreed()

    said = typed(touchbase, "pause this channel", user="james")

    assert "a lead of either side" in said["text"]


def test_a_pressed_button_twice_rests_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    reply = mention(touchbase, "ana", "pause")

    for _ in range(2):
        touchbase.slack.click("ana", "pause.channel", channel=CHANNEL, ts=reply["ts"])
        touchbase.calm()

    lines = [m for m in touchbase.from_bot() if "rests here" in m["text"]]
    assert len(lines) == 1


def test_what_a_rest_stopped_on_its_way_stands_as_it_is_then(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack, maria = touchbase.slack, touchbase.slack.user_id("maria")
    slack.command(CHANNEL, "maria", "/deliverable", f"<@{maria}> forecast by friday")
    touchbase.calm()
    slack.fault("chat.postMessage", "ratelimited", retry_after=60)
    for title in ("deck", "roster"):
        slack.command(CHANNEL, "maria", "/deliverable", f"<@U0ANA000000> {title} by friday")
    typed(touchbase, "pause this channel")
    slack.advance("PT5M")
    resting = posts_about(touchbase, "deck", "roster")
    press_private(touchbase, "maria", "deliverable.undo")  # the roster
    slack.command(CHANNEL, "maria", "/deliverable", "done forecast")
    slack.advance("PT5M")
    before = len(touchbase.from_bot())

    slack.command(CHANNEL, "maria", "/touchbase", "resume")
    slack.advance("PT5M")

    assert resting == []
    (deck,) = posts_about(touchbase, "deck")
    assert "Waiting for Globalcall to accept it." in deck["text"]
    assert posts_about(touchbase, "roster") == []
    (forecast,) = posts_about(touchbase, "forecast")
    assert ": delivered." in forecast["text"]
    # One card and one line that says that it goes on.
    assert len(touchbase.from_bot()) == before + 2


def posts_about(touchbase: Touchbase, *titles: str) -> list[Json]:
    return [m for m in touchbase.from_bot() if any(f"*{title}*" in m["text"] for title in titles)]
