"""``files.*``: an address to send bytes to, the end of an upload, and what a file is."""

from collections.abc import Mapping
from typing import Final

from sandbox.errors import Refused
from sandbox.ports import Json
from sandbox.posting import bot_posts
from sandbox.webapi.call import Call, Method
from sandbox.workspace import Upload
from sandbox.world import Channel

MOST_CHANNELS: Final = 100  # Slack: a file is shared to at most 100 channels a call


def get_upload_url(call: Call) -> Json:
    name = call.text("filename")
    size = call.number("length", default=0)
    if size <= 0:
        raise Refused("invalid_arguments")
    ws = call.ws
    file_id = ws.stamps.id("F")
    ws.uploads[file_id] = Upload(
        body={
            "id": file_id,
            "created": int(ws.now().timestamp()),
            "name": name,
            "title": name,
            "filetype": name.rpartition(".")[2],
            "mimetype": "",
            "user": ws.world.app.user_id,
            "size": size,
            "url_private": f"{ws.base_url}upload/{file_id}",
            "permalink": f"{ws.world.home.url}files/{ws.world.app.user_id}/{file_id}",
            "shares": {},
            "channels": [],
        }
    )
    return {"upload_url": f"{ws.base_url}upload/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    files = call.decoded("files")
    if not isinstance(files, list) or not files:
        raise Refused("invalid_arguments")
    uploads = [_finished(call, entry) for entry in files]
    channels = _channels(call)
    for upload in uploads:
        upload.completed = True
    for channel in channels:
        _share(call, channel, uploads)
    return {"files": [upload.body for upload in uploads]}


def _finished(call: Call, entry: object) -> Upload:
    file_id = entry.get("id") if isinstance(entry, dict) else None
    upload = call.ws.uploads.get(str(file_id))
    if upload is None or not isinstance(entry, dict):
        raise Refused("file_not_found")
    if not upload.received:
        raise Refused("file_update_failed")
    upload.body["title"] = str(entry.get("title") or upload.body["name"])
    return upload


def _channels(call: Call) -> list[Channel]:
    wished = [call.args["channel_id"]] if call.optional("channel_id") else call.listed("channels")
    if len(wished) > MOST_CHANNELS:
        raise Refused("invalid_arguments")
    found = [call.ws.world.channels.get(channel_id) for channel_id in wished]
    channels = [channel for channel in found if channel is not None]
    if len(channels) < len(found):
        raise Refused("channel_not_found")
    if not all(call.is_member(channel) for channel in channels):
        raise Refused("not_in_channel")
    return channels


def _share(call: Call, channel: Channel, uploads: list[Upload]) -> None:
    fields: Json = {
        "subtype": "file_share",
        "text": call.optional("initial_comment") or "",
        "files": [upload.body for upload in uploads],
        "upload": True,
    }
    thread_ts = call.optional("thread_ts")
    if thread_ts is not None:
        fields["thread_ts"] = thread_ts
    post = bot_posts(call.ws, channel, fields)
    for upload in uploads:
        upload.body["channels"].append(channel.id)
        kind = "private" if channel.private else "public"
        upload.body["shares"].setdefault(kind, {})[channel.id] = [{"ts": post.ts}]


def info(call: Call) -> Json:
    upload = call.ws.uploads.get(call.text("file", missing="file_not_found"))
    if upload is None or not upload.completed:
        raise Refused("file_not_found")
    return {"file": upload.body, "comments": [], "response_metadata": {"next_cursor": ""}}


METHODS: Final[Mapping[str, Method]] = {
    "files.getUploadURLExternal": Method(run=get_upload_url, scopes=("files:write",), tier=4),
    "files.completeUploadExternal": Method(run=complete_upload, scopes=("files:write",), tier=4),
    "files.info": Method(run=info, scopes=("files:read",), tier=4),
}
