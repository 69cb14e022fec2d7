"""The web pages of ``seminar play``: the start page, and SimCord's page of the open room under the same address.

SimCord's own server stays in the background, because a press that meets the moving clock would be lost: here each
press waits for its turn. Only this machine is answered, and only pages of its own may send anything.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Any, cast

import aiohttp
from aiohttp import web

from bot.rehearsal.stage import NoSuchRoom, OpenRoom, Stage

ASSETS = {
    "start.css": "text/css",
    "start.js": "text/javascript",
    "room.css": "text/css",
    "room.js": "text/javascript",
}

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
}

PASSED_ON = ("Content-Type", "X-Simcord-Capability", "X-Simcord-Context")
PASSED_BACK = ("Content-Type", "Content-Disposition")
LARGEST_REQUEST = 32 * 2**20
VIEWER_COOKIE = "seminar-viewer"

HEAD_ADDITION = (
    '<link rel="stylesheet" href="/seminar/room.css"><script src="/seminar/room.js" defer></script></head>'
)
TOOLBAR = '<div class="preview-brand">'
BACK_LINK = '<a class="toolbar-button" id="all-rooms" href="/">All rooms</a>'

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Pages:
    """All pages, as a web application on ``port``."""

    def __init__(self, stage: Stage, port: int, database: str) -> None:
        self._stage = stage
        self._database = database
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._client: aiohttp.ClientSession | None = None
        self.app = web.Application(middlewares=[self._guard], client_max_size=LARGEST_REQUEST)
        self.app.cleanup_ctx.append(self._with_client)
        self.app.add_routes(
            [
                web.get("/", self._start),
                web.get("/open/{room}", self._open),
                web.get("/room/{room}", self._room),
                web.get("/seminar/state", self._state),
                web.post("/seminar/classmates", self._classmates),
                web.get("/seminar/{name}", self._asset),
                web.get("/favicon.ico", self._no_icon),
                web.route("*", "/{path:.*}", self._pass_on),
            ]
        )

    async def _with_client(self, app: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(auto_decompress=True) as client:
            self._client = client
            yield

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse other hosts' names (a foreign page may have pointed one here) and foreign pages' requests."""
        if request.headers.get("Host", "") not in self._hosts:
            raise web.HTTPForbidden(text="This page is only for the machine that it runs on.")
        origin = request.headers.get("Origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            raise web.HTTPForbidden(text="Only pages of this address may do that.")
        return await handler(request)

    async def _start(self, request: web.Request) -> web.Response:
        return _page(_read("start.html"))

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in ASSETS:
            raise web.HTTPNotFound
        return web.Response(text=_read(name), content_type=ASSETS[name], headers=HEADERS)

    async def _no_icon(self, request: web.Request) -> web.Response:
        return web.Response(status=204, headers=HEADERS)

    async def _state(self, request: web.Request) -> web.Response:
        shown = self._stage.shown
        return web.json_response(
            {
                "classmates": self._stage.classmates,
                "now": self._stage.room.now().isoformat(),
                "database": self._database,
                "open": None if shown is None else {"serial": shown.serial, "name": _name(shown)},
                "rooms": self._rooms(),
                "people": [{"id": str(person.user_id), "name": person.name} for person in self._stage.cast],
            },
            headers=HEADERS,
        )

    def _rooms(self) -> list[dict[str, Any]]:
        room = self._stage.room
        return [
            {
                "id": str(place.id),
                "name": place.name or "",
                "thread": place.is_thread,
                "messages": len(room.public_messages(place)),
            }
            for place in room.rooms()
        ]

    async def _classmates(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        wanted: object = await request.json()
        on = isinstance(wanted, dict) and cast("dict[str, object]", wanted).get("on") is True
        await self._stage.let_in_classmates(on)
        return web.json_response({"classmates": self._stage.classmates}, headers=HEADERS)

    async def _open(self, request: web.Request) -> web.Response:
        """Open a room and go to its page; ``as`` says who one is there."""
        try:
            shown = await self._stage.open(int(request.match_info["room"]))
        except (NoSuchRoom, ValueError):
            raise web.HTTPSeeOther("/") from None
        response = web.Response(
            status=303, headers={**HEADERS, "Location": f"/room/{shown.room.id}?n={shown.serial}#{shown.key}"}
        )
        viewer = request.query.get("as", "")
        if viewer.isdigit():
            response.set_cookie(VIEWER_COOKIE, viewer, samesite="Strict", httponly=True)
        return response

    async def _room(self, request: web.Request) -> web.Response:
        """SimCord's page, with a way back and word of it when another room has been opened."""
        shown = self._stage.shown
        if shown is None:
            raise web.HTTPSeeOther(f"/open/{request.match_info['room']}")
        _, body, _ = await self._ask(shown, "GET", "/", {}, b"")
        html = body.decode().replace("</head>", HEAD_ADDITION, 1)
        html = html.replace("<title>SimCord Preview</title>", "<title>Seminar: a room</title>", 1)
        return _page(html.replace(TOOLBAR, BACK_LINK + TOOLBAR, 1))

    async def _pass_on(self, request: web.Request) -> web.Response:
        shown = self._stage.shown
        if shown is None:
            raise web.HTTPGone(text="No room is open.")
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        body = await request.read()
        if request.method == "GET":
            return _answer(*await self._ask(shown, "GET", request.path_qs, headers, body))
        async with self._stage.turn():
            if request.path == "/api/pages":
                body = _as_viewer(body, request.cookies.get(VIEWER_COOKIE, ""), self._stage)
            answer = await self._ask(shown, request.method, request.path_qs, headers, body)
            newer = _with_revision(body, answer[1]) if request.path == "/api/action" else None
            if newer is not None:
                # The page was about to learn that the room has moved on; what is pressed is still there.
                answer = await self._ask(shown, "POST", request.path_qs, headers, newer)
        return _answer(*answer)

    async def _ask(
        self, shown: OpenRoom, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, bytes, dict[str, str]]:
        if self._client is None:
            raise web.HTTPServiceUnavailable
        try:
            async with self._client.request(
                method, shown.address + path, headers=headers, data=body or None
            ) as answer:
                kept = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
                return answer.status, await answer.read(), kept
        except aiohttp.ClientConnectionError:
            raise web.HTTPGone(text="That room has been closed.") from None


def _name(shown: OpenRoom) -> str:
    return shown.room.name or ""


def _read(name: str) -> str:
    return files("bot.rehearsal").joinpath("web", name).read_text(encoding="utf-8")


def _page(html: str) -> web.Response:
    return web.Response(text=html, content_type="text/html", headers=HEADERS)


def _answer(status: int, body: bytes, headers: Mapping[str, str]) -> web.Response:
    return web.Response(status=status, body=body, headers={**HEADERS, **headers})


def _as_viewer(body: bytes, viewer: str, stage: Stage) -> bytes:
    """Ask for the page of the person whom the visitor chose, where the page itself asks for nobody."""
    if viewer not in {str(person.user_id) for person in stage.cast}:
        return body
    return json.dumps({"viewer_id": viewer, **_object(body)}).encode()


def _with_revision(body: bytes, answer: bytes) -> bytes | None:
    """The same request for the newest state of the page, if it was refused for being older than that."""
    refused, asked = _object(answer), _object(body)
    codes = [item.get("code") for item in cast("list[dict[str, Any]]", refused.get("diagnostics") or [])]
    if not asked or refused.get("rejected") is not True or "stale-revision" not in codes:
        return None
    return json.dumps({**asked, "published_revision": refused.get("revision")}).encode()


def _object(text: bytes) -> dict[str, Any]:
    try:
        found: object = json.loads(text or b"{}")
    except ValueError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
