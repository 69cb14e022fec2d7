"""What exists on the loopback Discord: people, channels, threads, messages, and the events of their changes.

Knows nothing of HTTP or websockets: events go to a callable, refusals are exceptions.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import orjson

from tests.wire import shapes
from tests.wire.faults import Refusal, unknown
from tests.wire.shapes import Json

NONCE_LIFETIME = 300.0  # seconds; Discord's documentation says "a few minutes"

Emit = Callable[[str, Json, int | None], None]
"""Called with an event's name, its data and the guild that it happens in (None in a DM)."""


@dataclass(slots=True)
class Message:
    """A message, with its JSON kept ready: each click on it carries the whole of it."""

    payload: Json
    seen_by: int | None = None
    """The one person who sees it, if it is ephemeral."""
    _encoded: orjson.Fragment | None = field(default=None, repr=False)
    _controls: dict[str, Json] | None = field(default=None, repr=False)

    @property
    def id(self) -> int:
        return int(self.payload["id"])

    @property
    def channel_id(self) -> int:
        return int(self.payload["channel_id"])

    @property
    def flags(self) -> int:
        return self.payload["flags"]

    @property
    def text(self) -> str:
        """All that can be read on it, button labels aside: content and text displays, line by line."""
        shown = (part.get("content") for part in shapes.walk(self.payload["components"]))
        return "\n".join(text for text in (self.payload["content"], *shown) if text)

    @property
    def controls(self) -> dict[str, Json]:
        """The buttons and selects by custom_id."""
        if self._controls is None:
            parts = shapes.walk(self.payload["components"])
            self._controls = {part["custom_id"]: part for part in parts if "custom_id" in part}
        return self._controls

    def button(self, label: str) -> str:
        """The custom_id of the button with this label."""
        for custom_id, part in self.controls.items():
            if part.get("label") == label:
                return custom_id
        labels = [part.get("label") for part in self.controls.values()]
        raise LookupError(f"no button {label!r} on message {self.id}, only {labels}")

    def encoded(self) -> orjson.Fragment:
        if self._encoded is None:
            self._encoded = orjson.Fragment(orjson.dumps(self.payload))
        return self._encoded

    def update(self, changes: Json) -> None:
        self.payload.update(changes)
        self._encoded = self._controls = None


class World:
    """One bot, its guilds and everything in them."""

    def __init__(self, emit: Emit) -> None:
        self.emit = emit
        self.bot_id = shapes.snowflake()
        self.application_id = self.bot_id
        self.users: dict[int, Json] = {self.bot_id: shapes.user(self.bot_id, "Seminar", bot=True)}
        self.guilds: dict[int, Json] = {}
        self.members: dict[int, dict[int, Json]] = {}
        self.permissions: dict[int, int] = {}
        self.channels: dict[int, Json] = {}
        self.messages: dict[int, dict[int, Message]] = {}
        self.commands: dict[int | None, list[Json]] = {}
        self.files: dict[str, bytes] = {}
        self.files_at = self.gateway_at = ""
        """Where the server gives out files and where its gateway is."""
        self.watchers: list[Callable[[Message], None]] = []
        self._nonces: dict[tuple[int, str], tuple[float, Message]] = {}

    # People and places

    def add_guild(self, name: str, *, bot_permissions: int) -> int:
        guild_id, bot_role, owner = shapes.snowflake(), shapes.snowflake(), shapes.snowflake()
        roles = [
            shapes.role(guild_id, "@everyone", shapes.MEMBER_PERMISSIONS, 0),
            shapes.role(bot_role, "Seminar", bot_permissions, 1),
        ]
        self.guilds[guild_id] = shapes.guild(guild_id, name, owner, roles)
        self.members[guild_id] = {}
        self.add_member(guild_id, self.bot_id, [bot_role])
        self.permissions[self.bot_id] = bot_permissions
        return guild_id

    def add_user(self, name: str) -> int:
        user_id = shapes.snowflake()
        self.users[user_id] = shapes.user(user_id, name)
        return user_id

    def add_member(self, guild_id: int, user_id: int, roles: list[int]) -> None:
        self.members[guild_id][user_id] = shapes.member(self.users[user_id], roles)

    def add_channel(self, guild_id: int, name: str) -> int:
        channel_id = shapes.snowflake()
        self.channels[channel_id] = shapes.text_channel(channel_id, guild_id, name, len(self.channels))
        self.messages[channel_id] = {}
        return channel_id

    def guild_of(self, channel_id: int) -> int | None:
        guild_id = self.channels[channel_id].get("guild_id")
        return int(guild_id) if guild_id else None

    def channel(self, channel_id: int) -> Json:
        try:
            return self.channels[channel_id]
        except KeyError:
            raise unknown(10003, "Channel") from None

    def dm_with(self, user_id: int) -> int:
        if user_id not in self.users:
            raise unknown(10013, "User")
        for channel_id, channel in self.channels.items():
            if channel["type"] == 1 and channel["recipients"][0]["id"] == str(user_id):
                return channel_id
        channel_id = shapes.snowflake()
        self.channels[channel_id] = shapes.dm_channel(channel_id, self.users[user_id])
        self.messages[channel_id] = {}
        return channel_id

    def guild_create(self, guild_id: int, *, all_members: bool) -> Json:
        """What a GUILD_CREATE event says; without the members intent only the bot itself is listed."""
        members = self.members[guild_id]
        here = [channel for channel in self.channels.values() if channel.get("guild_id") == str(guild_id)]
        return self.guilds[guild_id] | {
            "member_count": len(members),
            "members": list(members.values()) if all_members else [members[self.bot_id]],
            "channels": [channel for channel in here if channel["type"] not in shapes.THREAD_TYPES],
            "threads": [channel for channel in here if channel["type"] in shapes.THREAD_TYPES],
            "joined_at": members[self.bot_id]["joined_at"],
            "large": False,
            "unavailable": False,
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    # Channels and threads

    def open_thread(self, parent_id: int, owner_id: int, body: Json, *, on: Message | None = None) -> Json:
        parent = self.channel(parent_id)
        if on is not None and "thread" in on.payload:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        thread_id = on.id if on else shapes.snowflake()
        thread = shapes.thread(thread_id, parent, owner_id, body, kind=body.get("type") or 11)
        self.channels[thread_id] = thread
        self.messages[thread_id] = {}
        guild_id = self.guild_of(parent_id)
        self.emit("THREAD_CREATE", thread | {"newly_created": True}, guild_id)
        link = {"guild_id": parent["guild_id"], "channel_id": str(parent_id)}
        if on is not None:
            self.edit(on, {"flags": on.flags | shapes.HAS_THREAD, "thread": thread}, edited=False)
            reference = {"message_reference": link | {"message_id": str(on.id)}}
            self.post(thread_id, owner_id, {}, extra=reference, kind=21)
        elif thread["type"] == 11:
            reference = {"message_reference": link | {"channel_id": str(thread_id)}}
            self.post(parent_id, owner_id, {"content": body["name"]}, extra=reference, kind=18)
        return thread

    def change_channel(self, channel_id: int, changes: Json) -> Json:
        channel = self.channel(channel_id)
        if channel["type"] in shapes.THREAD_TYPES:
            settings = ("archived", "auto_archive_duration", "locked")
            for key in settings:
                if key in changes:
                    channel["thread_metadata"][key] = changes[key]
            changes = {key: value for key, value in changes.items() if key not in settings}
        channel.update(changes)
        event = "THREAD_UPDATE" if channel["type"] in shapes.THREAD_TYPES else "CHANNEL_UPDATE"
        self.emit(event, channel, self.guild_of(channel_id))
        return channel

    def remove_channel(self, channel_id: int) -> Json:
        channel, guild_id = self.channel(channel_id), self.guild_of(channel_id)
        is_thread = channel["type"] in shapes.THREAD_TYPES
        for other_id, other in list(self.channels.items()):
            if other.get("parent_id") == str(channel_id):
                self.remove_channel(other_id)
        del self.channels[channel_id], self.messages[channel_id]
        self.emit("THREAD_DELETE" if is_thread else "CHANNEL_DELETE", channel, guild_id)
        return channel

    # Messages

    def all_messages(self) -> Iterable[Message]:
        return (message for channel in self.messages.values() for message in channel.values())

    def message(self, channel_id: int, message_id: int) -> Message:
        self.channel(channel_id)
        message = self.messages[channel_id].get(message_id)
        if message is None:
            raise unknown(10008, "Message")
        return message

    def post(
        self,
        channel_id: int,
        author_id: int,
        body: Json,
        *,
        seen_by: int | None = None,
        extra: Json | None = None,
        kind: int = 0,
    ) -> Message:
        """Puts a message into a channel, and tells the bot of it unless it is ephemeral."""
        channel = self.channel(channel_id)
        payload = shapes.message(shapes.snowflake(), channel_id, self.users[author_id], body, kind=kind)
        if extra:
            payload.update(extra)
        message = Message(payload, seen_by)
        self.messages[channel_id][message.id] = message
        if seen_by is None:
            channel["last_message_id"] = payload["id"]
            if channel["type"] in shapes.THREAD_TYPES and kind not in (18, 21):
                self._count_in_thread(channel)
            self.emit("MESSAGE_CREATE", self.seen_in_event(message), self.guild_of(channel_id))
        self._tell(message)
        return message

    def post_once(self, channel_id: int, author_id: int, body: Json, *, extra: Json | None = None) -> Message:
        """As `post`, but a nonce that was used in the channel some minutes ago gives the earlier message."""
        nonce = body.get("nonce")
        if nonce is None or not body.get("enforce_nonce"):
            return self.post(channel_id, author_id, body, extra=extra)
        key, at = (channel_id, str(nonce)), time.monotonic()
        earlier = self._nonces.get(key)
        if earlier and at - earlier[0] < NONCE_LIFETIME:
            return earlier[1]
        message = self.post(channel_id, author_id, body, extra={"nonce": nonce} | (extra or {}))
        self._nonces[key] = (at, message)
        return message

    def edit(self, message: Message, changes: Json, *, edited: bool = True) -> Message:
        if "components" in changes:
            changes["components"] = shapes.numbered(changes["components"] or [])
        if edited:
            changes = changes | {"edited_timestamp": shapes.now()}
        message.update(changes)
        if message.seen_by is None:
            self.emit("MESSAGE_UPDATE", self.seen_in_event(message), self.guild_of(message.channel_id))
        self._tell(message)
        return message

    def remove(self, message: Message) -> None:
        channel_id = message.channel_id
        del self.messages[channel_id][message.id]
        if message.seen_by is None:
            guild_id = self.guild_of(channel_id)
            gone = {"id": str(message.id), "channel_id": str(channel_id)}
            self.emit("MESSAGE_DELETE", gone | ({"guild_id": str(guild_id)} if guild_id else {}), guild_id)

    def seen_in_event(self, message: Message) -> Json:
        """The message as an event shows it: with its guild and its author's membership."""
        guild_id = self.guild_of(message.channel_id)
        if guild_id is None:
            return message.payload
        member = self.members[guild_id].get(int(message.payload["author"]["id"]), {})
        bare = {key: value for key, value in member.items() if key != "user"}
        return message.payload | {"guild_id": str(guild_id)} | ({"member": bare} if bare else {})

    def _count_in_thread(self, thread: Json) -> None:
        thread["message_count"] += 1
        thread["total_message_sent"] += 1
        if thread["thread_metadata"]["archived"]:
            self.change_channel(int(thread["id"]), {"archived": False})

    def _tell(self, message: Message) -> None:
        for watcher in list(self.watchers):
            watcher(message)
