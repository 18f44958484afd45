"""What can be refused: by the Web API, by the control calls, and while starting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


class SandboxError(Exception):
    """Base of everything that the sandbox refuses."""


class Refused(SandboxError):
    """A Web API call that Slack answers with ``ok: false``.

    Args:
        error: Slack's error code.
        extra: More keys of the answer, such as ``response_metadata``.
    """

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra: Mapping[str, object] = extra


class ControlRefused(SandboxError):
    """A control call that cannot be done: a code for programs, a sentence for people."""

    def __init__(self, error: str, message: str, **extra: Any) -> None:
        super().__init__(message)
        self.error = error
        self.message = message
        self.extra: Mapping[str, Any] = extra

    @property
    def status(self) -> int:
        return 404 if self.error.endswith(("_not_found", "unknown_call")) else 400


class WorldError(SandboxError):
    """A world that cannot be read; the sentence names the file and the key or line.

    Args:
        problem: What is wrong there.
        key: The path to it, such as ``users[3].team``; empty where there is none.
        line: Of the text; ``column`` likewise. 0 where they are not known.
        where: The file; empty when the text came without one.
    """

    def __init__(
        self, problem: str, *, key: str = "", line: int = 0, column: int = 0, where: str = ""
    ) -> None:
        at = f"This is no world file: line {line}, column {column}" if line else ""
        super().__init__(": ".join(part for part in (where, at, key, problem) if part))
        self.problem, self.key, self.line, self.column = problem, key, line, column
        self.where = where

    def at(self, line: int, column: int) -> "WorldError":
        return WorldError(self.problem, key=self.key, line=line, column=column, where=self.where)

    def in_file(self, where: str) -> "WorldError":
        return WorldError(
            self.problem, key=self.key, line=self.line, column=self.column, where=where
        )


class PortTaken(SandboxError):
    """The wished port of loopback is in use."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"Port {port} on 127.0.0.1 is taken by another program: end it, or choose --port."
        )
        self.port = port


class NotConnected(SandboxError):
    """No app is there to hear of something that a person does."""


class WalkStuck(SandboxError):
    """The clock could not be walked on, since what is due at a stop was not settled in time."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"What is due at {at.isoformat()} was not settled in time.")
        self.at = at
