"""Words of a rhythm that are the title's after all, and places behind a time that nobody knows."""

from views.words.rhythm_listening import Listening
from views.words.rhythm_vocabulary import FILLERS
from views.words.tokens import key_at

_CLOCK_WORDS = frozenset({"time", "tz", "timezone"})
# Before "time" these are no places.
_KINDS_OF_TIME = frozenset(
    "prime game lunch quality coffee tea story play show down over part full all focus free real"
    " break quiet office me my our their local team the same first last next any family travel"
    " talk question release launch dinner breakfast every".split()
)


def give_back_spare(listening: Listening) -> None:
    """A second "weekly", or the "night" of "2:30am night call", belongs to what stands behind."""
    for start, end in listening.spare:
        if end == start + 1 and _is_plain(listening, end):
            listening.taken[start:end] = [False]


def note_unknown_place(listening: Listening) -> None:
    """Ask about "atlantis time" behind the time of day instead of making a title of it."""
    clock = listening.clock
    if clock is None or listening.zone is not None or listening.fixed_clock:
        return
    index = clock.end
    while index < len(listening.taken) and listening.taken[index]:
        index += 1
    end = index
    while end < index + 2 and _is_plain(listening, end) and not _says_clock(listening, end):
        end += 1
    names = [token.key for token in listening.sheet.tokens[index:end]]
    if names and _says_clock(listening, end) and not _KINDS_OF_TIME & set(names):
        listening.fixed_clock = " ".join(names).title()
        listening.named.vague_zone = True
        listening.take(index, end + 1)


def _says_clock(listening: Listening, index: int) -> bool:
    return key_at(listening.sheet.tokens, index) in _CLOCK_WORDS


def _is_plain(listening: Listening, index: int) -> bool:
    if index >= len(listening.taken) or listening.taken[index]:
        return False
    key = key_at(listening.sheet.tokens, index)
    return key.isalpha() and key not in FILLERS
