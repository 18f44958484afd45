"""What can be wrong with what reaches the domain; the sentences for people are drawn elsewhere."""

from datetime import datetime


class TouchbaseError(Exception):
    """The base of every error of ours; the ids and figures stand in attributes."""


class UnknownZone(TouchbaseError):
    def __init__(self, name: str) -> None:
        super().__init__(f"no IANA time zone is called {name!r}")
        self.name = name


class NaiveMoment(TouchbaseError):
    def __init__(self, moment: datetime) -> None:
        super().__init__(f"a moment needs a zone: {moment.isoformat()}")
        self.moment = moment


class WallTimeWithZone(TouchbaseError):
    def __init__(self, local: datetime) -> None:
        super().__init__(f"a wall time has no zone of its own: {local.isoformat()}")
        self.local = local


class TimeOutOfRange(TouchbaseError):
    """A year that is a typing error for certain; zones and holidays are not known that far."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the year {year} is not between 1900 and 2200")
        self.year = year


class ImpossibleRule(TouchbaseError):
    """A recurrence that cannot exist, such as the 32nd of a month; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownRule(TouchbaseError):
    """A stored recurrence that is not one of ours."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not a recurrence of our vocabulary: {text!r}")
        self.text = text


class ImpossibleHours(TouchbaseError):
    """Working hours that cannot exist or cannot be read; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownHolidays(TouchbaseError):
    def __init__(self, country: str, subdivision: str | None) -> None:
        place = country if subdivision is None else f"{country}-{subdivision}"
        super().__init__(f"no holidays are known for {place!r}")
        self.country = country
        self.subdivision = subdivision


class MalformedCalendar(TouchbaseError):
    """A stored calendar that cannot be read back; ``reason`` says where."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"this is not a stored calendar: {reason}")
        self.reason = reason


class NegativeAmount(TouchbaseError):
    """Working time is counted forward only."""


class NotInAForm(TouchbaseError):
    """A press that makes sense only in an open form, from elsewhere."""


class ForeignForm(TouchbaseError):
    """A form that was sent without an id that ours carry: it is of another version, or not ours."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the form carries no {name!r}")
        self.name = name


class MalformedMoment(TouchbaseError):
    """A stored moment that cannot be read back."""

    def __init__(self, text: str) -> None:
        super().__init__(f"this is not a stored moment: {text!r}")
        self.text = text
