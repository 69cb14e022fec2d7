"""What the bot's requests to Discord say, whichever scenario made them."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from tests.openapi import Logged

Json = dict[str, Any]

REPLY, REPLACE = 4, 7


def messages_in(requests: Iterable[Logged]) -> Iterator[tuple[Logged, Json]]:
    """The requests that write a message, each with the message."""
    for request in requests:
        if request.method not in ("POST", "PATCH") or not isinstance(request.json, dict):
            continue
        body = cast("Json", request.json)
        if request.path.endswith("/callback"):
            if body.get("type") in (REPLY, REPLACE):
                yield request, body["data"]
        elif "components" in body or "content" in body:
            yield request, body


def pings(requests: Iterable[Logged], hosts: Iterable[int]) -> list[str]:
    """The messages that could notify anybody but one of the ``hosts``, in words; empty if there are none."""
    allowed = {str(host) for host in hosts}
    return [
        f"{request.method} {request.path}: {mentions}"
        for request, message in messages_in(requests)
        if not _harmless(mentions := message.get("allowed_mentions"), allowed)
    ]


def _harmless(mentions: Json | None, hosts: set[str]) -> bool:
    if mentions is None or mentions.get("parse") != [] or mentions.get("roles"):
        return False
    users = {str(user) for user in mentions.get("users") or ()}
    return len(users) <= 1 and users <= hosts


def posts(requests: Iterable[Logged], channel_id: int) -> list[Json]:
    """The messages posted into a channel."""
    return [
        message
        for request, message in messages_in(requests)
        if request.method == "POST" and request.path == f"/channels/{channel_id}/messages"
    ]


def edits(requests: Iterable[Logged], message_id: int) -> list[Json]:
    """The edits of a public message."""
    return [
        message
        for request, message in messages_in(requests)
        if request.method == "PATCH" and request.path.endswith(f"/messages/{message_id}")
    ]
