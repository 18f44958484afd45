"""A rule said back to people as one short phrase; the time and the zone are drawn elsewhere."""

from domain.recurrence import LAST, Rule

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WORKING_WEEK = (0, 1, 2, 3, 4)
_LONGEST_MONTH = 31


def say_rule(rule: Rule, language: str = "en") -> str:  # noqa: ARG001 -- today all is said in English
    """``rule`` in words: "Every other Thursday", "The last Friday of each month".

    Args:
        language: The reader's; English is said to all until there are other texts.
    """
    if rule.frequency == "weekly":
        return _weekly(rule)
    if rule.frequency == "yearly":
        return f"Every year on {rule.day} {MONTHS[(rule.month or 1) - 1]}"
    return f"{_day(rule)} {_of_what(rule)}"


def _weekly(rule: Rule) -> str:
    days = _listed([WEEKDAYS[day] for day in rule.days])
    if rule.every_weeks == 1:
        if rule.days == _WORKING_WEEK:
            return "Every day from Monday to Friday"
        return "Every day" if len(rule.days) == len(WEEKDAYS) else f"Every {days}"
    if rule.every_weeks == 2:
        return f"Every other {days}" if len(rule.days) == 1 else f"Every two weeks on {days}"
    return f"Every {rule.every_weeks} weeks on {days}"


def _day(rule: Rule) -> str:
    if rule.weekday is not None:
        return f"The {ordinal(rule.nth or 1)} {WEEKDAYS[rule.weekday]}"
    if rule.working_day is not None:
        return f"The {ordinal(rule.working_day)} working day"
    if rule.day == _LONGEST_MONTH:
        return "The last day"
    return f"The {_day_number(rule.day or 1)}"


def _of_what(rule: Rule) -> str:
    if rule.frequency == "monthly":
        return "of each month"
    first = rule.month or 1
    months = _listed([MONTHS[(first - 1 + ahead) % 12] for ahead in (0, 3, 6, 9)])
    return f"of {months}"


def ordinal(number: int) -> str:
    """As in "first", "last", "12th"."""
    if number == LAST:
        return "last"
    words = {1: "first", 2: "second", 3: "third", 4: "fourth"}
    if number in words:
        return words[number]
    return _day_number(number)


def _day_number(number: int) -> str:
    """As in "1st", "26th": a date stays a figure, beside others that have no word."""
    ending = (
        "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
