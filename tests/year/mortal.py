"""A store whose process dies at the n-th write, right before or right after it is committed."""

from collections.abc import Iterator
from contextlib import contextmanager

from data import Database
from data.store import Store
from tests.year.plans import Death


class Died(BaseException):
    """The process is gone; nothing that it had in hand goes on."""


class MortalStore(Store):
    fate: list[Death]
    left: int = 0

    def doomed_by(self, fate: list[Death]) -> None:
        """What comes first in ``fate`` ends this process; it is taken out then."""
        self.fate = fate
        self.left = fate[0].writes if fate else 0

    @contextmanager
    def writing(self, partnership: str | None, **how: bool) -> Iterator[Database]:
        self.left -= 1
        dies = bool(self.fate) and self.left <= 0
        with super().writing(partnership, **how) as db:
            yield db
            if dies and not self.fate[0].after_commit:
                raise Died
        if dies:
            raise Died
