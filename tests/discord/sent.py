"""What the bot's requests to Discord say, whichever scenario made them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from tests.openapi import Logged
from tests.wire.shapes import EPHEMERAL, walk

Json = dict[str, Any]

REPLY, THINKING, REPLACE, FORM = 4, 5, 7, 9

IDS_ONLY = re.compile(r"[a-z]{2}([:!](-?[0-9]+|[a-z_]+))*")
"""A custom id: a prefix, numbers, and names of things to do. Never a text, so never an answer."""


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


def posts(requests: Iterable[Logged], channel_id: int) -> list[Json]:
    """The messages posted into a channel, refused ones too."""
    return [
        message
        for request, message in messages_in(requests)
        if request.method == "POST" and request.path == f"/channels/{channel_id}/messages"
    ]


def edits(requests: Iterable[Logged], message_id: int) -> list[Json]:
    """The edits of a public message, refused ones too."""
    return [
        message
        for request, message in messages_in(requests)
        if request.method == "PATCH" and request.path.endswith(f"/messages/{message_id}")
    ]


def faults(requests: Iterable[Logged], hosts: Iterable[int]) -> list[str]:
    """What no request may do, in words: ping anybody but a host, who is asked of a restatement or whose round it is,
    answer in public, carry words in a custom id.
    """
    logged = list(requests)
    return [*_pings(logged, {str(host) for host in hosts}), *_public_answers(logged), *_wordy_ids(logged)]


def _pings(requests: list[Logged], hosts: set[str]) -> Iterator[str]:
    for request, message in messages_in(requests):
        mentions = message.get("allowed_mentions")
        if mentions is None or mentions.get("parse") != [] or mentions.get("roles"):
            yield f"{request.method} {request.path} could ping: {mentions}"
        elif not {str(user) for user in mentions.get("users") or ()} <= hosts | _asked(message):
            yield f"{request.method} {request.path} pings somebody who is no host: {mentions}"


def _asked(message: Json) -> set[str]:
    """Whose word the message asks for, if it is a restatement that has its two buttons, or an argument of theirs, if it
    is a round of a fishbowl with the button for it.
    """
    shown = list(walk(message.get("components") or []))
    words = " ".join(str(part.get("content", "")) for part in shown)
    prefixes = {str(part.get("custom_id", ""))[:3] for part in shown}
    if "df:" in prefixes:
        return set(re.findall(r"Only the author, <@([0-9]+)>", words))
    called = re.search(r"This round is for (.+) to argue\.", words) if "da:" in prefixes else None
    return set() if called is None else set(re.findall(r"<@([0-9]+)>", called[1]))


def _public_answers(requests: list[Logged]) -> Iterator[str]:
    for request in requests:
        body = cast("Json", request.json) if isinstance(request.json, dict) else {}
        answers = request.path.endswith("/callback") and body.get("type") in (REPLY, THINKING)
        follows_up = request.method == "POST" and request.path.startswith("/webhooks/")
        message: Json = body.get("data") or {} if answers else body
        if (answers or follows_up) and not (message.get("flags") or 0) & EPHEMERAL:
            yield f"{request.method} {request.path} answers in public"


def _wordy_ids(requests: list[Logged]) -> Iterator[str]:
    for request in requests:
        body = cast("Json", request.json) if isinstance(request.json, dict) else {}
        data: Json = body.get("data") or body
        own = [data["custom_id"]] if body.get("type") == FORM else []
        inner = [part["custom_id"] for part in walk(data.get("components") or []) if part.get("custom_id")]
        fields = inner if body.get("type") == FORM else []
        for custom_id in own or inner:
            if custom_id not in fields and not IDS_ONLY.fullmatch(custom_id):
                yield f"{request.method} {request.path} has the custom id {custom_id!r}"
