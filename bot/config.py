"""The settings, read once at the start from the environment and a ``.env`` file.

Only ``app`` and ``cli`` read it. It opens nothing but the ``.env`` file, and the token never stands in a
message, a representation or an exception that it makes.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, NoReturn
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from bot.errors import SeminarError

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVELS: tuple[LogLevel, ...] = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

TOKEN = "DISCORD_TOKEN"
TOKEN_PLACEHOLDER = "paste-the-token-here"
WHERE_TO_GET_A_TOKEN = (
    "the token of your bot: https://discord.com/developers/applications → your application → Bot → "
    "Reset Token; put it in .env as DISCORD_TOKEN=…, without quotes"
)
LIKE_A_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}")
HIDDEN = "(hidden)"
LONGEST_VALUE_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Complaint:
    """A setting that cannot be used: its value as it may be shown (None: not set), what would be right."""

    setting: str
    value: str | None
    remedy: str

    def __str__(self) -> str:
        stands = "is not set" if self.value is None else f"is “{self.value}”"
        return f"{self.setting} {stands}. Right would be: {self.remedy}."


@dataclass(eq=False)
class SettingsError(SeminarError):
    """Settings that cannot be used, all of them at once; ``str()`` has a line for each."""

    complaints: tuple[Complaint, ...]

    def __str__(self) -> str:
        return "\n".join(str(complaint) for complaint in self.complaints)


def bundled_questions(package: Path = Path(__file__).parent) -> Path:
    """The folder of the question sets that come with Seminar.

    An installed package carries its copy inside; in the repository they lie next to the package.
    """
    # The copy comes first: next to an installed package, "questions" would be somebody else's.
    inside = package / "_questions"
    return inside if inside.is_dir() else package.parent / "questions"


def _refuse(remedy: str) -> NoReturn:
    raise PydanticCustomError("refused", "{remedy}", {"remedy": remedy})


def _database(value: str) -> Path:
    if value == ":memory:" or value.startswith("file:"):
        _refuse("the path of a file, such as seminar.db, so that answers outlive the program")
    path = _path(value)
    if _is_folder(path):
        _refuse(f"a file, not a folder, such as {path / 'seminar.db'}")
    if not _is_folder(path.absolute().parent):
        _refuse(f"a file in a folder that exists; create {path.parent} first")
    return path


def _questions(value: str) -> tuple[Path, ...]:
    folders = tuple(_path(part.strip()) for part in value.split(os.pathsep) if part.strip())
    missing = [str(folder) for folder in folders if not _is_folder(folder)]
    if missing or not folders:
        what = f"no folder {_words(missing)} exists; " if missing else ""
        _refuse(f"{what}folders of question sets that exist, separated by “{os.pathsep}”")
    return folders


def _log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        _refuse(f"one of {', '.join(LOG_LEVELS)}")
    return value.upper()


def _shard_count(value: str) -> int:
    count = _whole_number(value)
    if not count:
        _refuse("a whole number of at least 1")
    return count


def _shard_ids(value: str, info: ValidationInfo) -> tuple[int, ...]:
    numbers = [_whole_number(part.strip()) for part in value.split(",")]
    ids = tuple(number for number in numbers if number is not None)
    if len(ids) < len(numbers) or len(set(ids)) < len(ids):
        _refuse("different whole numbers from 0, separated by commas, such as 0,1")
    # A shard count that is itself wrong is missing from the data: it has its own complaint.
    if "shard_count" in info.data:
        count: int | None = info.data["shard_count"]
        if count is None:
            _refuse("shard ids together with SEMINAR_SHARD_COUNT, which is not set")
        if max(ids) >= count:
            _refuse(f"numbers from 0 to {count - 1}, because SEMINAR_SHARD_COUNT is {count}")
    return ids


def _api_url(value: str) -> str:
    return _checked_url(value, plain="http", secure="https", example="https://proxy.example/api/v10").rstrip(
        "/"
    )


def _gateway_url(value: str) -> str:
    return _checked_url(value, plain="ws", secure="wss", example="wss://gateway.example/")


class Settings(BaseModel):
    """All settings, checked. An address that is None is Discord's own; no shard count: one shard.

    Make one with ``load_settings``: the fields are filled by their names in the environment.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    token: SecretStr | None = Field(None, alias=TOKEN)
    database: Annotated[Path, BeforeValidator(_database)] = Field(
        Path("seminar.db"), alias="SEMINAR_DATABASE"
    )
    question_folders: Annotated[tuple[Path, ...], BeforeValidator(_questions)] = Field(
        default_factory=lambda: (bundled_questions(),), alias="SEMINAR_QUESTIONS"
    )
    log_level: Annotated[LogLevel, BeforeValidator(_log_level)] = Field("INFO", alias="SEMINAR_LOG_LEVEL")
    api_url: Annotated[str | None, BeforeValidator(_api_url)] = Field(None, alias="DISCORD_API_URL")
    gateway_url: Annotated[str | None, BeforeValidator(_gateway_url)] = Field(
        None, alias="DISCORD_GATEWAY_URL"
    )
    shard_count: Annotated[int | None, BeforeValidator(_shard_count)] = Field(
        None, alias="SEMINAR_SHARD_COUNT"
    )
    shard_ids: Annotated[tuple[int, ...] | None, BeforeValidator(_shard_ids)] = Field(
        None, alias="SEMINAR_SHARD_IDS"
    )


def setting_names() -> tuple[str, ...]:
    """The names of all settings as they stand in the environment."""
    return tuple(field.alias for field in Settings.model_fields.values() if field.alias is not None)


def load_settings(environ: Mapping[str, str], dotenv: Path | None) -> Settings:
    """The settings in ``environ``, and where it has none in the file ``dotenv`` (None, or missing: no file).

    An empty value counts as not set. Raises ``SettingsError`` with every complaint at once.
    """
    in_file = _read_dotenv(dotenv)
    given = {name: value.strip() for name, value in (in_file | dict(environ)).items() if value.strip()}
    names = setting_names()
    complaints = [
        # The value is not shown: under a misspelt name it may be the token.
        Complaint(name, HIDDEN, _nearest(name, names))
        for name in given
        if name not in names
        and (name.startswith("SEMINAR_") or (name in in_file and _is_misspelt(name, names)))
    ]
    settings = None
    try:
        settings = Settings.model_validate({name: given[name] for name in names if name in given})
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            name = str(fault["loc"][0])
            complaints.append(_complaint(name, given[name], fault["msg"], given))
    # Raised outside of the handler: pydantic's error knows the values, and would be printed along with ours.
    if settings is None or complaints:
        raise SettingsError(tuple(complaints))
    return settings


def require_token(settings: Settings) -> str:
    """The token, if nothing speaks against it. Raises ``SettingsError``, which says where to get one."""
    token = "" if settings.token is None else settings.token.get_secret_value()
    if not token:
        raise SettingsError((Complaint(TOKEN, None, WHERE_TO_GET_A_TOKEN),))
    if token == TOKEN_PLACEHOLDER:
        raise SettingsError(
            (Complaint(TOKEN, "still the placeholder of .env.example", WHERE_TO_GET_A_TOKEN),)
        )
    unfit = not token.isascii() or not token.isprintable()
    if unfit or any(c in " \"'`<>" for c in token):
        raise SettingsError((Complaint(TOKEN, HIDDEN, WHERE_TO_GET_A_TOKEN),))
    return token


def _read_dotenv(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        # Windows' editor begins a file with a mark that "utf-8-sig" takes away. Nothing is interpolated: a
        # value with "$" is meant as it stands.
        found = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        found = None
    if found is None:
        raise SettingsError((Complaint(".env", str(path), "a readable text file in UTF-8, or none"),))
    return {name: value for name, value in found.items() if value is not None}


def _complaint(name: str, value: str, remedy: str, given: Mapping[str, str]) -> Complaint:
    return Complaint(name, _shown(value, given.get(TOKEN)), _without_token(remedy, given.get(TOKEN)))


def _shown(value: str, token: str | None) -> str:
    """The value as it may stand in a message: short, on one line, and with nothing that may be a secret."""
    shown = "".join(
        c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in _without_token(value, token)
    )
    # What stands before the "@" of an address is a user's name and password.
    shown = re.sub(r"//.*@", f"//{HIDDEN}@", shown)
    return shown if len(shown) <= LONGEST_VALUE_SHOWN else shown[: LONGEST_VALUE_SHOWN - 1] + "…"


def _without_token(text: str, token: str | None) -> str:
    """The text without the token, which may have been pasted into another setting's line by mistake."""
    text = text.replace(token, HIDDEN) if token else text
    return LIKE_A_TOKEN.sub(HIDDEN, text)


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # "~somebody" who does not exist
        return Path(text)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, or a folder that may not be looked into
        return False


def _whole_number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _words(names: Iterable[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def _is_misspelt(name: str, names: Iterable[str]) -> bool:
    # Other programs may share the file, and have settings of Discord's of their own.
    return bool(get_close_matches(name, tuple(names), n=1, cutoff=0.85))


def _nearest(name: str, names: Iterable[str]) -> str:
    likely = get_close_matches(name, tuple(names), n=1)
    return f"{likely[0]}; there is no setting of this name" if likely else f"one of {', '.join(names)}"


def _checked_url(value: str, *, plain: str, secure: str, example: str) -> str:
    """The address, if the token may be sent there: encrypted, or to this very machine."""
    remedy = f"an address such as {example}"
    # Characters that different readers of addresses take for different ends of the host's name.
    if not value.isascii() or not value.isprintable() or any(c in ' \\"<>^`{|}' for c in value):
        _refuse(remedy)
    try:
        url = urlsplit(value)
        host, _ = url.hostname, url.port
    except ValueError:
        _refuse(remedy)
    if url.scheme not in (plain, secure) or not host:
        _refuse(remedy)
    if "@" in url.netloc:
        _refuse(f"{remedy}, without a user's name or password")
    if url.query or url.fragment:
        _refuse(f"{remedy}, without “?” or “#”")
    if url.scheme == plain and not _is_loopback(host):
        _refuse(
            f"{secure}://, so that the token does not travel in the clear; {plain}:// only to this machine"
        )
    return value


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
