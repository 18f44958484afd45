"""Keys that live outside the database, one file each: without its key an answer has no author."""

import contextlib
import hmac
import os
import re
import secrets
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from domain.pulse_questions import FIRST
from domain.store_errors import StoreError

_KEY_BYTES: Final = 32
# Ids are made by us; anything else would be a way out of the folder.
_ID: Final = re.compile(r"[a-z0-9]{1,64}")


class KeyRing:
    """The folder of keys beside a database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def beside(cls, database: Path) -> "KeyRing":
        return cls(database.with_name(f"{database.name}-keys"))

    @classmethod
    def of(cls, db: Database) -> "KeyRing":
        """The keys beside the database that is open."""
        rows = db.query("PRAGMA database_list")
        return cls.beside(Path(next(row["file"] for row in rows if row["name"] == "main")))

    def create(self, survey_id: str) -> None:
        """Make a new key and have it on disk.

        Raises:
            StoreError: The folder or the file cannot be written.
        """
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            descriptor = os.open(self._path(survey_id), flags, 0o600)
            _write(descriptor, secrets.token_bytes(_KEY_BYTES))
            self._sync_folder()
        except OSError as error:
            raise StoreError(self._folder) from error

    def read(self, survey_id: str) -> bytes | None:
        """The key; None when it is gone or spoiled."""
        try:
            key = self._path(survey_id).read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == _KEY_BYTES else None

    def destroy(self, survey_id: str) -> None:
        """Overwrite and remove a key; harmless when it is gone already."""
        path = self._path(survey_id)
        with contextlib.suppress(FileNotFoundError):
            _write(os.open(path, os.O_WRONLY), bytes(_KEY_BYTES))
            path.unlink()
            self._sync_folder()

    def ids(self) -> list[str]:
        """The surveys that have a key."""
        if not self._folder.is_dir():
            return []
        return sorted(path.stem for path in self._folder.glob("*.key"))

    def _path(self, survey_id: str) -> Path:
        assert _ID.fullmatch(survey_id), "not an id of ours"
        return self._folder / f"{survey_id}.key"

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def answerer(key: bytes, person_id: str, position: int = FIRST) -> str:
    """Who answers a question, as the database knows them while the survey is open.

    Somebody's answers to two questions have nothing in common.
    """
    # Of the first one nothing but the person goes in: so it was when there was only one.
    about = person_id if position == FIRST else f"{person_id}/{position}"
    return hmac.new(key, about.encode(), "sha256").hexdigest()


def _write(descriptor: int, content: bytes) -> None:
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
