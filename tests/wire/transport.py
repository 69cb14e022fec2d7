"""The HTTP side of the loopback Discord: one port, every request recorded, faults where a test wants them."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from typing import Any, Self

import discord
import orjson
import yarl
from aiohttp import web
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.wire import rest
from tests.wire.faults import Fault, Refusal, rate_limited
from tests.wire.forms import attach
from tests.wire.gateway import Gateway
from tests.wire.interactions import Desk
from tests.wire.rest import Request
from tests.wire.shapes import Json
from tests.wire.world import World

API = "/api/v10"
TOKEN = "wire.token.of-nobody"

# Generous limits: without any, discord.py sends one request at a time in each bucket.
_LIMITS = {
    "X-RateLimit-Limit": "100000",
    "X-RateLimit-Remaining": "99999",
    "X-RateLimit-Reset": "4102444800.000",
    "X-RateLimit-Reset-After": "1.000",
}
# Exactly this type: with a charset behind it discord.py reads no JSON.
_JSON = _LIMITS | {"Content-Type": "application/json"}


class Transport:
    """Serves a world to a bot. `async with` starts and stops it."""

    def __init__(self, *, approved_intents: int = 0) -> None:
        self.world = World(self._emit)
        self.desk = Desk(self.world)
        self.gateway = Gateway(self.world, TOKEN, approved_intents)
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self._headers: dict[rest.Handler, dict[str, str]] = {}

    # Starting and stopping

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._serve, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        # A lecture hall's clicks open as many connections at once: none of them may be turned away.
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=4096)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.gateway.url = self.world.gateway_at = f"ws://{host}:{port}/gateway/"
        self.world.files_at = self.url
        return self

    async def __aexit__(self, *_: object) -> None:
        self.gateway.drop()
        await self._runner.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """The settings that bring a bot in another process here."""
        return {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": self.url + API,
            "DISCORD_GATEWAY_URL": self.gateway.url,
        }

    @contextlib.contextmanager
    def client_pointed_here(self) -> Generator[None]:
        """Sends every discord.py client of this process here, until the block ends."""
        places: list[tuple[type, str, object]] = [
            (Route, "BASE", self.url + API),
            (DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(self.gateway.url)),
            (Asset, "BASE", self.url + "/cdn"),
        ]
        before = [getattr(owner, name) for owner, name, _ in places]
        for owner, name, here in places:
            setattr(owner, name, here)
        try:
            yield
        finally:
            for (owner, name, _), there in zip(places, before, strict=True):
                setattr(owner, name, there)

    @contextlib.asynccontextmanager
    async def running(self, client: discord.Client) -> AsyncGenerator[discord.Client]:
        """Runs a client of this process here; leaves once it is closed, and raises what ended it early."""
        with self.client_pointed_here():
            task = asyncio.create_task(client.start(TOKEN))
            ready = asyncio.create_task(self.gateway.ready(identified=self.gateway.identified + 1))
            try:
                await asyncio.wait((task, ready), return_when=asyncio.FIRST_COMPLETED)
                if task.done():
                    task.result()
                await client.wait_until_ready()
                yield client
            finally:
                ready.cancel()
                await client.close()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    def sent(self, method: str, path_part: str) -> list[Request]:
        """The requests so far of this method whose path contains this."""
        return [
            request for request in self.requests if request.method == method and path_part in request.path
        ]

    # What goes wrong

    def inject(self, fault: Fault) -> Fault:
        """From now on, until it has struck its number of times."""
        self.faults.append(fault)
        return fault

    def rate_limit(self, method: str, path: str, *, retry_after: float = 0.01, times: int = 1) -> Fault:
        return self.inject(rate_limited(method, path, retry_after=retry_after, times=times))

    def refuse(self, method: str, path: str, status: int, code: int, *, times: int | None = None) -> Fault:
        """Discord's own no, such as 403 and 50013 (a permission is missing); by default for good."""
        body: Json = {"code": code, "message": "Refused by the test"}
        return self.inject(Fault(method, path, times=times, status=status, body=body))

    # Within

    def _emit(self, event: str, data: Json, guild_id: int | None) -> None:
        self.gateway.emit(event, data, guild_id)

    async def _serve(self, http: web.BaseRequest) -> web.StreamResponse:
        path = http.path
        if path.startswith("/gateway/"):
            return await self.gateway.serve(http)
        if path.startswith("/cdn/"):
            content = self.world.files.get(path)
            return web.Response(status=404) if content is None else web.Response(body=content)
        json, stored = await self._read(http)
        at = time.perf_counter()
        request = Request(http.method, path.removeprefix(API), dict(http.query), json, at, stored=stored)
        self.requests.append(request)
        if self.faults:
            for fault in self.faults:
                if fault.strikes(request.method, request.path):
                    return await self._go_wrong(fault, http, request)
        return self._answer(http, request)

    async def _read(self, http: web.BaseRequest) -> tuple[object, Json | None]:
        """The JSON of a request, and of one with files, the same with these stored."""
        if http.content_type == "multipart/form-data":
            form = await http.post()
            sent = str(form["payload_json"])
            payload = orjson.loads(sent)
            self._store_files(payload, form)
            return orjson.loads(sent), payload
        body = await http.read()
        return (orjson.loads(body) if body else None), None

    def _store_files(self, payload: Json, form: Mapping[str, Any]) -> None:
        """Turns the announced attachments of a multipart request into stored ones."""
        holder: Json = payload.get("data", payload)
        for position, announced in enumerate(holder.get("attachments") or []):
            file = form.get(f"files[{announced.get('id')}]")
            if file is not None:
                stored = attach(self.world, file.filename, file.file.read())
                holder["attachments"][position] = stored | {"description": announced.get("description")}

    def _answer(self, http: web.BaseRequest, request: Request) -> web.Response:
        headers = _JSON
        try:
            handler, args = rest.find(request.method, request.path)
            headers = self._headers.get(handler) or self._bucket(handler)
            if http.headers.get("Authorization") != f"Bot {TOKEN}" and "token" not in args:
                raise Refusal(401, 0, "401: Unauthorized")
            content = handler(rest.Call(self.world, self.desk, request, args))
        except Refusal as refusal:
            request.status = refusal.status
            return web.Response(status=refusal.status, body=orjson.dumps(refusal.body), headers=headers)
        if content is None:
            request.status = 204
            # No type: an empty body is no JSON, and discord.py would try to read it.
            return web.Response(status=204, headers=_LIMITS)
        request.status = 200
        return web.Response(body=orjson.dumps(content), headers=headers)

    def _bucket(self, handler: rest.Handler) -> dict[str, str]:
        headers = _JSON | {"X-RateLimit-Bucket": getattr(handler, "__name__", "bucket")}
        self._headers[handler] = headers
        return headers

    async def _go_wrong(self, fault: Fault, http: web.BaseRequest, request: Request) -> web.StreamResponse:
        if fault.latency:
            await asyncio.sleep(fault.latency)
        plain_delay = fault.status is None and not fault.drop
        answer = self._answer(http, request) if fault.applied or plain_delay else None
        if plain_delay and answer is not None:
            return answer
        if fault.drop:
            if http.transport is not None:
                http.transport.abort()
            return web.Response()
        request.status = fault.status or 500
        body = fault.body or {"code": 0, "message": f"{request.status}: injected by the test"}
        return web.Response(status=request.status, body=orjson.dumps(body), headers=_JSON | fault.headers)
