"""What people do in a sandbox and what they see, one method for each control call."""

from types import TracebackType
from typing import Any, Self

import httpx

Json = dict[str, Any]


class ActRefused(AssertionError):
    """A control call answered ``ok: false``; ``error`` is its code, ``answer`` all of it."""

    def __init__(self, call: str, answer: Json) -> None:
        super().__init__(f"{call}: {answer}")
        self.error = answer.get("error", "")
        self.answer = answer


class Slack:
    """Drives a sandbox over HTTP. People and channels are given by id or by name.

    Every method returns the answer's body and raises ``ActRefused`` when it says ``ok: false``,
    except ``submit``, which returns the errors of a form as they are.
    """

    def __init__(self, url: str, *, timeout_s: float = 100.0) -> None:
        # Loading the certificates of the world takes a tenth of a second, and nothing here is TLS.
        self._api_url = f"{url}api/"
        self._http = httpx.Client(
            base_url=f"{url}_control/", timeout=timeout_s, trust_env=False, verify=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def post(self, call: str, **body: Any) -> Json:
        """Any control call, its answer whatever it says; arguments that are None are left out."""
        given = {key: value for key, value in body.items() if value is not None}
        answer: Json = self._http.post(call, json=given).json()
        return answer

    def do(self, call: str, **body: Any) -> Json:
        return _checked(call, self.post(call, **body))

    def get(self, call: str, **query: Any) -> Json:
        given = {key: value for key, value in query.items() if value is not None}
        return _checked(call, self._http.get(call, params=given).json())

    def file(self, file_id: str) -> str:
        """What a file says that the app uploaded."""
        answer = self._http.get("file", params={"id": file_id})
        answer.raise_for_status()
        return answer.content.decode()

    def world_file(self) -> Json:
        """The present world as a file, which is the whole answer."""
        file: Json = self._http.get("world_file").json()
        return file

    def call(self, method: str, **arguments: Any) -> Json:
        """A Web API call of the app itself."""
        headers = {"Authorization": "Bearer xoxb-sandbox"}
        url = f"{self._api_url}{method}"
        return _checked(method, self._http.post(url, json=arguments, headers=headers).json())

    def say(self, channel: str, user: str, text: str, *, thread_ts: str | None = None) -> str:
        """Post a message and return its ts."""
        answer = self.do("message", channel=channel, user=user, text=text, thread_ts=thread_ts)
        return str(answer["ts"])

    def react(self, channel: str, ts: str, user: str, name: str) -> Json:
        return self.do("reaction", channel=channel, ts=ts, user=user, name=name)

    def command(self, channel: str, user: str, command: str, text: str = "") -> Json:
        """Run a slash command and return the body of the app's ack."""
        answer = self.do("command", channel=channel, user=user, command=command, text=text)
        response: Json = answer["response"]
        return response

    def click(self, user: str, action_id: str, **where: Any) -> Json:
        """Press or pick; ``where`` is channel and ts, or view_id, and block_id, value, selected."""
        return self.do("click", user=user, action_id=action_id, **where)

    def click_twice(self, user: str, action_id: str, **where: Any) -> None:
        """Press again at once; the first press may have taken the button away by then."""
        self.click(user, action_id, **where)
        again = self.post("click", user=user, action_id=action_id, **where)
        if not again["ok"] and again["error"] != "element_not_found":
            raise ActRefused("click", again)

    def submit(self, user: str, view_id: str | None = None, values: Json | None = None) -> Json:
        """Submit a modal, the one on top unless named."""
        view_id = view_id or self.modal(user)["id"]
        answer = self.post("submit", user=user, view_id=view_id, values=values or {})
        return answer if answer.get("errors") else _checked("submit", answer)

    def messages(self, channel: str) -> list[Json]:
        found: list[Json] = self.get("messages", channel=channel)["messages"]
        return found

    def direct_messages(self, user: str) -> list[Json]:
        found: list[Json] = self.get("messages", user=user)["messages"]
        return found

    def views(self, user: str) -> Json:
        return self.get("views", user=user)

    def modal(self, user: str) -> Json:
        """The modal on top."""
        modals = self.views(user)["modals"]
        assert modals, f"{user} has no modal open"
        top: Json = modals[-1]
        return top

    def world(self) -> Json:
        return self.get("world")

    def user_id(self, name: str) -> str:
        return next(str(u["id"]) for u in self.world()["users"] if u["name"] == name)

    def calls(self, method: str | None = None, *, after: int = 0) -> list[Json]:
        """The Web API calls that reached the sandbox, of one method or of all."""
        found: list[Json] = self.get("calls", after=after)["calls"]
        return [call for call in found if method in {None, call["method"]}]

    def advance(self, length: str) -> Json:
        """Move the clock by an ISO 8601 length through all that is due on the way."""
        return self.do("clock", advance=length)

    def move_to(self, moment: str) -> Json:
        return self.do("clock", now=moment)

    def settle(self, timeout: float = 60) -> bool:
        return bool(self.do("settle", timeout=timeout)["settled"])

    def fault(self, method: str, fault: str, **more: Any) -> Json:
        return self.do("fault", method=method, fault=fault, **more)


def _checked(call: str, answer: Json) -> Json:
    if not answer.get("ok"):
        raise ActRefused(call, answer)
    return answer
