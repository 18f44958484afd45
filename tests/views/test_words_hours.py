import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.hours import DAY_MINUTES, Hours, Interval, hours_text
from views.words.hours_words import STRETCHES_MOST, read_hours

NIGHT = "mon-fri 21:00-06:00"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-5", "mon-fri 09:00-17:00"),
        ("9am-5pm", "mon-fri 09:00-17:00"),
        ("9 to 5:30pm", "mon-fri 09:00-17:30"),
        ("8:30-5", "mon-fri 08:30-17:00"),
        ("mon-thu 9-5, fri 9-1", "mon-thu 09:00-17:00; fri 09:00-13:00"),
        ("mon, wed 9-5 and fri 9-1", "mon,wed 09:00-17:00; fri 09:00-13:00"),
        ("9-5 mon-thu 9-1 fri", "mon-thu 09:00-17:00; fri 09:00-13:00"),
        ("mon-thu 9-5\nfri 9-1", "mon-thu 09:00-17:00; fri 09:00-13:00"),
        ("mon–fri 9–5", "mon-fri 09:00-17:00"),
        ("mon-fri 9-5, wed off", "mon-tue,thu-fri 09:00-17:00"),
        ("I work from 9 to 5 on weekdays", "mon-fri 09:00-17:00"),
        ("9-12 1-6", "mon-fri 09:00-12:00 13:00-18:00"),
        ("mon-thu 09:00-12:00 13:00-18:00; fri 22:00-06:00", None),
        ("night 21-06", NIGHT),
        ("nights 9-6", NIGHT),
        ("21:00-06:00", NIGHT),
        ("9pm-6am", NIGHT),
        ("tue-sat 8pm to 4am", "tue-sat 20:00-04:00"),
        ("sat-mon 10-6", "mon,sat-sun 10:00-18:00"),
        ("weekends noon-8pm", "sat-sun 12:00-20:00"),
        ("4pm-midnight", "mon-fri 16:00-24:00"),
        ("midnight-8am", "mon-fri 00:00-08:00"),
        ("6-2", "mon-fri 06:00-14:00"),
        ("1-9", "mon-fri 13:00-21:00"),
        ("daily 00:00-24:00", "mon-sun 00:00-24:00"),
        ("lunes a viernes 9-18", "mon-fri 09:00-18:00"),
        ("segunda a sexta 9h-18h", "mon-fri 09:00-18:00"),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, hours: str | None) -> None:
    read = read_hours(text)

    assert read.trouble is None
    assert read.hours is not None
    assert hours_text(read.hours) == (hours or text)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("9-6 manila", "Asia/Manila"),
        ("22:30-07:30 mon-fri, asia/manila", "Asia/Manila"),
        ("tue-sat 8pm to 4am new york time", "America/New_York"),
        ("9-5", None),
    ],
)
def test_the_clock_may_be_named_beside_the_hours(text: str, zone: str | None) -> None:
    assert read_hours(text).zone == zone


@pytest.mark.parametrize(
    ("text", "trouble", "unread"),
    [
        ("", "empty", ""),
        ("mon-fri", "empty", ""),
        ("hello", "unread", "hello"),
        ("mon-fri 9", "unread", "9"),
        ("25:00-26:00", "time", "25:00 - 26:00"),
        ("09-06", "long", ""),
        ("mon 9-10 11-12 1-2 3-4 5-6", "many", ""),
        ("9-5 est", "zone", "EST"),
        ("9-5 utc+8", "zone", "UTC+8"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, trouble: str, unread: str) -> None:
    read = read_hours(text)

    assert (read.hours, read.trouble, read.unread) == (None, trouble, unread)


INTERVALS = st.builds(
    lambda start, length: Interval(start_minute=start * 15, end_minute=(start + length) * 15),
    st.integers(0, 95),
    st.integers(1, 64),
)
WEEKS = st.lists(
    st.lists(INTERVALS, max_size=STRETCHES_MOST, unique=True).map(lambda day: tuple(sorted(day))),
    min_size=7,
    max_size=7,
).filter(any)


@given(WEEKS)
def test_our_own_words_for_hours_read_back_as_the_same(week: list[tuple[Interval, ...]]) -> None:
    hours = Hours(weekly=tuple(week))

    assert read_hours(hours_text(hours)).hours == hours


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    read = read_hours(text)

    assert (read.hours is None) == (read.trouble is not None)
    assert read.hours is None or all(
        one.end_minute <= 2 * DAY_MINUTES for day in read.hours.weekly for one in day
    )
