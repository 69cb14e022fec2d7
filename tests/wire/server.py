"""A Discord on this machine, and what people do on it, for the real, unmodified discord.py.

For what SimCord leaves out: simultaneous clicks, the wire itself, resume, rate limits, server errors, a
killed process. It checks no permissions and no limits, and stays cheap: a measurement measures the bot.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson

from tests.wire import shapes
from tests.wire.forms import attach, command_data, modal_data
from tests.wire.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction
from tests.wire.shapes import Json
from tests.wire.transport import Transport
from tests.wire.world import Message


class LoopbackDiscord(Transport):
    """One guild with a channel, an instructor and the bot; `async with LoopbackDiscord() as server:`."""

    def __init__(self, *, bot_permissions: int = shapes.BOT_PERMISSIONS, approved_intents: int = 0) -> None:
        super().__init__(approved_intents=approved_intents)
        self._people: dict[tuple[int, int], orjson.Fragment] = {}
        self.guild = self.world.add_guild("Seminar room", bot_permissions=bot_permissions)
        self.channel = self.world.add_channel(self.guild, "general")
        self.instructor = self.add_person("Ines", permissions=shapes.INSTRUCTOR_PERMISSIONS)

    # What people do

    def add_person(self, name: str, *, permissions: int = shapes.MEMBER_PERMISSIONS) -> int:
        """A new member of the guild; gives their id."""
        user_id = self.world.add_user(name)
        self.world.add_member(self.guild, user_id, [])
        self.world.permissions[user_id] = permissions
        return user_id

    def add_people(self, count: int) -> list[int]:
        return [self.add_person(f"Student {number}") for number in range(1, count + 1)]

    def click(
        self, message: Message | int, custom_id: str, user: int, *, age: float = 0.0, deliveries: int = 1
    ) -> Interaction:
        """Presses a button. `age`: as if pressed that many seconds ago; `deliveries`: 2 sends it twice."""
        return self.select(message, custom_id, user, None, age=age, deliveries=deliveries)

    def select(
        self,
        message: Message | int,
        custom_id: str,
        user: int,
        values: list[str] | None,
        *,
        age: float = 0.0,
        deliveries: int = 1,
    ) -> Interaction:
        """Chooses from a select menu (with `values` None: presses a button)."""
        message = self.message(message) if isinstance(message, int) else message
        control = message.controls.get(custom_id)
        if control is None or control.get("disabled"):
            raise LookupError(f"message {message.id} has no usable {custom_id!r}: {list(message.controls)}")
        if message.seen_by not in (None, user):
            raise LookupError(f"message {message.id} is seen by {message.seen_by} only")
        data: Json = {"custom_id": custom_id, "component_type": control["type"], "id": control["id"]}
        if values is not None:
            data["values"] = values
        opened = Interaction(COMPONENT, user, message.channel_id, message, age)
        return self._push(opened, data, deliveries)

    def slash(
        self, name: str, user: int, *, channel: int | None = None, deliveries: int = 1, **options: Any
    ) -> Interaction:
        """Runs a command that the bot has synced, "quiz live" for a subcommand; files are `(name, bytes)`."""
        channel = self.channel if channel is None else channel
        data = command_data(self.world, channel, name, options, None)
        return self._push(Interaction(COMMAND, user, channel, None, 0.0), data, deliveries)

    def autocomplete(
        self, name: str, option: str, text: str, user: int, *, channel: int | None = None, **filled: Any
    ) -> Interaction:
        """Types into an option; the answer's `choices` are what is offered."""
        channel = self.channel if channel is None else channel
        data = command_data(self.world, channel, name, {**filled, option: text}, option)
        return self._push(Interaction(AUTOCOMPLETE, user, channel, None, 0.0), data, 1)

    def submit_modal(
        self, opened: Interaction, values: Mapping[str, Any], *, user: int | None = None, deliveries: int = 1
    ) -> Interaction:
        """Sends off the form that an interaction opened; `values` by custom_id or by label."""
        data = modal_data(opened.modal, values)
        user = opened.user_id if user is None else user
        submitted = Interaction(MODAL_SUBMIT, user, opened.channel_id, opened.clicked, 0.0)
        return self._push(submitted, data, deliveries)

    def say(self, channel: int, user: int, content: str, *, reply_to: Message | None = None) -> Message:
        """Writes a message."""
        extra: Json = {}
        if reply_to is not None:
            extra["message_reference"] = {"channel_id": str(channel), "message_id": str(reply_to.id)}
            extra["referenced_message"] = reply_to.payload
        return self.world.post(channel, user, {"content": content}, extra=extra, kind=19 if reply_to else 0)

    def upload(self, name: str, content: bytes) -> Json:
        """An attachment object whose file this server gives out."""
        return attach(self.world, name, content)

    # What can be seen

    def message(self, message_id: int) -> Message:
        for channel in self.world.messages.values():
            if message_id in channel:
                return channel[message_id]
        raise LookupError(f"no message {message_id}")

    async def wait_for_message(
        self,
        text: str = "",
        *,
        channel: int | None = None,
        where: Callable[[Message], bool] = lambda _: True,
        within: float = 10.0,
    ) -> Message:
        """The newest public message that holds the text and fits; waits for one to be posted or edited so."""

        def fits(message: Message) -> bool:
            right_place = channel in (None, message.channel_id) and message.seen_by is None
            return right_place and text in message.text and where(message)

        for message in sorted(self.world.all_messages(), key=lambda message: -message.id):
            if fits(message):
                return message
        found: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

        def watch(message: Message) -> None:
            if not found.done() and fits(message):
                found.set_result(message)

        self.world.watchers.append(watch)
        try:
            return await asyncio.wait_for(found, within)
        except TimeoutError:
            seen = [message.text for message in self.world.all_messages() if message.seen_by is None]
            raise AssertionError(f"no message with {text!r} within {within} s, only {seen}") from None
        finally:
            self.world.watchers.remove(watch)

    # Within

    def _push(self, interaction: Interaction, data: Json, deliveries: int) -> Interaction:
        self.desk.by_token[interaction.token] = interaction
        guild_id = self.world.guild_of(interaction.channel_id)
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(self.world.application_id),
            "type": interaction.kind,
            "token": interaction.token,
            "version": 1,
            "data": data,
            "channel_id": str(interaction.channel_id),
            "channel": self.world.channel(interaction.channel_id),
            "locale": "en-US",
            "entitlements": [],
            "app_permissions": str(self.world.permissions[self.world.bot_id]),
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if guild_id is not None:
            payload["guild_id"] = str(guild_id)
            payload["guild"] = {"id": str(guild_id), "locale": "en-US", "features": []}
            payload["guild_locale"] = "en-US"
            payload["member"] = self._person(guild_id, interaction.user_id)
            payload["authorizing_integration_owners"] = {"0": str(guild_id)}
            payload["context"] = 0
        else:
            payload["user"] = self.world.users[interaction.user_id]
            payload["authorizing_integration_owners"] = {"0": "0"}
            payload["context"] = 1
        if interaction.clicked is not None:
            payload["message"] = interaction.clicked.encoded()
        encoded = orjson.dumps(payload)
        for _ in range(deliveries):
            self.gateway.emit_encoded("INTERACTION_CREATE", encoded, guild_id)
        return interaction

    def _person(self, guild_id: int, user_id: int) -> orjson.Fragment:
        known = self._people.get((guild_id, user_id))
        if known is None:
            permissions = {"permissions": str(self.world.permissions[user_id])}
            known = orjson.Fragment(orjson.dumps(self.world.members[guild_id][user_id] | permissions))
            self._people[guild_id, user_id] = known
        return known


async def all_settled(interactions: list[Interaction]) -> list[bool]:
    """Waits for every one to be acknowledged or given up, and says which were."""
    waiting: list[Awaitable[bool]] = [interaction.settled() for interaction in interactions]
    return list(await asyncio.gather(*waiting))
