import importlib
import pkgutil
from collections.abc import Iterator
from datetime import timedelta

import pytest

import domain
from domain.errors import TouchbaseError
from domain.partnerships import NoPartnershipHere
from domain.rights import ACTS, NotAllowed
from domain.slack_errors import SlackBusy, SlackError, SlackRefused
from sandbox.blocks import block_problems, view_problems
from views.errors import (
    REMEDIES,
    SENTENCES,
    UNEXPECTED,
    WHO,
    not_started,
    notice,
    refused_delivery,
    sentence,
    unexpected,
    unknown_command,
)


def errors_of_ours() -> Iterator[type[TouchbaseError]]:
    """Every error that any module of the domain names, but for the bases of others."""
    for found in pkgutil.iter_modules(domain.__path__):
        importlib.import_module(f"domain.{found.name}")
    waiting = list(TouchbaseError.__subclasses__())
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("domain.") and kind is not SlackError:
            yield kind


def has_sentence(kind: type[TouchbaseError]) -> bool:
    return any(parent in SENTENCES for parent in kind.__mro__)


def test_every_error_of_ours_has_a_sentence_or_is_known_to_have_none() -> None:
    silent = {kind for kind in errors_of_ours() if not has_sentence(kind)}

    assert silent == set(UNEXPECTED)


def test_an_error_of_somebody_else_has_no_sentence() -> None:
    assert sentence(KeyError("x")) is None


@pytest.mark.parametrize("act", ACTS)
def test_a_refused_act_names_who_could_do_it(act: str) -> None:
    text = sentence(NotAllowed(act, ACTS[act]))

    assert text is not None
    # That somebody is away is nobody else's business.
    assert all(WHO[standing] in text for standing in ACTS[act] - {"stand_in"})


def test_a_refusal_that_is_about_one_side_names_it() -> None:
    text = sentence(NotAllowed("joint.agree", ACTS["joint.agree"], "*Globalcall*"))

    assert text == "This can be done by a lead of \u200b*\u200bGlobalcall\u200b*\u200b."


def test_a_channel_without_a_partnership_explains_set_up() -> None:
    text = sentence(NoPartnershipHere("C1"))

    assert text is not None
    assert "/touchbase setup" in text
    assert sentence(NoPartnershipHere(None)) != text


def test_a_busy_slack_names_the_wait() -> None:
    assert "7 seconds." in (sentence(SlackBusy("users.info", timedelta(seconds=7))) or "")
    assert "1 second." in (sentence(SlackBusy("users.info", timedelta(seconds=1))) or "")


def test_a_missing_permission_is_named() -> None:
    refused = SlackRefused("pins.add", "missing_scope", "pins:write")

    assert "pins:write" in (sentence(refused) or "")


def test_what_keeps_the_bot_from_starting_names_the_setting() -> None:
    assert "SLACK_BOT_TOKEN" in not_started(SlackRefused("auth.test", "invalid_auth"))


def test_an_unexpected_error_names_its_reference_and_nothing_else() -> None:
    assert "ab12" in unexpected("ab12")


def test_what_somebody_typed_as_a_command_calls_nobody() -> None:
    assert "<!channel>" not in unknown_command("/<!channel>")


@pytest.mark.parametrize("reason", [*REMEDIES, "never_heard_of"])
def test_a_refused_message_says_what_to_do(reason: str) -> None:
    drawn = refused_delivery("C1", reason)

    assert "<#C1>" in drawn.text
    assert block_problems(list(drawn.blocks), surface="message") == []


def test_a_notice_is_a_form_that_slack_takes() -> None:
    assert view_problems(notice("x" * 4000)) == []
