"""Who typed: the moment, zone and habits by which words are read."""

from datetime import date, datetime

from domain.values import value
from domain.zones import local, utc
from views.words.due import DueRead, DueSpan, find_due, read_due
from views.words.pieces import DateOrder
from views.words.rhythm import RhythmRead, read_rhythm

_MONTH_FIRST = frozenset({"US", "FM", "MH", "PW", "GU", "AS"})
# Places where both orders are in use, so that 03/04 has to be asked.
_EITHER = frozenset({"CA", "PH", "PR", "PA", "KE", "MY"})


@value
class Writer:
    """The context of typed words.

    Attributes:
        now: Aware.
        zone: The writer's IANA zone.
        date_order: None if the writer's locale is not known; then 03/04 is asked.
        languages: Two-letter codes.
    """

    now: datetime
    zone: str
    date_order: DateOrder | None = None
    languages: tuple[str, ...] = ()

    @property
    def local_now(self) -> datetime:
        """Naive, on the writer's wall clock."""
        return local(utc(self.now), self.zone)

    @property
    def today(self) -> date:
        return self.local_now.date()

    def due(self, text: str) -> DueRead:
        return read_due(
            text,
            now=self.now,
            zone=self.zone,
            date_order=self.date_order,
            languages=self.languages,
        )

    def due_span(self, text: str) -> DueSpan:
        return find_due(
            text,
            now=self.now,
            zone=self.zone,
            date_order=self.date_order,
            languages=self.languages,
        )

    def rhythm(self, text: str) -> RhythmRead:
        return read_rhythm(text, now=self.now, zone=self.zone, date_order=self.date_order)


def writer_of(*, now: datetime, zone: str, locale: str | None) -> Writer:
    """The writer with Slack's ``locale`` (``en-US``); people of another company have none."""
    if not locale:
        return Writer(now=now, zone=zone)
    language, _, region = locale.replace("_", "-").partition("-")
    return Writer(
        now=now, zone=zone, date_order=date_order_of(region), languages=(language.lower(),)
    )


def date_order_of(region: str) -> DateOrder | None:
    """How a region (``US``) writes numeric dates; None if unknown or if both are in use."""
    code = region.upper().split("-")[-1]
    if len(code) != 2 or code in _EITHER:
        return None
    return "MDY" if code in _MONTH_FIRST else "DMY"
