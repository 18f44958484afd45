import json

import pytest

from tests.flows.conftest import CHANNEL, CLIENT_INSTALLS, Touchbase, action_ids, texts
from tests.people import Json
from tests.waiting import wait_until

VENDOR_INSTALLS = (
    "setup we are the vendor, client Globalcall, vendor “Acme Retail”,"
    " zone new york, their zone manila, template just check-ins"
)


def test_words_fill_the_form_and_what_is_previewed_is_posted(touchbase: Touchbase) -> None:
    slack = touchbase.slack

    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)
    slack.submit("maria")
    preview = texts(slack.modal("maria"))
    before = touchbase.from_bot()
    slack.submit("maria")
    touchbase.calm()

    first, hub = touchbase.from_bot()
    assert before == []
    assert first["blocks"][0]["text"]["text"] in preview
    assert hub["blocks"][0]["text"]["text"] in preview
    assert action_ids(first) == {
        "consent.agree",
        "consent.change",
        "consent.decline",
        "consent.privacy",
    }
    assert hub["pinned"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        pytest.param(CLIENT_INSTALLS, "Agree for Globalcall", id="the client installs"),
        pytest.param(VENDOR_INSTALLS, "Agree for Globalcall", id="the vendor installs"),
    ],
)
def test_either_side_can_be_the_one_that_installs(
    touchbase: Touchbase, words: str, asked: str
) -> None:
    touchbase.set_up(words)

    assert asked in texts(touchbase.message_with("consent.agree"))

    touchbase.agree("ana")

    first, hub, week = touchbase.from_bot()
    assert "Globalcall agreed on Mon 19 Oct" in first["text"]
    assert "consent.agree" not in action_ids(first)
    assert "Waiting for" not in texts(hub)
    assert "This week" in texts(week)
    assert "Mon 19 Oct" in week["text"]


def test_a_field_that_needs_a_change_says_so_and_keeps_what_was_typed(
    touchbase: Touchbase,
) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)

    answer = slack.submit("maria", values={"their_zone": {"value": "Atlantis"}})

    assert answer["errors"] == {
        "their_zone": "I know no time zone called Atlantis. A city works: New York, Manila, Berlin."
    }
    assert slack.modal("maria")["callback_id"] == "setup.form"

    answer = slack.submit("maria", values={"their_zone": {"value": "manila"}})

    assert answer["action"] == "updated"
    assert slack.modal("maria")["callback_id"] == "setup.preview"


def test_everything_that_needs_a_change_is_said_at_once(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)

    answer = slack.submit(
        "maria",
        values={
            "client": {"value": "A" * 61},
            "zone": {"value": "EST"},
            "their_zone": {"value": "Atlantis"},
            "other_lead": {"value": slack.user_id("maria")},
        },
    )

    errors = answer["errors"]
    assert set(errors) == {"client", "zone", "their_zone", "other_lead"}
    assert errors["client"] == "At most 60 letters, please; this name has 61."
    assert "Do you mean New York, Toronto or Panama?" in errors["zone"]
    assert "of your own company" in errors["other_lead"]


def test_words_that_nobody_understood_are_named_in_the_form(touchbase: Touchbase) -> None:
    touchbase.slack.command(
        CHANNEL, "maria", "/touchbase", "setup client Acme, their zone Atlantis"
    )

    assert "I did not understand “Atlantis”" in texts(touchbase.slack.modal("maria"))


def test_who_looks_first_alone_sees_what_would_be_said_and_posts_it_later(
    touchbase: Touchbase,
) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)
    slack.submit("maria")

    slack.submit("maria", values={"start": {"value": "look"}})
    touchbase.calm()

    shown = touchbase.message_with("setup.post")
    assert touchbase.from_bot() == []
    assert shown["ephemeral_to"] == slack.user_id("maria")
    assert "Hello, I'm Touchbase" in texts(shown)
    for user, command in (("james", "/touchbase"), ("james", "/touchbase setup")):
        said = slack.command(CHANNEL, user, *command.split())
        assert "No partnership is set up" in said["text"]

    slack.click("maria", "setup.post", channel=CHANNEL, ts=shown["ts"])
    slack.click("maria", "setup.post", channel=CHANNEL, ts=shown["ts"])
    touchbase.calm()

    private = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]
    assert any("Posted in the channel" in text for text in private)
    assert not any("before you press *Post it now*" in text for text in private)

    assert len(touchbase.from_bot()) == 2


def test_the_last_page_sent_twice_makes_one_partnership(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)
    slack.command(CHANNEL, "james", "/touchbase", CLIENT_INSTALLS)
    for user in ("maria", "james"):
        slack.submit(user)

    for user in ("maria", "james"):
        slack.submit(user)
    touchbase.calm()

    assert len(touchbase.from_bot()) == 2


def test_the_other_side_says_no_and_nothing_more_is_said(touchbase: Touchbase) -> None:
    touchbase.set_up()

    touchbase.press("ana", "consent.decline")
    touchbase.calm()

    first, hub = touchbase.from_bot()
    assert "Globalcall chose not to use Touchbase" in first["text"]
    assert not hub.get("pinned")
    assert action_ids(hub) == set()

    touchbase.slack.advance("P1DT1H")

    assert len(touchbase.from_bot()) == 2

    touchbase.agree("ana")

    first, hub, week = touchbase.from_bot()
    assert "Globalcall agreed" in first["text"]
    assert hub["pinned"]
    assert "hub.more" in action_ids(hub)
    assert "This week" in texts(week)


def test_before_they_agreed_their_people_read_who_can(touchbase: Touchbase) -> None:
    touchbase.set_up()
    slack = touchbase.slack
    slack.advance("PT1M")
    hub = touchbase.message_with("hub.deliverable")

    slack.click("ana", "hub.deliverable", channel=CHANNEL, ts=hub["ts"])
    touchbase.calm()

    told = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]
    text = (
        "Globalcall has not agreed yet. Anybody of Globalcall can, with *Agree* in my first post,"
        " and becomes its lead."
    )
    assert text in told


def test_after_a_no_the_home_side_reads_that_nothing_runs(touchbase: Touchbase) -> None:
    touchbase.set_up()
    touchbase.press("ana", "consent.decline")
    touchbase.calm()

    said = touchbase.slack.command(CHANNEL, "maria", "/touchbase")

    assert "Globalcall chose not to use Touchbase here" in said["text"]
    assert "Waiting for" not in said["text"]
    assert action_ids(said) == set()


@pytest.mark.parametrize("action", ["consent.agree", "consent.decline", "consent.change"])
def test_nobody_of_the_home_side_answers_for_the_other(touchbase: Touchbase, action: str) -> None:
    touchbase.set_up()

    for user in ("maria", "james"):
        touchbase.press(user, action)
    touchbase.calm()

    # Maria is also asked who is who, once all in the channel are known.
    told = [m for m in touchbase.messages() if m.get("ephemeral_to") and not action_ids(m)]
    assert ["for Globalcall to decide" in m["text"] for m in told] == [True, True]
    assert "Hello, I'm Touchbase" in touchbase.from_bot()[0]["text"]


def test_only_the_named_lead_agrees_when_one_was_named(touchbase: Touchbase) -> None:
    lead = touchbase.slack.user_id("miguel")
    touchbase.set_up(other_lead=lead)

    touchbase.press("ana", "consent.agree")
    touchbase.calm()

    assert touchbase.slack.views("ana")["modals"] == []
    assert "Hello, I'm Touchbase" in touchbase.from_bot()[0]["text"]

    touchbase.agree("miguel")

    assert "Globalcall agreed" in touchbase.from_bot()[0]["text"]


def test_naming_the_wrong_lead_keeps_nobody_from_agreeing(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    slack.fault("users.info", "ratelimited", times=99, retry_after=60)
    touchbase.set_up(other_lead=slack.user_id("nora"))
    slack.do("fault", clear=True)
    slack.advance("PT3M")

    told = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]
    why = f"<@{slack.user_id('nora')}> is not in this channel"
    assert any(why in text for text in told), told

    touchbase.agree("ana")

    assert "Globalcall agreed" in touchbase.from_bot()[0]["text"]


def test_a_colleague_named_as_their_lead_brings_the_form_back_with_the_answers(
    touchbase: Touchbase,
) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)
    slack.submit("maria", values={"other_lead": {"value": slack.user_id("james")}})
    touchbase.calm()

    answer = slack.submit("maria")

    assert answer["action"] == "updated"
    form = slack.modal("maria")
    assert form["callback_id"] == "setup.form"
    assert "is of your own company" in texts(form)
    assert touchbase.from_bot() == []

    again = slack.submit("maria", values={"other_lead": {"value": slack.user_id("james")}})
    assert "is of your own company" in again["errors"]["other_lead"]
    slack.submit("maria", values={"other_lead": {"value": slack.user_id("ana")}})
    assert slack.modal("maria")["callback_id"] == "setup.preview"


def test_the_preview_leads_back_to_the_answers(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)
    slack.submit("maria", values={"vendor": {"value": "Globalcall Manila"}})
    preview = slack.modal("maria")

    slack.click("maria", "setup.back", view_id=preview["id"])
    form = slack.modal("maria")
    answer = slack.submit("maria")

    assert (form["id"], form["callback_id"]) == (preview["id"], "setup.form")
    assert answer["action"] == "updated"
    assert "Globalcall Manila" in texts(slack.modal("maria"))


def test_the_own_name_under_the_other_side_is_asked_about(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", "setup")

    answer = slack.submit(
        "maria",
        values={
            "vendor": {"value": "Globalcall"},
            "home_side": {"value": "vendor"},
            "zone": {"value": "New York"},
            "their_zone": {"value": "Manila"},
        },
    )

    assert "is your own company" in answer["errors"]["client"]
    assert "belongs under the vendor" in answer["errors"]["client"]


def test_the_preview_names_who_can_agree_and_others_are_told(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    miguel = slack.user_id("miguel")
    slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)
    slack.submit("maria", values={"other_lead": {"value": miguel}})
    preview = texts(slack.modal("maria"))
    slack.submit("maria")
    touchbase.calm()

    touchbase.press("ana", "consent.agree")
    touchbase.calm()

    assert f"*Who agrees for Globalcall:* <@{miguel}>" in preview
    told = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]
    assert f"Globalcall has a lead who answers here: <@{miguel}>." in told


def test_the_other_side_corrects_its_name_and_zone_before_it_agrees(touchbase: Touchbase) -> None:
    touchbase.set_up()

    touchbase.press("ana", "consent.change")
    answer = touchbase.slack.submit("ana", values={"zone": {"value": "Atlantis"}})
    assert set(answer["errors"]) == {"zone"}
    touchbase.slack.submit(
        "ana", values={"name": {"value": "Globalcall Inc."}, "zone": {"value": "Cebu"}}
    )
    touchbase.calm()

    first, hub = touchbase.from_bot()
    assert "Agree for Globalcall Inc." in texts(first)
    assert "Globalcall Inc." in texts(hub)


def test_everybody_can_read_what_is_kept(touchbase: Touchbase) -> None:
    touchbase.set_up()

    touchbase.press("divya", "consent.privacy")

    assert "never keep" in texts(touchbase.slack.modal("divya"))


def test_a_second_set_up_shows_the_settings(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack

    slack.command(CHANNEL, "maria", "/touchbase", "setup")
    form = slack.modal("maria")
    slack.submit("maria", values={"zone": {"value": "Chicago"}, "summary": {"value": "channel"}})
    touchbase.calm()

    assert form["callback_id"] == "setup.settings"
    week = next(m for m in touchbase.from_bot() if "This week" in m["text"])
    told = touchbase.replies(week["ts"])[-1]["text"]
    assert told == (
        "Acme Retail changed its time zone from New York to Chicago and where it wants the weekly"
        " summary: in this channel (before: only for the leads). It is posted there once both"
        " sides want it."
    )


def test_answers_are_corrected_until_the_other_side_has_agreed(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    touchbase.set_up(other_lead=slack.user_id("miguel"))

    slack.command(CHANNEL, "maria", "/touchbase", "setup")
    form = slack.modal("maria")
    wrong = slack.submit("maria", values={"zone": {"value": "Atlantis"}})
    saved = slack.submit(
        "maria",
        values={
            "zone": {"value": "New York"},
            "vendor": {"value": "Globalcall PH"},
            "other_lead": {"value": slack.user_id("ana")},
        },
    )
    touchbase.calm()

    assert form["callback_id"] == "setup.correction"
    assert set(wrong["errors"]) == {"zone"}
    assert saved["action"] == "closed"
    first, hub = touchbase.from_bot()
    assert "Agree for Globalcall PH" in texts(first)
    assert "Globalcall PH" in texts(hub)

    touchbase.press("miguel", "consent.agree")
    touchbase.agree("ana")

    assert "Globalcall PH agreed" in touchbase.from_bot()[0]["text"]


def test_the_lead_of_the_other_side_has_settings_of_its_own(touchbase: Touchbase) -> None:
    touchbase.agreed()

    touchbase.press("ana", "hub.more")
    touchbase.slack.click("ana", "hub.setup", view_id=touchbase.slack.modal("ana")["id"])

    form = touchbase.slack.modal("ana")
    assert form["callback_id"] == "setup.settings"
    assert form["state"]["values"]["name"]["value"]["value"] == "Globalcall"


def test_names_that_people_type_call_nobody(touchbase: Touchbase) -> None:
    touchbase.set_up(client="<!channel> *Acme* & Söhne", vendor="שלום @here <@U0MARIA0000>")

    drawn = "\n".join(interpreted(m) for m in touchbase.from_bot())
    assert "<!channel>" not in drawn
    assert drawn.count("<@") == drawn.count("<@U0MARIA0000> (")  # the installer, named by us


def interpreted(message: Json) -> str:
    """What Slack looks for mentions in: the text and every mrkdwn of the blocks."""
    sections = [b for b in message["blocks"] if b["type"] in {"section", "context"}]
    return str(message["text"]) + texts({"blocks": sections})


def known_zone(touchbase: Touchbase) -> str:
    """The same, once Slack was asked."""
    wait_until(lambda: drawn_zone(touchbase) != "")
    return drawn_zone(touchbase)


def drawn_zone(touchbase: Touchbase) -> str:
    """What stands in the field of our own zone."""
    blocks = touchbase.slack.modal("maria")["blocks"]
    [field] = [block for block in blocks if block["block_id"] == "zone"]
    return str(field["element"].get("initial_value", ""))


def test_without_words_the_form_knows_the_zone_of_who_sets_up(touchbase: Touchbase) -> None:
    slack = touchbase.slack

    slack.command(CHANNEL, "maria", "/touchbase", "setup")

    assert known_zone(touchbase) == "America/New_York"


def test_a_form_sent_before_slack_was_asked_takes_the_zone_all_the_same(
    touchbase: Touchbase,
) -> None:
    slack = touchbase.slack
    slack.command(CHANNEL, "maria", "/touchbase", 'setup vendor "Globalcall", their zone manila')
    slack.settle()

    preview = slack.submit("maria")

    carried = json.loads(preview["view"]["private_metadata"])
    assert carried["zone"] == "America/New_York"


def test_who_invited_the_bot_is_known_when_the_form_opens(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    event = {
        "type": "member_joined_channel",
        "user": slack.user_id("touchbase"),
        "channel": "C0ACMEGLOB",
        "inviter": slack.user_id("maria"),
    }
    slack.do("event", team="T0ACME0001", event=event)
    wait_until(lambda: bool(slack.calls("users.info")))
    slack.settle()

    slack.command(CHANNEL, "maria", "/touchbase", "setup")

    assert drawn_zone(touchbase) == "America/New_York"
    assert slack.calls("views.update") == []


def test_when_slack_tells_nothing_the_zone_is_asked(touchbase: Touchbase) -> None:
    slack = touchbase.slack
    slack.fault("users.info", "error:user_not_found", times=5)
    slack.command(CHANNEL, "maria", "/touchbase", 'setup vendor "Globalcall", their zone manila')
    wait_until(lambda: bool(slack.calls("users.info")))
    slack.settle()

    refused = slack.submit("maria")

    assert refused["errors"].keys() == {"zone"}
    assert "Slack has not told me your time zone yet." in refused["errors"]["zone"]
    assert "action" not in refused  # the form stands with what was typed
