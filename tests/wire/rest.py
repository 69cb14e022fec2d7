"""The REST routes that a classroom bot uses: what each answers, and Discord's own refusals.

Handlers are plain functions on the world; nothing here checks permissions or limits (SimCord does).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from tests.wire import shapes
from tests.wire.faults import Refusal, unknown
from tests.wire.interactions import Desk, edit_changes
from tests.wire.shapes import Json
from tests.wire.world import Message, World


@dataclass(slots=True)
class Request:
    """A request as it arrived; kept, so that tests can look at what the bot asked for."""

    method: str
    path: str
    """Without the /api/v10 before it."""
    query: dict[str, str]
    json: object
    at: float
    """time.perf_counter() at its arrival, in seconds."""
    status: int = 0
    stored: Json | None = None
    """The JSON with its files stored: attachments as the server keeps them, where some were sent along."""

    @property
    def body(self) -> Json:
        if self.stored is not None:
            return self.stored
        return cast("Json", self.json) if isinstance(self.json, dict) else {}


@dataclass(slots=True)
class Call:
    world: World
    desk: Desk
    request: Request
    args: dict[str, str]

    @property
    def body(self) -> Json:
        return self.request.body

    def id(self, name: str) -> int:
        return int(self.args[name])

    def message(self) -> Message:
        """The message named in the path; an ephemeral one is none of the channel's."""
        message = self.world.message(self.id("channel"), self.id("message"))
        if message.seen_by is not None:
            raise unknown(10008, "Message")
        return message


Answer = object  # JSON; None is an empty 204
Handler = Callable[[Call], Answer]
_routes: dict[tuple[str, str, int], list[tuple[tuple[str, ...], Handler]]] = {}


def route(method: str, template: str) -> Callable[[Handler], Handler]:
    parts = tuple(template.strip("/").split("/"))

    def register(handler: Handler) -> Handler:
        _routes.setdefault((method, parts[0], len(parts)), []).append((parts, handler))
        return handler

    return register


def find(method: str, path: str) -> tuple[Handler, dict[str, str]]:
    """The handler for a path, literal segments first, as they stand first in this module."""
    parts = path.strip("/").split("/")
    for template, handler in _routes.get((method, parts[0], len(parts)), ()):
        args: dict[str, str] = {}
        for expected, part in zip(template, parts, strict=True):
            if expected[0] == "{":
                args[expected[1:-1]] = part
            elif expected != part:
                break
        else:
            return handler, args
    raise Refusal(404, 0, "404: Not Found")


# Interactions


@route("POST", "/interactions/{id}/{token}/callback")
def acknowledge(call: Call) -> Answer:
    interaction = call.desk.opened(call.args["id"], call.args["token"])
    answer = call.desk.apply(interaction, call.body, call.request.at)
    return answer if call.request.query.get("with_response") in ("1", "true") else None


@route("POST", "/webhooks/{app}/{token}")
def follow_up(call: Call) -> Answer:
    return call.desk.follow_up(call.desk.acknowledged(call.args["token"]), call.body).encoded()


@route("GET", "/webhooks/{app}/{token}/messages/{message}")
def get_answer(call: Call) -> Answer:
    interaction = call.desk.acknowledged(call.args["token"])
    return call.desk.message(interaction, call.args["message"]).encoded()


@route("PATCH", "/webhooks/{app}/{token}/messages/{message}")
def edit_answer(call: Call) -> Answer:
    interaction = call.desk.acknowledged(call.args["token"])
    return call.desk.edit(interaction, call.args["message"], call.body).encoded()


@route("DELETE", "/webhooks/{app}/{token}/messages/{message}")
def delete_answer(call: Call) -> Answer:
    interaction = call.desk.acknowledged(call.args["token"])
    call.world.remove(call.desk.message(interaction, call.args["message"]))
    return None


# The bot itself and its commands


@route("GET", "/users/@me")
def get_me(call: Call) -> Answer:
    return call.world.users[call.world.bot_id]


@route("GET", "/oauth2/applications/@me")
@route("GET", "/applications/@me")
def get_application(call: Call) -> Answer:
    return {
        "id": str(call.world.application_id),
        "name": "Seminar",
        "icon": None,
        "description": "",
        "bot_public": False,
        "bot_require_code_grant": False,
        "owner": shapes.user(shapes.snowflake(), "Owner"),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "install_params": None,
        "integration_types_config": {"0": {}},
    }


@route("GET", "/gateway")
@route("GET", "/gateway/bot")
def get_gateway(call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": call.world.gateway_at, "shards": 1, "session_start_limit": limit}


def sync(call: Call, guild_id: int | None) -> list[Json]:
    defaults: Json = {"type": 1, "description": "", "options": [], "default_member_permissions": None}
    commands: list[Json] = [
        defaults
        | command
        | {
            "id": str(shapes.snowflake()),
            "application_id": call.args["app"],
            "version": str(shapes.snowflake()),
        }
        | ({"guild_id": str(guild_id)} if guild_id else {})
        for command in cast("list[Json]", call.request.json)
    ]
    call.world.commands[guild_id] = commands
    return commands


@route("PUT", "/applications/{app}/commands")
def sync_everywhere(call: Call) -> Answer:
    return sync(call, None)


@route("PUT", "/applications/{app}/guilds/{guild}/commands")
def sync_guild(call: Call) -> Answer:
    return sync(call, call.id("guild"))


@route("GET", "/applications/{app}/commands")
def get_commands(call: Call) -> Answer:
    return call.world.commands.get(None, [])


@route("GET", "/applications/{app}/guilds/{guild}/commands")
def get_guild_commands(call: Call) -> Answer:
    return call.world.commands.get(call.id("guild"), [])


# Guilds and people


@route("GET", "/guilds/{guild}")
def get_guild(call: Call) -> Answer:
    if call.id("guild") not in call.world.guilds:
        raise unknown(10004, "Guild")
    return call.world.guilds[call.id("guild")]


@route("GET", "/guilds/{guild}/channels")
def get_channels(call: Call) -> Answer:
    everything = call.world.guild_create(call.id("guild"), all_members=False)
    return everything["channels"]


@route("GET", "/guilds/{guild}/members/{user}")
def get_member(call: Call) -> Answer:
    member = call.world.members.get(call.id("guild"), {}).get(call.id("user"))
    if member is None:
        raise unknown(10007, "Member")
    return member


@route("GET", "/users/{user}")
def get_user(call: Call) -> Answer:
    if call.id("user") not in call.world.users:
        raise unknown(10013, "User")
    return call.world.users[call.id("user")]


@route("POST", "/users/@me/channels")
def open_dm(call: Call) -> Answer:
    return call.world.channels[call.world.dm_with(int(call.body["recipient_id"]))]


# Channels, messages and threads


@route("GET", "/channels/{channel}")
def get_channel(call: Call) -> Answer:
    return call.world.channel(call.id("channel"))


@route("PATCH", "/channels/{channel}")
def change_channel(call: Call) -> Answer:
    return call.world.change_channel(call.id("channel"), call.body)


@route("DELETE", "/channels/{channel}")
def delete_channel(call: Call) -> Answer:
    return call.world.remove_channel(call.id("channel"))


@route("POST", "/channels/{channel}/typing")
def type_something(call: Call) -> Answer:
    call.world.channel(call.id("channel"))
    return None


@route("PUT", "/channels/{channel}/thread-members/{user}")
@route("DELETE", "/channels/{channel}/thread-members/{user}")
def join_or_leave(call: Call) -> Answer:
    call.world.channel(call.id("channel"))
    return None


@route("PUT", "/channels/{channel}/messages/pins/{message}")
@route("DELETE", "/channels/{channel}/messages/pins/{message}")
def pin(call: Call) -> Answer:
    call.world.edit(call.message(), {"pinned": call.request.method == "PUT"}, edited=False)
    return None


@route("GET", "/channels/{channel}/messages")
def get_messages(call: Call) -> Answer:
    call.world.channel(call.id("channel"))
    query, found = call.request.query, list(call.world.messages[call.id("channel")].values())
    after, before = int(query.get("after", 0)), int(query.get("before", 1 << 63))
    there = [message for message in found if message.seen_by is None and after < message.id < before]
    limit = int(query.get("limit", 50))
    chosen = there[:limit] if "after" in query else there[-limit:]
    return [message.encoded() for message in reversed(chosen)]


@route("POST", "/channels/{channel}/messages")
def create_message(call: Call) -> Answer:
    world, channel_id, body = call.world, call.id("channel"), call.body
    world.channel(channel_id)
    extra: Json = {}
    reference = body.get("message_reference")
    if reference:
        extra["type"] = 19
        extra["message_reference"] = {
            key: str(value) for key, value in reference.items() if key.endswith("_id")
        }
        referenced = world.messages[channel_id].get(int(reference["message_id"]))
        extra["referenced_message"] = referenced.payload if referenced else None
    return world.post_once(channel_id, world.bot_id, body, extra=extra).encoded()


@route("GET", "/channels/{channel}/messages/{message}")
def get_message(call: Call) -> Answer:
    return call.message().encoded()


@route("PATCH", "/channels/{channel}/messages/{message}")
def edit_message(call: Call) -> Answer:
    message = call.message()
    if message.payload["author"]["id"] != str(call.world.bot_id):
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    return call.world.edit(message, edit_changes(message, call.body)).encoded()


@route("DELETE", "/channels/{channel}/messages/{message}")
def delete_message(call: Call) -> Answer:
    call.world.remove(call.message())
    return None


@route("POST", "/channels/{channel}/messages/{message}/threads")
def open_thread_on_message(call: Call) -> Answer:
    world = call.world
    return world.open_thread(call.id("channel"), world.bot_id, call.body, on=call.message())


@route("POST", "/channels/{channel}/threads")
def open_thread(call: Call) -> Answer:
    # Without a type Discord makes the thread private.
    return call.world.open_thread(call.id("channel"), call.world.bot_id, {"type": 12} | call.body)
