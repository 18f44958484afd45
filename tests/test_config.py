import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from slack_bolt import App

from config import (
    SLACK_API,
    WHERE,
    ConfigurationError,
    Secret,
    Settings,
    database_from,
    environment,
    settings_from,
    without_oauth,
    without_proxies,
)

ROOT = Path(__file__).resolve().parent.parent

SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_APP_TOKEN": "xapp-1-b"}
HTTP = {"SLACK_BOT_TOKEN": "xoxb-1-a", "SLACK_SIGNING_SECRET": "5ec", "PORT": "3000"}


def refusal(values: Mapping[str, str]) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as refused:
        settings_from(values)
    return refused.value


def variables_named(error: ConfigurationError) -> list[str]:
    return [problem.variable for problem in error.problems]


def test_two_tokens_are_enough_for_socket_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert settings_from(SOCKET) == Settings(
        bot_token=Secret("xoxb-1-a"),
        app_token=Secret("xapp-1-b"),
        signing_secret=None,
        port=None,
        host="127.0.0.1",
        api_base_url=SLACK_API,
        database=tmp_path / "touchbase.sqlite",
        log_level="INFO",
    )


def test_a_signing_secret_and_a_port_mean_http() -> None:
    settings = settings_from({**HTTP, "HOST": "0.0.0.0"})

    assert settings.app_token is None
    assert settings.signing_secret == Secret("5ec")
    assert (settings.host, settings.port) == ("0.0.0.0", 3000)


def test_http_binds_this_machine_alone_unless_told_otherwise() -> None:
    assert settings_from(HTTP).host == "127.0.0.1"


def test_socket_mode_wins_and_what_http_would_need_is_not_looked_at() -> None:
    settings = settings_from({**HTTP, **SOCKET, "PORT": "what a host sets", "HOST": "::nowhere //"})

    assert settings.app_token == Secret("xapp-1-b")
    assert (settings.signing_secret, settings.port) == (None, None)


def test_the_sandboxs_own_credentials_are_accepted() -> None:
    socket = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-sandbox"}
    http = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_SIGNING_SECRET": "sandbox", "PORT": "0"}

    assert settings_from(socket).app_token == Secret("xapp-sandbox")
    assert settings_from(http).port == 0


def test_an_empty_value_counts_as_not_set_and_blanks_around_a_value_do_not_count() -> None:
    settings = settings_from(
        {**HTTP, "SLACK_APP_TOKEN": " ", "PORT": " 3000\n", "TOUCHBASE_LOG_LEVEL": ""}
    )

    assert (settings.port, settings.log_level) == (3000, "INFO")


def test_with_nothing_set_one_message_names_what_is_missing_and_where_it_is_found() -> None:
    error = refusal({})

    assert variables_named(error) == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert "api.slack.com/apps > your app > OAuth & Permissions" in str(error)
    assert "App-Level Tokens" in str(error)
    assert "SLACK_SIGNING_SECRET and PORT" in str(error)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param({"SLACK_SIGNING_SECRET": "5ec"}, "PORT", id="a secret without a port"),
        pytest.param({"PORT": "3000"}, "SLACK_SIGNING_SECRET", id="a port without a secret"),
    ],
)
def test_half_of_http_names_the_other_half(given: dict[str, str], named: str) -> None:
    error = refusal({"SLACK_BOT_TOKEN": "xoxb-1-a", **given})

    assert variables_named(error) == [named]


@pytest.mark.parametrize(
    ("variable", "text", "says"),
    [
        pytest.param("SLACK_BOT_TOKEN", "xapp-1-b", "start with xoxb-", id="the app's token"),
        pytest.param("SLACK_BOT_TOKEN", "xoxp-1-b", "user's token", id="a user's token"),
        pytest.param("SLACK_BOT_TOKEN", "xoxe.xoxb-1", "token rotation", id="an expiring token"),
        pytest.param("SLACK_BOT_TOKEN", "xoxb-", "nothing", id="a bare prefix"),
        pytest.param("SLACK_BOT_TOKEN", "xoxb-...", "letters", id="an ellipsis"),
        pytest.param("SLACK_BOT_TOKEN", "xoxb-1\nxoxb-2", "letters", id="two lines"),
        pytest.param("SLACK_APP_TOKEN", "xoxb-1-a", "start with xapp-", id="the bot's token"),
        pytest.param("SLACK_SIGNING_SECRET", "xoxb-1-a", "is a token", id="token for secret"),
        pytest.param("SLACK_SIGNING_SECRET", "two words", "space", id="a secret with a space"),
        pytest.param("PORT", "http", "whole number", id="a word for a port"),
        pytest.param("PORT", "-1", "whole number", id="a port below zero"),
        pytest.param("PORT", "65536", "whole number", id="a port too high"),
        pytest.param("PORT", "٣٠٠٠", "whole number", id="digits of another script"),
        pytest.param("HOST", "http://0.0.0.0", "neither a name", id="an address for a host"),
        pytest.param("SLACK_API_BASE_URL", "slack.com/api", "https://", id="no scheme"),
        pytest.param("SLACK_API_BASE_URL", "ftp://slack.com/", "https://", id="another scheme"),
        pytest.param("SLACK_API_BASE_URL", "https:///api", "https://", id="no host"),
        pytest.param("SLACK_API_BASE_URL", "http://[::1/api", "address", id="half a bracket"),
        pytest.param("SLACK_API_BASE_URL", "http://h:99999/", "address", id="a port too high"),
        pytest.param("SLACK_API_BASE_URL", "http://h/?a=b", "more than", id="a query"),
        pytest.param("SLACK_API_BASE_URL", "http://me:pw@h/", "more than", id="a password"),
        pytest.param("TOUCHBASE_LOG_LEVEL", "LOUD", "log level", id="an unknown level"),
        pytest.param("TOUCHBASE_DATABASE", ":memory:", "plain path", id="memory"),
        pytest.param("TOUCHBASE_DATABASE", "file:x?mode=ro", "plain path", id="an SQLite URI"),
        pytest.param("TOUCHBASE_DATABASE", "/no/such/x.db", "does not exist", id="no folder"),
        pytest.param("TOUCHBASE_DATABASE", "/", "is a folder", id="a folder"),
        pytest.param("TOUCHBASE_DATABASE", "a\0b", "no path", id="a null"),
        pytest.param("TOUCHBASE_DATABASE", "~nobody-here/x", "no path", id="nobody's home"),
    ],
)
def test_a_malformed_value_is_named_with_what_is_wrong(variable: str, text: str, says: str) -> None:
    base = SOCKET if variable == "SLACK_APP_TOKEN" else HTTP

    error = refusal({**base, variable: text})

    assert variables_named(error) == [variable]
    assert says in str(error)


def test_a_malformed_secret_is_never_shown() -> None:
    hidden = "tr0ub4dor with a space"

    over_http = refusal({**HTTP, "SLACK_BOT_TOKEN": hidden, "SLACK_SIGNING_SECRET": hidden})
    by_socket = refusal({**SOCKET, "SLACK_APP_TOKEN": hidden})

    assert variables_named(over_http) == ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]
    assert "tr0ub4dor" not in f"{over_http} {over_http!r} {by_socket} {by_socket!r}"


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = dict.fromkeys(WHERE, "not this")
    wrong["TOUCHBASE_DATABASE"] = "/no/such/folder/x"
    wrong["SLACK_APP_TOKEN"] = ""

    error = refusal(wrong)

    assert set(variables_named(error)) == set(WHERE) - {"SLACK_APP_TOKEN"}
    assert all(f"\n  {variable} " in str(error) for variable in variables_named(error))


def test_a_file_is_refused_just_when_it_may_not_be_written(tmp_path: Path) -> None:
    database = tmp_path / "kept.sqlite"
    database.touch(mode=0o400)
    values = {**SOCKET, "TOUCHBASE_DATABASE": str(database)}

    if os.access(database, os.W_OK):  # root may
        assert settings_from(values).database == database
    else:
        assert "both read and written" in str(refusal(values))


def test_the_database_alone_needs_no_token(tmp_path: Path) -> None:
    assert database_from({"TOUCHBASE_DATABASE": str(tmp_path / "a")}) == tmp_path / "a"
    with pytest.raises(ConfigurationError, match="is a folder"):
        database_from({"TOUCHBASE_DATABASE": str(tmp_path)})


def test_a_home_folder_is_understood_in_the_databases_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert database_from({"TOUCHBASE_DATABASE": "~/a.sqlite"}) == tmp_path / "a.sqlite"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("https://slack.example/api", "https://slack.example/api/", id="no slash"),
        pytest.param("http://127.0.0.1:8990/api/", "http://127.0.0.1:8990/api/", id="a slash"),
    ],
)
def test_the_web_apis_address_ends_with_a_slash(written: str, kept: str) -> None:
    assert settings_from({**SOCKET, "SLACK_API_BASE_URL": written}).api_base_url == kept


@pytest.mark.parametrize("written", ["debug", "Warning", "ERROR"])
def test_log_levels_are_pythons_in_any_case(written: str) -> None:
    level = settings_from({**SOCKET, "TOUCHBASE_LOG_LEVEL": written}).log_level

    assert level in logging.getLevelNamesMapping()


def test_a_secret_shows_itself_to_nobody_who_does_not_ask() -> None:
    settings = settings_from(SOCKET)

    shown = f"{settings} {settings!r} {settings.bot_token} {[settings.app_token]}"

    assert "xoxb-1-a" not in shown
    assert "xapp-1-b" not in shown
    assert settings.bot_token.reveal() == "xoxb-1-a"


def test_secrets_are_equal_by_their_text() -> None:
    assert Secret("a") == Secret("a")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2
    assert Secret("a") != "a"


def test_the_process_wins_over_the_file_even_with_an_empty_value(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nHOST='a $HOME b'\nOTHER=1\n"
    )

    values = environment(tmp_path, {"SLACK_BOT_TOKEN": "xoxb-process", "SLACK_APP_TOKEN": ""})

    assert values == {
        "SLACK_BOT_TOKEN": "xoxb-process",
        "SLACK_APP_TOKEN": "",
        "HOST": "a $HOME b",
    }


def test_without_a_file_the_process_is_asked_alone_and_only_for_our_variables(
    tmp_path: Path,
) -> None:
    assert environment(tmp_path, {"PORT": "1", "SLACK_CLIENT_ID": "2"}) == {"PORT": "1"}


def test_a_name_without_a_value_in_the_file_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT\nHOST=\n")

    assert environment(tmp_path, {}) == {"HOST": ""}


def test_a_file_in_another_encoding_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("HOST=é\n".encode("utf-16"))

    with pytest.raises(ConfigurationError, match=r"\.env cannot be read: it is not UTF-8\.$"):
        environment(tmp_path, {})


def test_a_folder_in_the_files_place_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()

    with pytest.raises(ConfigurationError, match=r"\.env is a folder\. Settings are read from"):
        environment(tmp_path, {})


def test_the_example_file_and_the_code_know_the_same_variables() -> None:
    text = (ROOT / ".env.example").read_text()

    documented = re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE)

    assert sorted(documented) == sorted(WHERE)


def test_each_variable_of_the_example_file_has_a_comment_above_it() -> None:
    paragraphs = (ROOT / ".env.example").read_text().split("\n\n")

    for paragraph in paragraphs:
        lines = paragraph.splitlines()
        assert re.match(r"# \S+ \S+", lines[0]), paragraph


def test_the_copied_example_file_names_what_has_to_be_filled_in(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())

    error = refusal(environment(tmp_path, {}))

    assert variables_named(error) == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


def test_a_client_id_and_secret_do_not_make_the_bot_another_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Bolt reads these two from the process itself, so that is where they have to be.
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "3")
    hijacked = App(token="xoxb-1-a", signing_secret="s", token_verification_enabled=False)

    taken = without_oauth(os.environ)
    app = App(token="xoxb-1-a", signing_secret="s", token_verification_enabled=False)

    assert hijacked.oauth_flow is not None
    assert taken == ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
    assert app.oauth_flow is None
    assert app.installation_store is None
    assert app.client.token == "xoxb-1-a"


def test_an_environment_without_client_id_and_secret_stays_as_it_is() -> None:
    environ = {"PATH": "/bin"}

    assert without_oauth(environ) == ()
    assert environ == {"PATH": "/bin"}


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        pytest.param("http://127.0.0.1:8990/api/", True, id="an address of this machine"),
        pytest.param("http://localhost:8990/api/", True, id="its name"),
        pytest.param("http://[::1]:8990/api/", True, id="its newer address"),
        pytest.param("https://slack.com/api/", False, id="Slack"),
        pytest.param("http://127.0.0.1.example.com/api/", False, id="somebody else"),
    ],
)
def test_proxies_are_left_out_only_where_slack_stands_on_this_machine(
    url: str, taken: bool
) -> None:
    environ = {"HTTPS_PROXY": "http://proxy", "http_proxy": "http://proxy", "PATH": "/bin"}

    names = without_proxies(environ, url)

    assert (names == ("HTTPS_PROXY", "http_proxy")) is taken
    assert ("HTTPS_PROXY" in environ) is not taken
    assert environ["PATH"] == "/bin"
