"""Settings, read from a mapping and checked all at once; starts nothing and opens nothing."""

import os
import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

SLACK_API = "https://slack.com/api/"

# Bolt takes what it finds there, whatever it is given.
TOKEN_VARIABLES = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_VERIFICATION_TOKEN")
_APP_PAGES = "api.slack.com/apps > your app"

WHERE: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": (
        f"It starts with xoxb-: {_APP_PAGES} > OAuth & Permissions > Bot User OAuth Token."
    ),
    "SLACK_APP_TOKEN": (
        f"For Socket Mode; it starts with xapp-: {_APP_PAGES} > Basic Information >"
        " App-Level Tokens, with the scope connections:write."
    ),
    "SLACK_SIGNING_SECRET": (
        f"For HTTP: {_APP_PAGES} > Basic Information > App Credentials > Signing Secret."
    ),
    "PORT": (
        "For HTTP: the port to listen on, 1 to 65535 (0 takes a free one); the address that Slack"
        f" calls is set under {_APP_PAGES} > Event Subscriptions > Request URL."
    ),
    "HOST": "For HTTP: the address to listen on, 127.0.0.1 unless set; a name or an IP address.",
    "SLACK_API_BASE_URL": f"The Web API to talk to, {SLACK_API} unless set.",
    "TOUCHBASE_DATABASE": (
        "The SQLite file, touchbase.sqlite in the current folder unless set; its folder has to"
        " exist and be writable."
    ),
    "TOUCHBASE_LOG_LEVEL": "DEBUG, INFO (unless set), WARNING, ERROR or CRITICAL.",
}
"""Every variable that is read, and where its value is found."""

OAUTH_VARIABLES = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
PROXY_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY")

_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_HIGHEST_PORT = 65535


class Secret:
    """A text that neither prints, logs nor formats; ``reveal`` hands it out."""

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        return self.__text

    def __repr__(self) -> str:
        return "Secret(...)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self.__text == other.reveal()

    def __hash__(self) -> int:
        return hash(self.__text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the bot needs to start. Either ``app_token`` is set, or ``signing_secret`` and ``port``.

    Attributes:
        app_token: For Socket Mode; None over HTTP.
        signing_secret: For HTTP; None in Socket Mode.
        port: For HTTP, 0 for any free one; None in Socket Mode.
        host: For HTTP, the address to bind.
        api_base_url: Ends with a slash.
        database: The SQLite file, absolute; it may not exist yet.
        log_level: One of Python's names, in capitals.
    """

    bot_token: Secret
    app_token: Secret | None
    signing_secret: Secret | None
    port: int | None
    host: str
    api_base_url: str
    database: Path
    log_level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One setting that is missing or malformed; ``fault`` never holds its value."""

    variable: str
    fault: str

    def __str__(self) -> str:
        return f"{self.variable} {self.fault}. {WHERE[self.variable]}"


class ConfigurationError(Exception):
    """Settings are missing or malformed: the message names all of them and where each is found.

    Attributes:
        problems: By variable; empty where the .env file itself cannot be read.
    """

    def __init__(self, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        lines = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"{sentence}{lines}")
        self.problems = problems


def environment(folder: Path, process: Mapping[str, str]) -> dict[str, str]:
    """Touchbase's variables of ``folder``/.env and of the process; the process wins, also with "".

    Raises:
        ConfigurationError: The file is there and cannot be read.
    """
    file = folder / ".env"
    if file.is_dir():
        raise ConfigurationError(f"{file} is a folder. Settings are read from a file of that name.")
    try:
        # Not interpolated: a value means what it says, dollar signs included.
        written = dotenv_values(file, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file} cannot be read: {_reason(error)}.") from error
    merged = {**written, **process}
    return {name: text for name in WHERE if (text := merged.get(name)) is not None}


def settings_from(values: Mapping[str, str]) -> Settings:
    """The settings that ``values`` spell out. An empty value counts as not set; Socket Mode wins.

    Raises:
        ConfigurationError: It names every variable that is missing or malformed.
    """
    reader = _Reader(values)
    socket_mode = bool(reader.text("SLACK_APP_TOKEN"))
    over_http = not socket_mode and bool(reader.text("SLACK_SIGNING_SECRET") or reader.text("PORT"))
    token = reader.required("SLACK_BOT_TOKEN", _bot_token_fault)
    app_token = "" if over_http else reader.required("SLACK_APP_TOKEN", _app_token_fault)
    signing_secret = reader.required("SLACK_SIGNING_SECRET", _secret_fault) if over_http else ""
    port = reader.required("PORT", _port_fault) if over_http else ""
    host = reader.optional("HOST", "127.0.0.1", _host_fault) if over_http else "127.0.0.1"
    api_base_url = reader.optional("SLACK_API_BASE_URL", SLACK_API, _url_fault)
    database = reader.optional("TOUCHBASE_DATABASE", "touchbase.sqlite", _database_fault)
    log_level = reader.optional("TOUCHBASE_LOG_LEVEL", "INFO", _log_level_fault)
    reader.refuse_problems()
    return Settings(
        bot_token=Secret(token),
        app_token=Secret(app_token) if app_token else None,
        signing_secret=Secret(signing_secret) if signing_secret else None,
        port=int(port) if port else None,
        host=host,
        api_base_url=api_base_url.rstrip("/") + "/",
        database=_path(database),
        log_level=log_level.upper(),
    )


def database_from(values: Mapping[str, str]) -> Path:
    """The database alone, for what needs no workspace.

    Raises:
        ConfigurationError: Its place is not usable.
    """
    reader = _Reader(values)
    database = reader.optional("TOUCHBASE_DATABASE", "touchbase.sqlite", _database_fault)
    reader.refuse_problems()
    return _path(database)


def forget_outside(environ: MutableMapping[str, str], api_base_url: str) -> None:
    """Take from ``environ`` what libraries would follow behind our back, once it is read."""
    for name in TOKEN_VARIABLES:
        environ.pop(name, None)
    without_oauth(environ)
    without_proxies(environ, api_base_url)


def without_oauth(environ: MutableMapping[str, str]) -> tuple[str, ...]:
    """Take from ``environ`` what would turn Bolt's app into another one; return the names taken.

    Bolt looks at the process environment itself. With a client id and secret there it becomes an
    app of many workspaces that ignores the bot token, and no argument of its constructor prevents
    that; so this is to be called on ``os.environ`` before an app is made.
    """
    return tuple(name for name in OAUTH_VARIABLES if environ.pop(name, None) is not None)


def without_proxies(environ: MutableMapping[str, str], api_base_url: str) -> tuple[str, ...]:
    """Take the proxies from ``environ`` when Slack stands on this machine; return the names taken.

    The SDK looks at the process environment itself, does not know NO_PROXY, and would ask the
    proxy for this machine's own address.
    """
    if not _is_loopback(urlsplit(api_base_url).hostname or ""):
        return ()
    names = [*PROXY_VARIABLES, *(name.lower() for name in PROXY_VARIABLES)]
    return tuple(name for name in names if environ.pop(name, None) is not None)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class _Reader:
    """Reads one variable after the other and remembers what was wrong, to tell it all at once."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._problems: list[Problem] = []

    def text(self, variable: str) -> str:
        return self._values.get(variable, "").strip()

    def required(self, variable: str, fault_of: Callable[[str], str | None]) -> str:
        if not self.text(variable):
            self._problems.append(Problem(variable=variable, fault=_missing(variable)))
            return ""
        return self.optional(variable, "", fault_of)

    def optional(self, variable: str, default: str, fault_of: Callable[[str], str | None]) -> str:
        text = self.text(variable) or default
        fault = fault_of(text)
        if fault is not None:
            self._problems.append(Problem(variable=variable, fault=fault))
        return text

    def refuse_problems(self) -> None:
        if self._problems:
            raise ConfigurationError(
                "These settings (from the environment or .env) need attention:",
                tuple(self._problems),
            )


def _missing(variable: str) -> str:
    if variable == "SLACK_APP_TOKEN":
        return "is missing (or, for HTTP, SLACK_SIGNING_SECRET and PORT)"
    if variable == "SLACK_SIGNING_SECRET":
        return "is missing (or, for Socket Mode, SLACK_APP_TOKEN)"
    return "is missing"


def _bot_token_fault(text: str) -> str | None:
    if text.startswith("xoxe"):
        return "is a token that expires: turn token rotation off for this app"
    if text.startswith("xoxp-"):
        return "is a user's token, not the bot's"
    return _token_fault(text, "xoxb-")


def _app_token_fault(text: str) -> str | None:
    return _token_fault(text, "xapp-")


def _token_fault(text: str, prefix: str) -> str | None:
    if not text.startswith(prefix):
        return f"does not start with {prefix}"
    if not re.fullmatch(r"[A-Za-z0-9-]+", text.removeprefix(prefix)):
        return f"has more than letters, digits and hyphens after {prefix}, or nothing"
    return None


def _secret_fault(text: str) -> str | None:
    if text.startswith(("xoxb-", "xapp-", "xoxp-")):
        return "is a token, not the signing secret"
    if not re.fullmatch(r"[!-~]+", text):
        return "has a space or a letter that no signing secret has"
    return None


def _port_fault(text: str) -> str | None:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > _HIGHEST_PORT:
        return f"is not a whole number from 0 to {_HIGHEST_PORT}"
    return None


def _host_fault(text: str) -> str | None:
    if not re.fullmatch(r"[A-Za-z0-9_.:-]+", text) or "://" in text:
        return "is neither a name nor an IP address"
    return None


def _url_fault(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return "is not an address"
    if not usable or re.search(r"\s", text):
        return "is not an address that starts with https:// or http://"
    if parts.query or parts.fragment or parts.username is not None:
        return "has more than a host, a port and a path"
    return None


def _log_level_fault(text: str) -> str | None:
    if text.upper() not in _LOG_LEVELS:
        return "is no log level"
    return None


def _database_fault(text: str) -> str | None:
    if text.startswith((":memory:", "file:")):
        return "has to be a plain path to a file"
    if "\0" in text:
        return "is no path that this machine understands"
    try:
        return _place_fault(_path(text))
    except (OSError, RuntimeError, ValueError):
        return "is no path that this machine understands"


def _place_fault(path: Path) -> str | None:
    if path.is_dir():
        return f"is a folder ({path}); a file is needed"
    if not path.parent.is_dir():
        return f"lies in a folder that does not exist ({path.parent})"
    # SQLite keeps two more files beside the database while it is open.
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return f"lies in a folder that cannot be written to ({path.parent})"
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        return f"is a file that cannot be both read and written ({path})"
    return None


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return getattr(error, "strerror", None) or str(error)
