"""What can be wrong with the database, as values with one plain sentence each for the operator."""

from pathlib import Path

from domain.errors import TouchbaseError


class StoreError(TouchbaseError):
    """The database cannot be used; nothing was half written.

    Attributes:
        path: The database file.
    """

    sentence = "The database {path} cannot be used."

    def __init__(self, path: Path) -> None:
        super().__init__(self.sentence.format(path=path))
        self.path = path


class NewerDatabase(StoreError):
    """A newer Touchbase has changed the tables in ways that this one does not know."""

    sentence = (
        "The database {path} was written by a newer version of Touchbase. "
        "Start that version, or point TOUCHBASE_DATABASE to another file."
    )


class LockedDatabase(StoreError):
    """Another program holds the database for itself."""

    sentence = (
        "The database {path} is locked by another program. "
        "Close what has it open (a database browser, a backup), then try again."
    )


class ReadOnlyDatabase(StoreError):
    """The file or its folder may not be written."""

    sentence = (
        "The database {path} is read-only. "
        "Touchbase must be able to write the file and the folder it lies in."
    )


class FullDisk(StoreError):
    """There is no room left; the last write was undone whole."""

    sentence = (
        "There is no room left on the disk of the database {path}. "
        "The last change was not stored. Free some room, then try again."
    )


class CorruptDatabase(StoreError):
    """The file is no SQLite database, or it is damaged."""

    sentence = (
        "The file {path} is damaged, or it is not a database of Touchbase. "
        "It was not changed. Put back a copy made with `python bot.py backup`."
    )


class MissingDatabase(StoreError):
    """The file can neither be opened nor made: its folder does not exist, or it is a folder."""

    sentence = (
        "The database {path} can be neither opened nor made. "
        "Does its folder exist, and is the path a file?"
    )


class NoDatabase(StoreError):
    """Whoever wants the file only as it is finds none."""

    sentence = (
        "There is no database {path}, and none was made: Touchbase makes it when it first runs. "
        "TOUCHBASE_DATABASE names another file."
    )
