"""What a person does to the bot (a click, a command, a submitted form) and what the bot answered.

Holds Discord's rules of acknowledgement: once, within three seconds, followups only afterwards.
"""

import asyncio
import time
from collections.abc import Generator
from typing import Any

from tests.wire import shapes
from tests.wire.faults import Refusal, unknown
from tests.wire.shapes import Json
from tests.wire.world import Message, World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9

ACKNOWLEDGE_WITHIN = 3.0  # seconds
TOKEN_LIFETIME = 900.0  # seconds


class NotAcknowledged(AssertionError):
    """The bot did not acknowledge an interaction in time: the person read "This interaction failed"."""


class Interaction:
    """One interaction. `await` it to wait for the acknowledgement; that raises NotAcknowledged after 3 s."""

    def __init__(self, kind: int, user_id: int, channel_id: int, clicked: Message | None, age: float) -> None:
        self.id = shapes.snowflake(age=age)
        self.token = f"wire{self.id:x}"
        self.kind = kind
        self.user_id = user_id
        self.channel_id = channel_id
        self.clicked = clicked
        self.sent_at = time.perf_counter() - age
        self.latency: float | None = None
        """Seconds from the push to the acknowledgement."""
        self.callback: Json | None = None
        """The JSON of the acknowledgement: its `type` and `data`."""
        self.reply: Message | None = None
        """The message that answers it; the clicked one where that was updated."""
        self.followups: list[Message] = []
        self.expired = False
        loop = asyncio.get_running_loop()
        self._acknowledged: asyncio.Future[None] = loop.create_future()
        self._answered: asyncio.Future[None] = loop.create_future()
        self._deadline = loop.call_later(max(0.0, ACKNOWLEDGE_WITHIN - age), self._give_up)

    def __await__(self) -> Generator[Any, None, "Interaction"]:
        yield from self._acknowledged.__await__()
        if self.callback is None:
            raise NotAcknowledged(f"interaction {self.id} (type {self.kind}) was not acknowledged")
        return self

    async def settled(self) -> bool:
        """Waits as `await` does and says whether it was acknowledged, instead of raising."""
        await self._acknowledged
        return self.callback is not None

    async def answered(self, *, within: float = 10.0) -> "Interaction":
        """Waits until there is something to see: of a deferred answer, the answer itself."""
        await self
        await asyncio.wait_for(asyncio.shield(self._answered), within)
        return self

    @property
    def type(self) -> int:
        """The type of the acknowledgement (4 message, 5 and 6 deferred, 7 update, 8 choices, 9 modal)."""
        assert self.callback is not None, "not acknowledged yet"
        return self.callback["type"]

    @property
    def ephemeral(self) -> bool:
        return self.reply is not None and self.reply.seen_by is not None

    @property
    def text(self) -> str:
        """What the reply and the followups say, line by line."""
        return "\n".join(message.text for message in (self.reply, *self.followups) if message)

    @property
    def modal(self) -> Json:
        """The form that was opened."""
        assert self.callback is not None
        assert self.callback["type"] == MODAL, f"no modal, but {self.callback}"
        return self.callback["data"]

    @property
    def choices(self) -> list[Json]:
        assert self.callback is not None
        return self.callback["data"]["choices"]

    @property
    def overdue(self) -> bool:
        return time.perf_counter() - self.sent_at > ACKNOWLEDGE_WITHIN

    @property
    def token_expired(self) -> bool:
        return self.expired or time.perf_counter() - self.sent_at > TOKEN_LIFETIME

    def acknowledge(self, callback: Json, at: float) -> None:
        self.callback = callback
        self.latency = at - self.sent_at
        self._deadline.cancel()
        if not self._acknowledged.done():
            self._acknowledged.set_result(None)

    def has_answer(self) -> None:
        if not self._answered.done():
            self._answered.set_result(None)

    def _give_up(self) -> None:
        if not self._acknowledged.done():
            self._acknowledged.set_result(None)


class Desk:
    """Every interaction so far, and what the bot may do with each."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.by_token: dict[str, Interaction] = {}

    def opened(self, interaction_id: str, token: str) -> Interaction:
        interaction = self.by_token.get(token)
        if interaction is None or str(interaction.id) != interaction_id:
            raise unknown(10062, "interaction")
        if interaction.callback is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if interaction.overdue:
            raise unknown(10062, "interaction")
        return interaction

    def acknowledged(self, token: str) -> Interaction:
        interaction = self.by_token.get(token)
        if interaction is None or interaction.callback is None:
            raise unknown(10015, "Webhook")
        if interaction.token_expired:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return interaction

    def apply(self, interaction: Interaction, callback: Json, at: float) -> Json:
        """Acknowledges and gives the response's JSON."""
        kind: int = callback["type"]
        data: Json = callback.get("data") or {}
        told: Json = {"id": str(interaction.id), "type": interaction.kind}
        answer: Json = {"interaction": told}
        if kind in (REPLY, DEFER_REPLY):
            flags = (data.get("flags") or 0) | (shapes.LOADING if kind == DEFER_REPLY else 0)
            interaction.reply = self._post(interaction, data | {"flags": flags})
            told["response_message_loading"] = kind == DEFER_REPLY
        elif kind in (UPDATE, DEFER_UPDATE):
            if interaction.clicked is None:
                raise Refusal(400, 50035, "Invalid Form Body")
            interaction.reply = interaction.clicked
            if kind == UPDATE:
                self._edit(interaction.clicked, data)
        elif kind not in (CHOICES, MODAL):
            raise Refusal(400, 50035, "Invalid Form Body")
        if interaction.reply is not None:
            told["response_message_id"] = str(interaction.reply.id)
            told["response_message_ephemeral"] = interaction.ephemeral
            if kind in (REPLY, UPDATE):
                answer["resource"] = {"type": kind, "message": interaction.reply.encoded()}
        interaction.acknowledge(callback, at)
        if kind not in (DEFER_REPLY, DEFER_UPDATE):
            interaction.has_answer()
        return answer

    def follow_up(self, interaction: Interaction, data: Json) -> Message:
        """Another message; right after a deferred answer it is that answer, as private as the deferral."""
        reply = interaction.reply
        if reply is not None and reply.flags & shapes.LOADING:
            return self.edit_original(interaction, data)
        message = self._post(interaction, data)
        interaction.followups.append(message)
        interaction.has_answer()
        return message

    def original(self, interaction: Interaction) -> Message:
        reply = interaction.reply
        if reply is None or reply.id not in self.world.messages.get(reply.channel_id, {}):
            raise unknown(10008, "Message")
        return reply

    def edit_original(self, interaction: Interaction, data: Json) -> Message:
        message = self._edit(self.original(interaction), data)
        interaction.has_answer()
        return message

    def message(self, interaction: Interaction, message_id: str) -> Message:
        if message_id == "@original":
            return self.original(interaction)
        message = self.world.message(interaction.channel_id, int(message_id))
        if message not in interaction.followups and message is not interaction.reply:
            raise unknown(10008, "Message")
        return message

    def edit(self, interaction: Interaction, message_id: str, data: Json) -> Message:
        if message_id == "@original":
            return self.edit_original(interaction, data)
        return self._edit(self.message(interaction, message_id), data)

    def _post(self, interaction: Interaction, data: Json) -> Message:
        private = (data.get("flags") or 0) & shapes.EPHEMERAL
        extra: Json = {
            "application_id": str(self.world.application_id),
            "webhook_id": str(self.world.application_id),
            "interaction_metadata": {
                "id": str(interaction.id),
                "type": interaction.kind,
                "user": self.world.users[interaction.user_id],
                "authorizing_integration_owners": {},
            },
        }
        seen_by = interaction.user_id if private else None
        world = self.world
        return world.post(interaction.channel_id, world.bot_id, data, seen_by=seen_by, extra=extra, kind=20)

    def _edit(self, message: Message, data: Json) -> Message:
        return self.world.edit(message, edit_changes(message, data))


def edit_changes(message: Message, data: Json) -> Json:
    """What an edit request changes of a message; its privacy and its layout flag stay."""
    changes = {key: data[key] for key in ("content", "embeds", "components", "attachments") if key in data}
    for key, value in changes.items():
        if value is None:
            changes[key] = "" if key == "content" else []
    kept = message.flags & ~shapes.LOADING
    return changes | {"flags": kept | ((data.get("flags") or 0) & shapes.COMPONENTS_V2)}
