"""The sandbox's control calls over HTTP; what they are used for is not here."""

import ssl
from types import TracebackType
from typing import Any, Final, Self

import httpx

Json = dict[str, Any]

# A walk of the clock over a weekend answers when all that was due on the way is settled.
ANSWER_WITHIN_SECONDS: Final = 120.0


class Refused(Exception):
    """A control call was answered with an error.

    Attributes:
        code: The sandbox's error code.
    """

    def __init__(self, call: str, answer: Json) -> None:
        super().__init__(f"{call}: {answer.get('message') or answer.get('error')}")
        self.code = str(answer.get("error", ""))


class Control:
    """The control calls of the sandbox at ``base_url``."""

    def __init__(self, base_url: str) -> None:
        # Nothing here is TLS, and loading the world's certificates takes a tenth of a second.
        self._http = httpx.Client(
            base_url=f"{base_url.rstrip('/')}/_control/",
            timeout=ANSWER_WITHIN_SECONDS,
            trust_env=False,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._http.close()

    def do(self, call: str, **body: Any) -> Json:
        """Carry a call out; what is None is left out of its body.

        Raises:
            Refused: It was answered with an error.
        """
        given = {key: value for key, value in body.items() if value is not None}
        return _checked(call, self._http.post(call, json=given))

    def see(self, call: str, **query: str) -> Json:
        return _checked(call, self._http.get(call, params=query))


def _checked(call: str, response: httpx.Response) -> Json:
    answer: Json = response.json()
    # A form that is sent back with remarks is an answer like any other.
    if not answer.get("ok") and not answer.get("errors"):
        raise Refused(call, answer)
    return answer
