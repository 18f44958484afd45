"""What people type about who is on duty: "duty @ana until friday", "duty nobody"."""

from datetime import date
from typing import Final

from views.words.away_days import spoken
from views.words.owners import addressed
from views.words.pieces import Sheet
from views.words.tokens import clean, cut, key_at, phrases, said_in
from views.words.verbs import Duty, Owner
from views.words.writer import Writer

_NOBODY: Final = phrases([(True, "nobody|no one|none|off|end|stop|nadie|ninguem|wala")])
_FROM: Final = frozenset("from starting desde de mula simula".split())
_ME: Final = frozenset({"me", "myself", "yo", "eu", "ako"})
_SMALL: Final = frozenset("is on the a for today now".split())


def read_duty(text: str, writer: Writer) -> Duty:
    """Who is on duty, from when until when, both days included; nothing: it is asked."""
    line = clean(text)
    if not line:
        return Duty()
    if said_in(_NOBODY, line):
        return Duty(nobody=True)
    named = addressed(line)
    owner, rest = named.owner, named.rest
    sheet = Sheet(tokens=cut(rest), now=writer.local_now, date_order=writer.date_order)
    days = spoken(sheet)
    if any(one.trouble for one in days):
        return Duty(owner=owner, question="until")
    if owner is None:
        owner = _first_word(sheet, {i for one in days for i in range(one.start, one.end)}, rest)
    if not days:
        return Duty(owner=owner)
    from_on, until_on = _ends(sheet)
    return Duty(owner=owner, from_on=from_on, until_on=until_on)


def _ends(sheet: Sheet) -> tuple[date | None, date | None]:
    days = spoken(sheet)
    first, last = days[0].first, days[-1].last
    if len(days) > 1:
        return first, last
    if key_at(sheet.tokens, days[0].start - 1) in _FROM:
        return first, None
    if days[0].start and key_at(sheet.tokens, days[0].start - 1) in _UNTIL:
        return None, last
    return first, last


_UNTIL: Final = frozenset("until till til through thru hasta ate hanggang tak to".split())


def _first_word(sheet: Sheet, taken: set[int], words: str) -> Owner | None:
    for index, token in enumerate(sheet.tokens):
        if index not in taken and token.key.isalpha() and token.key not in _SMALL:
            is_me = token.key in _ME
            return Owner(kind="me") if is_me else _named(words[token.start : token.end])
    return None


def _named(word: str) -> Owner:
    return Owner(kind="name", text=word)
