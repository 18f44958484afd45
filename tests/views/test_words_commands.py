from datetime import UTC, date, datetime

import pytest

from domain.recurrence import weekly
from views.words.commands import read_command, read_mention
from views.words.verbs import (
    AddPoint,
    Away,
    Back,
    CancelCheckin,
    CancelDeliverable,
    DayOff,
    DoneDeliverable,
    Gaps,
    Help,
    ListCheckins,
    ListDeliverables,
    LookBack,
    MoveCheckin,
    MoveDeliverable,
    NewCheckin,
    NewDeliverable,
    NewPulse,
    OpenForm,
    Owner,
    Pause,
    People,
    PulseResults,
    ReportDeliverables,
    Resume,
    Setup,
    ShowInputs,
    ShowTopics,
    SkipCheckin,
    Unknown,
    Verb,
)
from views.words.writer import Writer

# Wednesday, 14:00 in New York.
WRITER = Writer(
    now=datetime(2026, 11, 18, 19, tzinfo=UTC), zone="America/New_York", date_order="MDY"
)
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
ANA = Owner(kind="user", text="U1")


def typed(line: str) -> Verb:
    command, _, text = line.partition(" ")
    return read_command(command, text, WRITER)


@pytest.mark.parametrize(
    ("line", "owner", "title"),
    [
        ("/deliverable <@U1|ana> product database by friday", ANA, "product database"),
        ("/deliverable product database by friday <@U1>", ANA, "product database"),
        ("/deliverable by friday product database for <@U1|ana>", ANA, "product database"),
        ("/deliverable <@U1|ana> to refresh the database by friday", ANA, "refresh the database"),
        ("/deliverable <@U1|ana>: database, friday", ANA, "database"),
        ('/deliverable <@U1|ana> "Monday report" friday', ANA, "Monday report"),
        ("/deliverable “Monday report” friday <@U1>", ANA, "Monday report"),
        ("/deliverable <@U1|ana> please send deck by friday", ANA, "send deck"),
        ("/deliverable @ana deck by friday", Owner(kind="name", text="ana"), "deck"),
        ("/deliverable deck by friday @zoë.b", Owner(kind="name", text="zoë.b"), "deck"),
        ("/deliverable us: forecast by friday", Owner(kind="us"), "forecast"),
        ("/deliverable we send the forecast by friday", Owner(kind="us"), "send the forecast"),
        ("/deliverable I owe <@U1|ana> the deck by friday", Owner(kind="me"), "the deck for @ana"),
        ("/deliverable I owe @ana the deck by friday", Owner(kind="me"), "the deck for @ana"),
        ("/deliverable we owe <@U1> the deck by friday", Owner(kind="us"), "the deck"),
        ("/deliverable I'll send @ana the deck by friday", Owner(kind="me"), "send @ana the deck"),
        ("/deliverable me deck by friday", Owner(kind="me"), "deck"),
        ("/deliverable deck by friday, myself", Owner(kind="me"), "deck"),
        ("/deliverable deck by friday, owner me", Owner(kind="me"), "deck"),
        ("/deliverable medical report by friday", None, "medical report"),
        ("/deliverable cancel the licences by friday", None, "cancel the licences"),
        (
            "/deliverable they refresh the database by friday",
            Owner(kind="them"),
            "refresh the database",
        ),
        ("/deliverable vendor: roster by friday", Owner(kind="vendor"), "roster"),
        (
            "/deliverable client will send the forecast by friday",
            Owner(kind="client"),
            "send the forecast",
        ),
        ("/deliverable US payroll report by friday", None, "US payroll report"),
        ("/deliverable vendor roster by friday", None, "vendor roster"),
        ("/deliverable list of agents by friday", None, "list of agents"),
        ("/deliverable help center article by friday", None, "help center article"),
        ("/deliverable finish the roster by friday", None, "finish the roster"),
        (
            "/deliverable move servers to the new site by friday",
            None,
            "move servers to the new site",
        ),
        ("/deliverable tomato soup by friday", None, "tomato soup"),
        ("/deliverable mail ana@example.org by friday", None, "mail ana@example.org"),
        ("/deliverable new deck by friday", None, "deck"),
        ("/deliverable @here deck by friday", None, "@here deck"),
        ("/acme-deliverable deck by friday", None, "deck"),
        ("/touchbase deliverable <@U1> deck by friday", ANA, "deck"),
    ],
)
def test_a_deliverable_is_read_in_any_order(line: str, owner: Owner | None, title: str) -> None:
    verb = typed(line)

    assert isinstance(verb, NewDeliverable)
    assert (verb.owner, verb.title, verb.due.day) == (owner, title, FRIDAY)


def test_further_people_stay_in_the_title_as_names() -> None:
    verb = typed("/deliverable <@U1|ana> pair with <@U2|bob> and <@U2|bob> by friday")

    assert isinstance(verb, NewDeliverable)
    assert (verb.owner, verb.others, verb.beside) == (ANA, ("U2",), ())
    assert verb.title == "pair with @bob and @bob"


@pytest.mark.parametrize(
    "typed",
    [
        "<@U1> <@U2> deck by friday",
        "<@U1> and <@U2|miguel> deck by friday",
        "deck by friday <@U1>, <@U2>",
        "<@U1>/<@U2>/<@U1> deck by friday",
    ],
)
def test_two_owners_named_in_one_breath_are_no_title(typed: str) -> None:
    verb = read_command("/deliverable", typed, WRITER)

    assert isinstance(verb, NewDeliverable)
    assert (verb.title, verb.owner, verb.beside) == ("deck", ANA, (Owner(kind="user", text="U2"),))


def test_two_names_without_autocomplete_are_two_owners() -> None:
    verb = read_command("/deliverable", "@ana @miguel deck by friday", WRITER)

    assert isinstance(verb, NewDeliverable)
    assert verb.beside == (Owner(kind="name", text="miguel"),)
    assert verb.title == "deck"


def test_owner_and_date_are_never_guessed() -> None:
    verb = typed("/deliverable send the refund script")

    assert isinstance(verb, NewDeliverable)
    assert verb.title == "send the refund script"
    assert verb.owner is None
    assert verb.due.is_empty


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("/deliverable", OpenForm(subject="deliverable")),
        ("/deliverable list", ListDeliverables(scope="all")),
        ("/deliverable csv", ListDeliverables(scope="all")),
        ("/deliverable mine", ListDeliverables(scope="mine")),
        ("/deliverable What do I owe?", ListDeliverables(scope="mine")),
        ("/deliverable what do they owe", ListDeliverables(scope="theirs")),
        ("/deliverable overdue", ListDeliverables(scope="overdue")),
        ("/deliverable help", Help(subject="deliverable")),
        ("/deliverable done deck", DoneDeliverable(words="deck")),
        ("/deliverable deck is done!", DoneDeliverable(words="deck")),
        ("/deliverable done with the training deck", DoneDeliverable(words="training deck")),
        ("/deliverable mark deck as done", DoneDeliverable(words="deck")),
        ("/deliverable finish deck", DoneDeliverable(words="deck")),
        ("/deliverable done", DoneDeliverable(words="")),
        ("/deliverable cancel the deck", CancelDeliverable(words="deck", typed="cancel the deck")),
        ("/deliverable delete deck", CancelDeliverable(words="deck", typed="delete deck")),
        ("/touchbase cancel deck", CancelDeliverable(words="deck", typed="cancel deck")),
        ("/deliverable report last year", ReportDeliverables(period=None, words="last year")),
        ("/deliverable lst", Unknown(subject="deliverable", text="lst", nearest="list")),
        (
            "/deliverable doen deck",
            Unknown(subject="deliverable", text="doen deck", nearest="done"),
        ),
        ("/checkin", OpenForm(subject="checkin")),
        ("/checkin list", ListCheckins()),
        ("/checkin point refund script", AddPoint(words="refund script")),
        ("/checkin add a point: refund script", AddPoint(words="refund script")),
        ("/touchbase add refund script", AddPoint(words="refund script")),
        ("/touchbase topics", ShowTopics()),
        ("/touchbase inputs", ShowInputs()),
        ("/checkin skip", SkipCheckin(words="")),
        ("/checkin skip the next one", SkipCheckin(words="")),
        ("/checkin skip ops review", SkipCheckin(words="ops review")),
        ("/checkin cancel", CancelCheckin(words="")),
        ("/checkin cancel ops review", CancelCheckin(words="ops review")),
        (
            "/checkin cancel ops review because the project ended",
            CancelCheckin(words="ops review", reason="the project ended"),
        ),
        ("/checkin skip the next one, storm", SkipCheckin(words="", reason="storm")),
        ("/pulse", OpenForm(subject="pulse")),
        ("/pulse how was the hand-over?", NewPulse(question="how was the hand-over?")),
        ("/pulse results", PulseResults()),
        ("/pulse look back", LookBack()),
        ("/pulse retrospective?", LookBack()),
        (
            "/pulse retrospective on june: useful?",
            NewPulse(question="retrospective on june: useful?"),
        ),
        (
            "/pulse start of the week: how was it?",
            NewPulse(question="start of the week: how was it?"),
        ),
        ("/gaps", Gaps()),
        ("/gaps all", Gaps(scope="all")),
        ("/gaps status", Gaps(scope="all")),
        ("/gaps report", Gaps(scope="all")),
        ("/touchbase", OpenForm(subject="touchbase")),
        ("/touchbase help", Help(subject="touchbase")),
        ("/touchbase setup", Setup()),
        ("/touchbase people", People()),
        ("/touchbase status", Gaps()),
        ("/touchbase report", Gaps()),
        ("/touchbase pulse", OpenForm(subject="pulse")),
        ("/touchbase check-in skip", SkipCheckin(words="")),
        ("/touchbase what do I owe", ListDeliverables(scope="mine")),
        ("/touchbase done deck", DoneDeliverable(words="deck")),
        ("/touchbase back", Back()),
        ("/touchbase resume", Resume(scope=None)),
        ("/touchbase unmute me", Resume(scope="me")),
        ("/touchbase puase", Unknown(subject="touchbase", text="puase", nearest="pause")),
        ("/touchbase foo bar", Unknown(subject="touchbase", text="foo bar")),
    ],
)
def test_a_verb_is_read(line: str, verb: Verb) -> None:
    assert typed(line) == verb


@pytest.mark.parametrize(
    "line",
    [
        "/deliverable move the deck to monday, data came late",
        "/deliverable move deck to monday because data came late",
        "/deliverable postpone deck until monday - data came late",
        "/deliverable move deck monday, data came late",
        "/touchbase move deck to monday, data came late",
    ],
)
def test_a_new_date_is_read_with_its_reason(line: str) -> None:
    verb = typed(line)

    assert isinstance(verb, MoveDeliverable)
    assert (verb.words, verb.due.day, verb.reason) == ("deck", MONDAY, "data came late")


def test_a_new_date_may_lack_all_but_the_verb() -> None:
    verb = typed("/deliverable move deck")

    assert isinstance(verb, MoveDeliverable)
    assert (verb.words, verb.due.is_empty, verb.reason) == ("deck", True, "")


def test_a_rhythm_is_read_behind_the_command() -> None:
    verb = typed("/checkin weekly tue 10am ops review")

    assert isinstance(verb, NewCheckin)
    assert (verb.rhythm.rule, verb.rhythm.title) == (weekly((1,)), "ops review")


def test_a_check_in_is_moved_to_another_day_or_hour() -> None:
    moved, later = (
        typed("/checkin move ops review to thu 4pm, client asked"),
        typed("/checkin move to 4pm"),
    )

    assert isinstance(moved, MoveCheckin)
    assert (moved.words, moved.reason) == ("ops review", "client asked")
    assert moved.due.at == datetime.fromisoformat("2026-11-19T16:00")
    assert isinstance(later, MoveCheckin)
    assert not later.due.day_said


def test_a_week_or_a_day_of_check_ins_is_skipped() -> None:
    week, day = typed("/checkin skip next week"), typed("/checkin skip friday")

    assert week == SkipCheckin(words="", from_on=MONDAY, until_on=date(2026, 11, 29))
    assert day == SkipCheckin(words="", from_on=FRIDAY, until_on=FRIDAY)


@pytest.mark.parametrize(
    "text",
    [
        'client "Acme Retail", vendor "Globalcall", we are the client, zone America/New_York,'
        " their zone Asia/Manila",
        "vendor Globalcall; client Acme Retail; our zone new york; their zone manila; we're client",
        "we are the client. client: Acme Retail, vendor = Globalcall, their zone is Manila,"
        " zone: New York",
        "client “Acme Retail” vendor “Globalcall” we are client zone NYC their timezone Manila",
    ],
)
def test_a_set_up_is_read_in_any_order(text: str) -> None:
    assert typed(f"/touchbase setup {text}") == Setup(
        client="Acme Retail",
        vendor="Globalcall",
        we_are="client",
        zone="America/New_York",
        their_zone="Asia/Manila",
    )


def test_a_set_up_keeps_what_it_did_not_understand() -> None:
    verb = typed("/touchbase setup please, vendor Globalcall, zone nowhere, lead <@U1|ana>")

    assert isinstance(verb, Setup)
    assert (verb.vendor, verb.lead, verb.zone) == ("Globalcall", ANA, None)
    assert verb.unread == ("please", "nowhere")


@pytest.mark.parametrize(
    ("words", "start", "end", "whole"),
    [
        ("away until monday", "2026-11-18", "2026-11-23", True),
        ("I'm away until Monday", "2026-11-18", "2026-11-23", True),
        ("away through friday", "2026-11-18", "2026-11-21", True),
        ("ooo 24-28 dec", "2026-12-24", "2026-12-29", True),
        ("ooo dec 24-28", "2026-12-24", "2026-12-29", True),
        ("ooo 24 dec to 2 jan", "2026-12-24", "2027-01-03", True),
        ("ooo fri to mon", "2026-11-20", "2026-11-24", True),
        ("ooo mon-wed", "2026-11-23", "2026-11-26", True),
        ("sick today", "2026-11-18", "2026-11-19", True),
        ("sick", "2026-11-18", "2026-11-19", True),
        ("off tomorrow", "2026-11-19", "2026-11-20", True),
        ("off fri pm", "2026-11-20T12:00", "2026-11-21", False),
        ("off tomorrow morning", "2026-11-19", "2026-11-19T12:00", False),
        ("out 2-4pm", "2026-11-18T14:00", "2026-11-18T16:00", False),
        ("out until 3pm", "2026-11-18T14:00", "2026-11-18T15:00", False),
        ("vacation next week", "2026-11-23", "2026-11-30", True),
        ("away for 3 days", "2026-11-18", "2026-11-21", True),
        ("de vacaciones hasta el lunes", "2026-11-18", "2026-11-23", True),
    ],
)
def test_time_away_is_read(words: str, start: str, end: str, whole: bool) -> None:
    assert typed(f"/touchbase {words}") == Away(
        from_at=datetime.fromisoformat(start),
        until_at=datetime.fromisoformat(end),
        whole_days=whole,
    )


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("away", "until"),
        ("ooo yesterday", "past"),
        ("ooo 28-24 dec", "reversed"),
        ("away 24 dec to 20 dec", "reversed"),
        ("away 3 jan - 2 jan", "reversed"),
        ("ooo 31 february", "impossible"),
    ],
)
def test_time_away_that_is_open_is_asked(words: str, question: str) -> None:
    verb = typed(f"/touchbase {words}")

    assert isinstance(verb, Away)
    assert (verb.question, verb.until_at) == (question, None)


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        (
            'today "typhoon" vendor',
            DayOff(
                from_on=date(2026, 11, 18),
                until_on=date(2026, 11, 18),
                label="typhoon",
                side="vendor",
            ),
        ),
        (
            "24-26 dec christmas client",
            DayOff(
                from_on=date(2026, 12, 24),
                until_on=date(2026, 12, 26),
                label="christmas",
                side="client",
            ),
        ),
        ("vendor", DayOff(from_on=None, until_on=None, label="", side="vendor", question="until")),
    ],
)
def test_a_day_off_of_a_side_is_read(words: str, verb: DayOff) -> None:
    assert typed(f"/touchbase dayoff {words}") == verb


@pytest.mark.parametrize("word", ["pause", "stop", "mute", "unsubscribe", "quiet"])
def test_every_word_for_quiet_asks_for_whom_and_until_when(word: str) -> None:
    verb = typed(f"/touchbase {word}")

    assert isinstance(verb, Pause)
    assert verb.scope is None
    assert verb.until.is_empty


def test_a_pause_may_name_whom_and_how_long() -> None:
    channel = typed("/touchbase mute this channel until monday")
    me = typed("/touchbase pause me for 2 weeks")

    assert isinstance(channel, Pause)
    assert (channel.scope, channel.until.day) == ("channel", MONDAY)
    assert isinstance(me, Pause)
    assert (me.scope, me.until.day) == ("me", date(2026, 12, 2))


@pytest.mark.parametrize("mention", ["<@U0BOT> ", "<@U0BOT|touchbase>, ", ""])
def test_the_same_words_work_after_a_mention(mention: str) -> None:
    assert read_mention(f"{mention}done deck", WRITER) == DoneDeliverable(words="deck")
    assert read_mention(f"{mention}deliverable <@U1> deck by friday", WRITER) == typed(
        "/deliverable <@U1> deck by friday"
    )


@pytest.mark.parametrize(
    "line",
    [
        "/touchbase add <@U1|ana> deck by friday",
        "/touchbase add a deliverable",
        "/touchbase add",
        "/checkin raise awareness weekly tue 10am",
    ],
)
def test_what_may_be_owed_or_planned_is_no_point_of_an_agenda(line: str) -> None:
    assert not isinstance(typed(line), AddPoint)
