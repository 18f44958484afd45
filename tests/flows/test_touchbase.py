import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json


def mention(touchbase: Touchbase, user: str, words: str, thread_ts: str | None = None) -> Json:
    """What the bot replies to a mention, in whose thread it stands."""
    bot_user = touchbase.slack.user_id("touchbase")
    ts = touchbase.slack.say(CHANNEL, user, f"<@{bot_user}> {words}", thread_ts=thread_ts)
    touchbase.calm()
    return touchbase.replies(thread_ts or ts)[-1]


def test_a_channel_without_a_partnership_explains_set_up(touchbase: Touchbase) -> None:
    said = touchbase.slack.command(CHANNEL, "maria", "/touchbase")

    assert "begins with `/touchbase setup`" in said["text"]


def test_the_hub_is_shown_to_who_asks_for_it_alone(touchbase: Touchbase) -> None:
    touchbase.agreed()
    posted = len(touchbase.from_bot())

    said = touchbase.slack.command(CHANNEL, "maria", "/touchbase")

    assert said["response_type"] == "ephemeral"
    assert "*Acme Retail and Globalcall.*" in texts(said)
    assert len(touchbase.from_bot()) == posted


def test_help_names_every_command_there_is(touchbase: Touchbase) -> None:
    said = touchbase.slack.command(CHANNEL, "maria", "/touchbase", "help")

    assert "`/touchbase setup`" in said["text"]
    assert "no commands in threads" in said["text"]


@pytest.mark.parametrize(
    ("typed", "answered"),
    [
        pytest.param("setpu", "Did you mean `/touchbase setup`?", id="a slip of the finger"),
        pytest.param("ovrdue", "Did you mean `/touchbase overdue`?", id="a word for a list"),
        pytest.param("xyzzy <!channel>", "I did not understand", id="a word of no language"),
    ],
)
def test_unknown_words_are_answered_with_the_nearest_verb(
    touchbase: Touchbase, typed: str, answered: str
) -> None:
    said = touchbase.slack.command(CHANNEL, "maria", "/touchbase", typed)

    assert answered in said["text"]
    assert "For example: `/touchbase deliverable @ana training deck by friday`." in said["text"]
    assert typed.split(maxsplit=1)[0] in said["text"]
    assert "<!channel>" not in said["text"]


def test_after_checkin_the_example_is_a_check_in(touchbase: Touchbase) -> None:
    said = touchbase.slack.command(CHANNEL, "maria", "/checkin", "skp")["text"]

    assert "Did you mean `/touchbase checkin skip`?" in said
    assert "For example: `/touchbase checkin weekly tue 10am ops review`." in said


def test_after_a_mention_the_example_is_one_that_an_outsider_can_type(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()

    maria = touchbase.slack.user_id("maria")
    said = mention(touchbase, "ana", f"frobnicate the deck of <@{maria}>")["text"]

    assert "“frobnicate the deck of @Maria”" in said
    assert "`@Touchbase deliverable @ana training deck by friday`" in said
    assert "/touchbase" not in said


@pytest.mark.parametrize(
    ("typed", "action_id"),
    [
        pytest.param("skip next week", "checkin.skip", id="skip"),
        pytest.param("move to thu 4pm", "checkin.move", id="move without a title"),
    ],
)
def test_a_mention_need_not_name_the_check_in_where_nothing_else_is_meant(
    touchbase: Touchbase, typed: str, action_id: str
) -> None:
    touchbase.agreed()

    assert action_id in action_ids(mention(touchbase, "ana", typed))


def test_a_bare_mention_shows_the_hub_in_its_thread(touchbase: Touchbase) -> None:
    touchbase.agreed()

    reply = mention(touchbase, "ana", "")

    assert "Next check-in" in reply["text"]
    assert "hub.more" in action_ids(reply)


def test_a_mention_inside_a_thread_is_answered_there(touchbase: Touchbase) -> None:
    touchbase.agreed()
    root = touchbase.slack.say(CHANNEL, "ana", "where are we?")

    reply = mention(touchbase, "ana", "help", thread_ts=root)

    assert "What you can ask for" in reply["text"]


def test_a_mention_that_slack_tells_twice_is_answered_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    team, channel = "T0ACME0001", "C0ACMEGLOB"
    ts = slack.say(CHANNEL, "ana", "hello")
    event = {
        "type": "app_mention",
        "user": slack.user_id("ana"),
        "channel": channel,
        "text": f"<@{slack.user_id('touchbase')}> help",
        "ts": ts,
        "event_ts": ts,
    }

    slack.do("event", team=team, event=event, event_id="Ev0TWICE", times=3)
    touchbase.calm()

    assert len(touchbase.replies(ts)) == 1


def test_set_up_by_mention_offers_the_form_by_a_button(touchbase: Touchbase) -> None:
    reply = mention(touchbase, "maria", "setup")

    touchbase.slack.click("maria", "setup.open", channel=CHANNEL, ts=reply["ts"])

    assert touchbase.slack.modal("maria")["callback_id"] == "setup.form"


def test_the_other_company_cannot_set_up_what_it_did_not_install(touchbase: Touchbase) -> None:
    reply = mention(touchbase, "maria", "setup")

    touchbase.slack.click("ana", "setup.open", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()

    assert touchbase.slack.views("ana")["modals"] == []
    told = [m for m in touchbase.messages() if m.get("ephemeral_to")]
    assert "the company that installed it" in told[-1]["text"]


def test_an_outsider_cannot_run_commands_and_has_every_button(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    refused = slack.post("command", channel=CHANNEL, user="ana", command="/touchbase", text="")
    hub = touchbase.message_with("hub.more")

    slack.click("ana", "hub.more", channel=CHANNEL, ts=hub["ts"])
    more = slack.modal("ana")

    assert refused["error"] == "not_a_valid_command"
    places: list[tuple[Json, Json]] = [
        (more, {"view_id": more["id"]}),
        (hub, {"channel": CHANNEL, "ts": hub["ts"]}),
    ]
    for shown, where in places:
        for action_id in sorted(action_ids(shown) - {"hub.more"}):
            slack.click("ana", action_id, **where)
            top = slack.modal("ana")
            assert top["id"] != more["id"]
            assert top["callback_id"] != "touchbase.notice", texts(top)
            slack.do("close", user="ana", view_id=top["id"])


def test_a_command_that_slack_took_for_text_is_answered_with_buttons(touchbase: Touchbase) -> None:
    touchbase.agreed()

    ts = touchbase.slack.say(CHANNEL, "ana", "/touchbase away until monday")
    touchbase.calm()

    (reply,) = touchbase.replies(ts)
    assert "Commands work only inside Acme Retail's Slack" in reply["text"]
    touchbase.slack.click("ana", "hub.more", channel=CHANNEL, ts=reply["ts"])
    assert touchbase.slack.modal("ana")["callback_id"] == "hub.more_view"


def test_what_the_home_side_writes_that_looks_like_a_command_is_left_alone(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()

    ts = touchbase.slack.say(CHANNEL, "maria", "/touchbase is what you type")
    touchbase.calm()

    assert touchbase.replies(ts) == []
