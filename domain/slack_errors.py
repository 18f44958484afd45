"""What Slack answered instead of doing it, as values; how to call Slack is not here."""

from datetime import timedelta

from domain.errors import TouchbaseError


class SlackError(TouchbaseError):
    """Slack did not do what was asked.

    Attributes:
        method: The Web API method, as Slack writes it.
    """

    def __init__(self, method: str) -> None:
        super().__init__(method)
        self.method = method


class SlackUnreachable(SlackError):
    """No usable answer came back: refused, dropped, timed out, or a server error."""


class SlackBusy(SlackError):
    """Slack asks to wait before this method is called again."""

    def __init__(self, method: str, retry_after: timedelta) -> None:
        super().__init__(method)
        self.retry_after = retry_after


class SlackRefused(SlackError):
    """Slack answered that it will not do it.

    Attributes:
        code: Slack's error code.
        needed: The scopes that are missing, where Slack named them.
    """

    def __init__(self, method: str, code: str, needed: str = "") -> None:
        super().__init__(method)
        self.code = code
        self.needed = needed

    def __str__(self) -> str:
        return f"{self.method}: {self.code}"
