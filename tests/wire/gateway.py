"""The gateway: sessions that identify, receive events in order, are cut off and resume where they stopped."""

import asyncio
import contextlib
import time
from collections import deque
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from tests.wire import shapes
from tests.wire.shapes import Json
from tests.wire.world import World

HEARTBEAT_INTERVAL = 41_250  # milliseconds, as Discord sends it
REMEMBERED = 10_000  # events that a session can have replayed

GUILDS, MEMBERS = 1 << 0, 1 << 1
GUILD_MESSAGES, DM_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = MEMBERS | MESSAGE_CONTENT | 1 << 8


class Connection:
    """One websocket and the frames that still have to go out on it, in order."""

    def __init__(self, socket: web.WebSocketResponse, request: web.BaseRequest) -> None:
        self.socket = socket
        self.request = request
        self.outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        self.received_at: deque[float] = deque(maxlen=120)

    async def write(self) -> None:
        """Sends until the socket is gone."""
        with contextlib.suppress(ConnectionError):
            while True:
                await self.socket.send_frame(await self.outgoing.get(), WSMsgType.TEXT)

    def send(self, op: int, data: Any = None) -> None:
        self.outgoing.put_nowait(orjson.dumps({"op": op, "d": data, "s": None, "t": None}))

    def drop(self) -> None:
        """Cuts the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


class Session:
    def __init__(self, shard: tuple[int, int], intents: int) -> None:
        self.id = f"session{shapes.snowflake():x}"
        self.shard = shard
        self.intents = intents
        self.sequence = 0
        self.sent: deque[tuple[int, bytes]] = deque(maxlen=REMEMBERED)
        self.connection: Connection | None = None

    def wants(self, event: str, guild_id: int | None) -> bool:
        if guild_id is not None and (guild_id >> 22) % self.shard[1] != self.shard[0]:
            return False
        if guild_id is None and self.shard[0] != 0:
            return False
        if event.startswith("MESSAGE_"):
            return bool(self.intents & (GUILD_MESSAGES if guild_id else DM_MESSAGES))
        if event.startswith(("THREAD_", "CHANNEL_", "GUILD_")):
            return bool(self.intents & GUILDS)
        return True

    def dispatch(self, event: str, data: bytes) -> None:
        self.sequence += 1
        frame = b'{"op":0,"t":"%s","s":%d,"d":%s}' % (event.encode(), self.sequence, data)
        self.sent.append((self.sequence, frame))
        if self.connection is not None:
            self.connection.outgoing.put_nowait(frame)


class Gateway:
    """All sessions of the bot, and the means to disturb them."""

    def __init__(self, world: World, token: str, approved_intents: int) -> None:
        self.world = world
        self.token = token
        self.approved_intents = approved_intents
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.refuse_handshakes = 0
        """How many coming connections are answered with 503."""
        self.refuse_resumes = 0
        """How many coming RESUMEs are answered with op 9."""
        self._changed = asyncio.Event()

    # For tests

    async def ready(self, *, identified: int = 1, resumed: int = 0, within: float = 30.0) -> None:
        """Waits until that many IDENTIFYs and RESUMEs have been answered since the start."""
        async with asyncio.timeout(within):
            while self.identified < identified or self.resumed < resumed:
                self._changed.clear()
                await self._changed.wait()

    @property
    def connections(self) -> list[Connection]:
        return [session.connection for session in self.sessions.values() if session.connection]

    def drop(self) -> None:
        for connection in self.connections:
            connection.drop()

    def ask_to_reconnect(self) -> None:
        """Op 7."""
        for connection in self.connections:
            connection.send(7)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9; a session that cannot be resumed is forgotten."""
        for session in list(self.sessions.values()):
            if session.connection is not None:
                session.connection.send(9, resumable)
            if not resumable:
                del self.sessions[session.id]

    async def close(self, code: int) -> None:
        for connection in self.connections:
            await connection.socket.close(code=code)

    # Events

    def emit(self, event: str, data: Json, guild_id: int | None) -> None:
        encoded: bytes | None = None
        for session in self.sessions.values():
            if session.wants(event, guild_id):
                shown = data
                if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
                    shown = self._readable(session, data, guild_id)
                if encoded is None or shown is not data:
                    encoded = orjson.dumps(shown)
                session.dispatch(event, encoded)

    def emit_encoded(self, event: str, data: bytes, guild_id: int | None) -> None:
        """As `emit`, of JSON that is ready."""
        for session in self.sessions.values():
            if session.wants(event, guild_id):
                session.dispatch(event, data)

    def _readable(self, session: Session, message: Json, guild_id: int | None) -> Json:
        """Without the message content intent, others' words in a guild arrive empty."""
        own = message["author"]["id"] == str(self.world.bot_id)
        if own or guild_id is None or session.intents & MESSAGE_CONTENT:
            return message
        mentioned = f"<@{self.world.bot_id}>" in message["content"]
        return message if mentioned else message | {"content": "", "embeds": [], "components": []}

    # The protocol

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.refuse_handshakes > 0:
            self.refuse_handshakes -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request)
        connection.send(10, {"heartbeat_interval": HEARTBEAT_INTERVAL})
        writer = asyncio.create_task(connection.write())
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(connection, orjson.loads(frame.data))
        finally:
            writer.cancel()
            for session in self.sessions.values():
                if session.connection is connection:
                    session.connection = None
        return socket

    async def _receive(self, connection: Connection, frame: Json) -> None:
        at, times = time.monotonic(), connection.received_at
        if len(times) == times.maxlen and at - times[0] < 60:
            await connection.socket.close(code=4008)
        times.append(at)
        op, data = frame["op"], frame["d"]
        if op == 1:
            connection.send(11)
        elif op == 2:
            await self._identify(connection, data)
        elif op == 6:
            await self._resume(connection, data)
        elif connection not in self.connections:
            await connection.socket.close(code=4003)

    async def _identify(self, connection: Connection, data: Json) -> None:
        if data["token"] != self.token:
            await connection.socket.close(code=4004)
            return
        if data["intents"] & PRIVILEGED & ~self.approved_intents:
            await connection.socket.close(code=4014)
            return
        number, count = data.get("shard") or (0, 1)
        shard = (int(number), int(count))
        for old in [session for session in self.sessions.values() if session.shard == shard]:
            # Discord keeps a lost session for a while; nobody comes back for it once its shard began anew.
            del self.sessions[old.id]
        session = Session(shard, data["intents"])
        session.connection = connection
        self.sessions[session.id] = session
        guilds = [guild for guild in self.world.guilds if session.wants("GUILD_CREATE", guild)]
        ready: Json = {
            "v": 10,
            "user": self.world.users[self.world.bot_id],
            "guilds": [{"id": str(guild), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(self.world.application_id), "flags": 0},
        }
        session.dispatch("READY", orjson.dumps(ready | ({"shard": list(shard)} if "shard" in data else {})))
        everybody = bool(session.intents & MEMBERS)
        for guild in guilds:
            session.dispatch(
                "GUILD_CREATE", orjson.dumps(self.world.guild_create(guild, all_members=everybody))
            )
        self.identified += 1
        self._changed.set()

    async def _resume(self, connection: Connection, data: Json) -> None:
        if data["token"] != self.token:
            await connection.socket.close(code=4004)
            return
        session = self.sessions.get(data["session_id"])
        if session is None or self.refuse_resumes > 0:
            self.refuse_resumes = max(0, self.refuse_resumes - 1)
            connection.send(9, False)
            return
        for sequence, event in session.sent:
            if sequence > data["seq"]:
                connection.outgoing.put_nowait(event)
        session.connection = connection
        session.dispatch("RESUMED", b"{}")
        self.resumed += 1
        self._changed.set()
