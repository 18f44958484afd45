from datetime import UTC, date, datetime

import pytest

from domain.errors import NaiveMoment
from views.words.due import find_due, read_due
from views.words.writer import Writer, date_order_of, writer_of

# Wednesday, 14:00 in New York.
NOW = datetime(2026, 11, 18, 19, tzinfo=UTC)
NEW_YORK = "America/New_York"
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("database by friday", FRIDAY, "database"),
        ("by friday database", FRIDAY, "database"),
        ("deck (friday)", FRIDAY, "deck"),
        ("friday: deck", FRIDAY, "deck"),
        ("DECK BY FRIDAY!!!", FRIDAY, "DECK"),
        ("send deck friday to the client", FRIDAY, "send deck to the client"),
        ("monday report by friday", FRIDAY, "monday report"),
        ('"Monday report" friday', FRIDAY, "Monday report"),
        ("deck by friday please", FRIDAY, "deck"),
        ("🎉 deck by friday", FRIDAY, "🎉 deck"),
        ("تقرير by friday", FRIDAY, "تقرير"),
        ("<!channel> by friday", FRIDAY, "<!channel>"),
        ("read <https://example.org/2026-12-01|may 24> by friday", FRIDAY, None),
        ("deck\nby\tfriday", FRIDAY, "deck"),
        ("dec\u202ek by friday", FRIDAY, "dec k"),
        ("deck next friday", date(2026, 11, 27), "deck"),
        ("deck friday week", date(2026, 11, 27), "deck"),
        ("deck two weeks from friday", date(2026, 12, 4), "deck"),
        ("deck by wednesday", date(2026, 11, 25), "deck"),
        ("deck this wednesday", date(2026, 11, 18), "deck"),
        ("deck before friday", date(2026, 11, 19), "deck"),
        ("deck before monday", FRIDAY, "deck"),
        ("deck before end of month", date(2026, 11, 30), "deck"),
        ("deck in 3 working days", date(2026, 11, 23), "deck"),
        ("deck by friday 25 dec", date(2026, 12, 25), "deck"),
        ("deck due in a fortnight", date(2026, 12, 2), "deck"),
        ("entrega el 24 de este mes", date(2026, 11, 24), "entrega"),
        ("deck by the 5th of next month", date(2026, 12, 5), "deck"),
        ("deck by mid january", date(2027, 1, 15), "deck"),
        ("deck by q1 end", date(2027, 3, 31), "deck"),
        ("deck by the 3rd", date(2026, 12, 3), "deck"),
        ("entregar relatório até segunda-feira", date(2026, 11, 23), "entregar relatório"),
        ("informe para el viernes que viene", FRIDAY, "informe"),
        ("ulat sa makalawa", FRIDAY, "ulat"),
        ("report parson tak", FRIDAY, "report"),
    ],
)
def test_a_day_is_understood_and_the_title_remains(text: str, day: date, rest: str | None) -> None:
    read = read_due(text, now=NOW, zone=NEW_YORK, date_order="MDY")

    assert (read.day, read.at, read.question) == (day, None, None)
    assert rest is None or read.rest == rest


@pytest.mark.parametrize(
    ("text", "at", "zone"),
    [
        ("deck fri 17h Asia/Manila", "2026-11-20T17:00", "Asia/Manila"),
        ("deck friday 5pm EST", "2026-11-20T17:00", NEW_YORK),
        ("deck friday 5pm GMT+8", "2026-11-20T17:00", "Etc/GMT-8"),
        ("deck friday at 5", "2026-11-20T17:00", NEW_YORK),
        ("deck friday at 9", "2026-11-20T09:00", NEW_YORK),
        ("deck 9am", "2026-11-19T09:00", NEW_YORK),
        ("deck by 5", "2026-11-18T17:00", NEW_YORK),
        ("deck 5pm manila", "2026-11-19T17:00", "Asia/Manila"),
        ("deck within 48 hours", "2026-11-20T14:00", NEW_YORK),
        ("deck quarter to 5 tomorrow", "2026-11-19T16:45", NEW_YORK),
        ("deck friday 24:00", "2026-11-21T00:00", NEW_YORK),
        ("deck friday morning", "2026-11-20T12:00", NEW_YORK),
        ("informe mañana a las 5 de la tarde", "2026-11-19T17:00", NEW_YORK),
        ("relatório amanhã às 10h30", "2026-11-19T10:30", NEW_YORK),
        ("ulat bukas alas singko ng hapon", "2026-11-19T17:00", NEW_YORK),
        ("report kal shaam 5 baje tak", "2026-11-19T17:00", NEW_YORK),
    ],
)
def test_a_time_is_understood_on_the_clock_it_names(text: str, at: str, zone: str) -> None:
    read = read_due(text, now=NOW, zone=NEW_YORK, date_order="MDY")

    assert (read.at, read.zone, read.question) == (datetime.fromisoformat(at), zone, None)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("deck asap", "asap"),
        ("deck lo antes posible", "asap"),
        ("deck friday or monday", "ambiguous"),
        ("deck by friday 24 dec", "ambiguous"),
        ("deck by december", "ambiguous"),
        ("deck by march 2027", "ambiguous"),
        ("deck today 9am", "past"),
        ("deck nov 10", "past"),
        ("deck last friday", "past"),
        ("deck by 31 february", "impossible"),
        ("deck by feb 29", "impossible"),
        ("deck by friday 25:00", "impossible"),
        ("deck by 1 december 2999", "impossible"),
        ("deck in 99999999 weeks", "impossible"),
    ],
)
def test_what_cannot_be_used_is_asked(text: str, question: str) -> None:
    read = read_due(text, now=NOW, zone=NEW_YORK, date_order="MDY")

    assert read.question == question
    assert (read.day, read.at) == (None, None)
    assert read.rest == "deck"


@pytest.mark.parametrize(
    "text",
    [
        "may report",
        "march numbers",
        "sat score",
        "friday's numbers",
        "monday report",
        "24/7 support plan",
        "v2.11.26 release notes",
        "call with friday team",
        "ask tom",
        "report for the week of 23 nov",
        "plan in december",
        "24 seats",
        "section 5 at 3 sites",
        "$12/24 offer",
        "<@U1|friday> deck",
    ],
)
def test_words_that_only_look_like_a_date_stay_in_the_title(text: str) -> None:
    read = read_due(text, now=NOW, zone=NEW_YORK, date_order="MDY")

    assert read.is_empty
    assert read.rest == text


def test_a_numeric_date_follows_the_locale_of_the_writer() -> None:
    american = writer_of(now=NOW, zone=NEW_YORK, locale="en-US")
    british = writer_of(now=NOW, zone=NEW_YORK, locale="en-GB")
    outsider = writer_of(now=NOW, zone="Asia/Manila", locale=None)

    assert american.due("deck 3/4").day == date(2027, 3, 4)
    assert british.due("deck 3/4").day == date(2027, 4, 3)
    assert outsider.due("deck 3/4").question == "ambiguous"
    assert outsider.due("deck 5/5").day == date(2027, 5, 5)
    assert date_order_of("PH") is None


def test_their_time_is_left_to_whoever_knows_the_other_side() -> None:
    read = read_due("deck friday 5pm their time", now=NOW, zone=NEW_YORK)

    assert read.at == datetime.fromisoformat("2026-11-20T17:00")
    assert (read.zone, read.theirs) == (None, True)


def test_a_time_without_a_day_says_so() -> None:
    assert not read_due("4pm", now=NOW, zone=NEW_YORK).day_said
    assert read_due("friday 4pm", now=NOW, zone=NEW_YORK).day_said


def test_today_is_the_day_of_the_writer() -> None:
    assert read_due("deck today", now=NOW, zone=NEW_YORK).day == date(2026, 11, 18)
    assert read_due("deck today", now=NOW, zone="Asia/Manila").day == date(2026, 11, 19)


def test_the_words_around_a_due_moment_are_told_apart() -> None:
    span = find_due("move deck to monday, data came late", now=NOW, zone=NEW_YORK)

    assert (span.before, span.after) == ("move deck to", "data came late")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Bericht bis Freitag", "de", id="German"),
        pytest.param("rapport pour vendredi", "fr", id="French"),
    ],
)
def test_a_language_beyond_ours_is_left_to_a_library(text: str, language: str) -> None:
    writer = Writer(now=NOW, zone=NEW_YORK, languages=(language,))

    read = writer.due(text)

    assert read.day == FRIDAY
    assert read.rest in {"Bericht", "rapport"}


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveMoment):
        read_due("friday", now=datetime(2026, 11, 18), zone=NEW_YORK)  # noqa: DTZ001
