"""What people fill in: the options of a command, the fields of a form, files."""

from collections.abc import Mapping
from typing import Any

from tests.wire import shapes
from tests.wire.shapes import Json
from tests.wire.world import World


def command_data(
    world: World, channel_id: int, name: str, options: Mapping[str, Any], focus: str | None
) -> Json:
    """The `data` of a slash command, "quiz live" for a subcommand, from what the bot synced.

    People, channels and roles are given by id, files as `(name, bytes)`; `focus` names the option that is
    being typed into.
    """
    root, *path = name.split()
    scopes = (world.guild_of(channel_id), None)
    known = [command for scope in scopes for command in world.commands.get(scope, []) if command["type"] == 1]
    command = _named(known, root)
    leaf = command
    data: Json = {"id": command["id"], "name": root, "type": 1, "options": []}
    inner = data
    for step in path:
        leaf = _named(leaf.get("options") or [], step)
        nested: Json = {"name": step, "type": leaf["type"], "options": []}
        inner["options"].append(nested)
        inner = nested
    resolved: Json = {}
    for key, value in options.items():
        kind = _named(leaf.get("options") or [], key)["type"]
        given: Json = {"name": key, "type": kind, "value": _resolve(world, channel_id, kind, value, resolved)}
        inner["options"].append(given | ({"focused": True} if key == focus else {}))
    expected: list[Json] = leaf.get("options") or []
    missing = [
        option["name"]
        for option in expected
        if option.get("required") and option["name"] not in options and focus is None
    ]
    if missing:
        raise LookupError(f"/{name} needs {missing}")
    return data | ({"resolved": resolved} if resolved else {})


def _named(specs: list[Json], name: str) -> Json:
    for spec in specs:
        if spec["name"] == name:
            return spec
    raise LookupError(f"no {name!r} among {[spec['name'] for spec in specs]}")


def _resolve(world: World, channel_id: int, kind: int, value: Any, resolved: Json) -> Any:
    guild_id = world.guild_of(channel_id)
    if kind == 11:
        name, content = value
        attachment = attach(world, name, content)
        resolved.setdefault("attachments", {})[attachment["id"]] = attachment
        return attachment["id"]
    if kind == 6:
        resolved.setdefault("users", {})[str(value)] = world.users[value]
        if guild_id is not None:
            member = world.members[guild_id][value] | {"permissions": "0"}
            resolved.setdefault("members", {})[str(value)] = {k: v for k, v in member.items() if k != "user"}
        return str(value)
    if kind == 7:
        permissions = str(shapes.MEMBER_PERMISSIONS)
        resolved.setdefault("channels", {})[str(value)] = world.channel(value) | {"permissions": permissions}
        return str(value)
    if kind == 8 and guild_id is not None:
        roles = {role["id"]: role for role in world.guilds[guild_id]["roles"]}
        resolved.setdefault("roles", {})[str(value)] = roles[str(value)]
        return str(value)
    return value


def attach(world: World, name: str, content: bytes) -> Json:
    """The attachment object of a new file, which the server gives out from now on."""
    path = f"/cdn/attachments/{shapes.snowflake()}/{name}"
    world.files[path] = content
    url = world.files_at + path
    return {
        "id": str(shapes.snowflake()),
        "filename": name,
        "size": len(content),
        "url": url,
        "proxy_url": url,
        "content_type": "application/octet-stream",
    }


def modal_data(modal: Json, values: Mapping[str, Any]) -> Json:
    """The `data` of a submitted form; `values` go by custom_id or by the label above the field."""
    left = dict(values)
    parts: list[Json] = []
    for top in modal["components"]:
        field = top.get("component") or next(iter(top.get("components") or []), None)
        if field is None:
            continue
        label = top.get("label") or field.get("label") or ""
        key = field["custom_id"] if field["custom_id"] in left else label
        default = field.get("value") or ("" if field["type"] == 4 else None)
        value = left.pop(key, default)
        filled: Json = {"type": field["type"], "id": field.get("id", 0), "custom_id": field["custom_id"]}
        filled["values" if isinstance(value, list) else "value"] = value
        wrapped = {"component": filled} if top["type"] == 18 else {"components": [filled]}
        parts.append({"type": top["type"], "id": top.get("id", 0)} | wrapped)
    if left:
        raise LookupError(f"the form {modal['title']!r} has no fields {list(left)}")
    return {"custom_id": modal["custom_id"], "components": parts}
