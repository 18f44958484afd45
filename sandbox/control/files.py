"""Files that the app uploaded, as the page shows and saves them."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from sandbox.attachments import attachment
from sandbox.control.ask import Ask, ControlCall
from sandbox.errors import ControlRefused


async def file(ask: Ask) -> Response:
    """The bytes of the file with this ``id``."""
    file_id = ask.text("id")
    upload = ask.ws.uploads.get(file_id)
    if upload is None or not upload.completed:
        raise ControlRefused("file_not_found", f"There is no file {file_id}.")
    return attachment(upload.data, str(upload.body["name"]))


READS: Final[Mapping[str, ControlCall]] = {"file": file}
