"""What people type about time away and days off, read into days; reasons are not kept."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from views.words.away_days import JOINS, LONGEST_DAYS, Days, counted, spoken
from views.words.phrases_at_start import verb_at_start
from views.words.pieces import Sheet, coming
from views.words.stand_ins import covered
from views.words.times import clock_at, span_start
from views.words.tokens import clean, cut, key_at, phrases, tidy, veiled
from views.words.verbs import Away, DayOff, SideWord
from views.words.vocabulary import WEEKDAYS
from views.words.writer import Writer

AWAY = phrases(
    [
        (
            "away",
            "away|ooo|out of office|out of the office|off|i'm away|i’m away|i am away|i'm off",
        ),
        (
            "away",
            "i’m off|i am off|i'm out|i’m out|i am out|out|on leave|leave|vacation|on vacation|pto",
        ),
        (
            "away",
            "holiday|on holiday|holidays|vacaciones|de vacaciones|ferias|de ferias|fuera|fora",
        ),
        (
            "away",
            "ausente|naka-leave|bakasyon|nakabakasyon|chhutti|chhutti par|wala ako|on pto"
            "|taking leave",
        ),
        (
            "away",
            "half day|half-day|not working|unavailable|parental leave|i will be away|i'll be away",
        ),
        ("away", "i’ll be away|i'll be out|i'll be off|will be away|busy"),
        (
            "today",
            "sick|i'm sick|i’m sick|i am sick|out sick|sick leave|ill|unwell|sick day|enfermo",
        ),
        (
            "today",
            "enferma|doente|may sakit|maysakit|bimar|bimaar|de baja|home sick|i'm ill|sick today",
        ),
    ]
)
_UNTIL = frozenset("until till til hasta ate hanggang tak back".split())
_THROUGH = frozenset("through thru including incl inclusive".split())
_FROM = frozenset("from starting desde de mula simula as since".split())
_AM = frozenset("am morning mañana manha umaga subah".split()) | {"manana"}
_PM = frozenset("pm afternoon tarde hapon dopahar evening".split())
_SIDES: dict[str, SideWord] = {
    **dict.fromkeys(("client", "cliente"), "client"),
    **dict.fromkeys(("vendor", "proveedor", "fornecedor"), "vendor"),
    **dict.fromkeys(("us", "our", "ours", "we"), "ours"),
    **dict.fromkeys(("them", "their", "theirs", "they"), "theirs"),
    "both": "both",
}
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]{1,200})[\"“”«»„]")
_DAY = timedelta(days=1)


def read_away(text: str, writer: Writer) -> Away:
    """Read "away until monday", "ooo 24-28 dec", "off fri pm, carlo stands in"."""
    line, stand_in = covered(clean(text))
    return replace(_read(line, writer), stand_in=stand_in)


def _read(line: str, writer: Writer) -> Away:
    found = verb_at_start(AWAY, line)
    words = found[1] if found is not None else line
    sheet = Sheet(tokens=cut(words), now=writer.local_now, date_order=writer.date_order)
    read = _away(sheet)
    if read.question == "until" and not sheet.tokens and found is not None and found[0] == "today":
        return _whole(sheet.today, sheet.today)
    return _checked(read, sheet)


def read_day_off(text: str, writer: Writer) -> DayOff:
    """Read ``dayoff today "typhoon" vendor``."""
    line = clean(text)
    sheet = Sheet(tokens=cut(veiled(line)), now=writer.local_now, date_order=writer.date_order)
    days = spoken(sheet)
    side_at = next((i for i, token in enumerate(sheet.tokens) if token.key in _SIDES), None)
    side = _SIDES[sheet.tokens[side_at].key] if side_at is not None else None
    label = _label(line, sheet, side_at)
    if not days:
        return DayOff(from_on=None, until_on=None, label=label, side=side, question="until")
    trouble = next((one.trouble for one in days if one.trouble), None)
    first, last = days[0].first, days[-1].last
    if first is not None and last is not None and last < first:
        trouble = trouble or "reversed"
    if trouble is not None or first is None or last is None:
        return DayOff(
            from_on=None, until_on=None, label=label, side=side, question=trouble or "ambiguous"
        )
    return DayOff(from_on=first, until_on=last, label=label, side=side)


def _label(line: str, sheet: Sheet, side_at: int | None) -> str:
    quoted = _QUOTED.search(line)
    if quoted is not None:
        return tidy(quoted.group(1))
    taken = {side_at} | {i for one in spoken(sheet) for i in range(one.start, one.end)}
    small = {"for", "the", "on", "de", "para", "due", "because", "side", "from", "to", "-", "a"}
    left = [
        line[t.start : t.end]
        for i, t in enumerate(sheet.tokens)
        if i not in taken and t.key not in small
    ]
    return tidy(" ".join(left))


def _away(sheet: Sheet) -> Away:
    days = spoken(sheet)
    hours = _hours(sheet, days)
    if hours is not None:
        return hours
    length = counted(sheet)
    if length is not None:
        first = days[0].first if days and days[0].first else sheet.today
        return _whole(first, first + length - _DAY)
    if not days:
        return Away(question="until")
    trouble = next((one.trouble for one in days if one.trouble), None)
    if trouble is not None:
        return Away(question=trouble)
    if len(days) > 1:
        return _range(sheet, days)
    return _single(sheet, days[0])


def _single(sheet: Sheet, one: Days) -> Away:
    if one.first is None or one.last is None:
        return Away(question="ambiguous")
    lead = {key_at(sheet.tokens, one.start - back) for back in (1, 2)}
    half = _half(sheet)
    if lead & _THROUGH:
        return _whole(sheet.today, one.last)
    if lead & _UNTIL:
        # "Until Monday" is back on Monday; until the end of something is until it is over.
        ends = one.first != one.last or key_at(sheet.tokens, one.start) in {
            "end",
            "eow",
            "eom",
            "fin",
            "fim",
        }
        back_on = one.first
        if back_on == sheet.today and key_at(sheet.tokens, one.start) in WEEKDAYS:
            back_on += timedelta(days=7)
        return _whole(sheet.today, one.last if ends else back_on - _DAY)
    if lead & _FROM:
        return Away(from_at=datetime.combine(one.first, time()), question="until")
    if half is not None and one.first == one.last:
        noon, midnight = datetime.combine(one.first, time(12)), datetime.combine(one.first, time())
        start, end = (midnight, noon) if half == "am" else (noon, midnight + _DAY)
        return Away(from_at=start, until_at=end, whole_days=False)
    return _whole(one.first, one.last)


def _range(sheet: Sheet, days: list[Days]) -> Away:
    first, last = days[0].first, days[-1].last
    if first is None or last is None:
        return Away(question="ambiguous")
    joint = {token.key for token in sheet.tokens[days[0].end : days[-1].start]}
    if not joint & JOINS:
        return Away(question="ambiguous")
    if last < first and days[-1].is_weekday:
        last = coming(first, last.weekday())
    return _whole(first, last) if first <= last else Away(question="reversed")


def _whole(first: date, last: date) -> Away:
    until = datetime.combine(last + _DAY, time())
    return Away(from_at=datetime.combine(first, time()), until_at=until)


def _checked(away: Away, sheet: Sheet) -> Away:
    if away.from_at is None or away.until_at is None:
        return away
    if away.until_at <= sheet.now:
        return Away(question="past")
    if away.until_at <= away.from_at:
        return Away(question="until")
    if away.until_at - away.from_at > timedelta(days=LONGEST_DAYS):
        return Away(question="impossible")
    return away


def _half(sheet: Sheet) -> str | None:
    keys = {token.key for token in sheet.tokens}
    if keys & _AM and not keys & _PM:
        return "am"
    return "pm" if keys & _PM else None


def _hours(sheet: Sheet, days: list[Days]) -> Away | None:
    """Away 2pm to 4pm today; away until 3pm; off friday from 2pm."""
    taken = {index for one in days for index in range(one.start, one.end)}
    found = _clocks(sheet, taken)
    if not found:
        return None
    day = days[0].first if days and days[0].first else sheet.today
    at = [datetime.combine(day, moment) for _, moment in found]
    if len(at) > 1:
        return Away(from_at=at[0], until_at=at[1], whole_days=False)
    if key_at(sheet.tokens, found[0][0] - 1) in _UNTIL | _THROUGH:
        now = sheet.now.replace(second=0, microsecond=0)
        start = now if day == sheet.today else datetime.combine(day, time())
        return Away(from_at=start, until_at=at[0], whole_days=False)
    return Away(from_at=at[0], until_at=datetime.combine(day + _DAY, time()), whole_days=False)


def _clocks(sheet: Sheet, taken: set[int]) -> list[tuple[int, time]]:
    """The times of day outside the days, each with the index at which it starts."""
    found: list[tuple[int, time]] = []
    index = 0
    while index < len(sheet.tokens):
        clock = None
        if index not in taken:
            clock = span_start(sheet.tokens, index) or clock_at(sheet.tokens, index)
        if clock is None or clock.loose:
            index += 1
            continue
        found.append((index, clock.on_clock()))
        index = clock.end
    return found
