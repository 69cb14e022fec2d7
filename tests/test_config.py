import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import (
    LOG_LEVELS,
    TOKEN_PLACEHOLDER,
    Settings,
    SettingsError,
    bundled_questions,
    load_settings,
    require_token,
    setting_names,
)

# Put together here, so that no scanner of repositories takes it for a real one.
SECRET = ".".join(("MTk4NjIyNDgzNDcxOTI1MjQ4", "Cl2FMQ", "ZnCjm1XVW7vRze4b7Cq4se7kKWs" + "abcdefghijk"))
EXAMPLE = Path(__file__).parents[1] / ".env.example"


def complaints(environ: dict[str, str], dotenv: Path | None = None) -> dict[str, tuple[str | None, str]]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, dotenv)
    return {each.setting: (each.value, each.remedy) for each in caught.value.complaints}


def test_without_settings_the_defaults_hold() -> None:
    settings = load_settings({}, None)
    assert settings.token is None
    assert settings.database == Path("seminar.db")
    assert settings.question_folders == (bundled_questions(),)
    assert settings.log_level == "INFO"
    assert settings.api_url is None
    assert settings.gateway_url is None
    assert settings.shard_count is None
    assert settings.shard_ids is None


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    settings = load_settings(
        {
            "DISCORD_TOKEN": SECRET,
            "SEMINAR_DATABASE": str(tmp_path / "class.db"),
            "SEMINAR_QUESTIONS": f"{tmp_path / 'one'}{os.pathsep}{tmp_path / 'two'}{os.pathsep}",
            "SEMINAR_LOG_LEVEL": "debug",
            "DISCORD_API_URL": "https://proxy.example/api/v10/",
            "DISCORD_GATEWAY_URL": "wss://gateway.example:8443/",
            "SEMINAR_SHARD_COUNT": "4",
            "SEMINAR_SHARD_IDS": "0, 3",
            "PATH": "/bin",
        },
        None,
    )
    assert require_token(settings) == SECRET
    assert settings.database == tmp_path / "class.db"
    assert settings.question_folders == (tmp_path / "one", tmp_path / "two")
    assert settings.log_level == "DEBUG"
    assert settings.api_url == "https://proxy.example/api/v10"
    assert settings.gateway_url == "wss://gateway.example:8443/"
    assert (settings.shard_count, settings.shard_ids) == (4, (0, 3))


def test_environment_wins_over_the_file_and_empty_means_not_set(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("SEMINAR_LOG_LEVEL=ERROR\nSEMINAR_SHARD_COUNT=2\nTZ=UTC\nSEMINAR_DATABASE=\n")
    settings = load_settings({"SEMINAR_LOG_LEVEL": "WARNING"}, dotenv)
    assert (settings.log_level, settings.shard_count) == ("WARNING", 2)
    assert settings.database == Path("seminar.db")
    # What is set to nothing in the environment is not taken from the file either.
    assert load_settings({"SEMINAR_LOG_LEVEL": " "}, dotenv).log_level == "INFO"


def test_missing_file_is_no_file(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / ".env") == load_settings({}, None)


def test_file_is_read_as_editors_write_it(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(
        b"\xef\xbb\xbfDISCORD_TOKEN='a$HOME${HOME}'\r\nexport SEMINAR_LOG_LEVEL = error # why\r\n"
    )
    settings = load_settings({}, dotenv)
    assert require_token(settings) == "a$HOME${HOME}"
    assert settings.log_level == "ERROR"


def test_unreadable_file_is_named(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")
    assert complaints({}, dotenv) == {".env": (str(dotenv), "a readable text file in UTF-8, or none")}


def test_all_complaints_come_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(
            {"SEMINAR_LOG_LEVEL": "loud", "SEMINAR_SHARD_COUNT": "0", "SEMINAR_DATABSE": "x.db"}, None
        )
    assert str(caught.value).splitlines() == [
        "SEMINAR_DATABSE is “(hidden)”. Right would be: SEMINAR_DATABASE; there is no setting of this name.",
        "SEMINAR_LOG_LEVEL is “loud”. Right would be: one of DEBUG, INFO, WARNING, ERROR, CRITICAL.",
        "SEMINAR_SHARD_COUNT is “0”. Right would be: a whole number of at least 1.",
    ]


@pytest.mark.parametrize("level", LOG_LEVELS)
def test_every_log_level_is_known(level: str) -> None:
    assert load_settings({"SEMINAR_LOG_LEVEL": level}, None).log_level == level


def test_database_must_be_a_file_in_a_folder_that_exists(tmp_path: Path) -> None:
    for wrong, right in [
        (str(tmp_path), str(tmp_path / "seminar.db")),
        (str(tmp_path / "gone" / "x.db"), f"create {tmp_path / 'gone'} first"),
        (":memory:", "the path of a file"),
        ("file:x.db?mode=ro", "the path of a file"),
        ("~nobody-of-this-name/x/x.db", "a folder that exists"),
        (str(tmp_path / ("x" * 300) / "x.db"), "a folder that exists"),
    ]:
        _, remedy = complaints({"SEMINAR_DATABASE": wrong})["SEMINAR_DATABASE"]
        assert right in remedy
    assert list(tmp_path.iterdir()) == []


def test_home_is_understood() -> None:
    assert load_settings({"SEMINAR_DATABASE": "~/seminar.db"}, None).database == Path.home() / "seminar.db"


def test_question_folders_must_exist(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    value = f"{tmp_path}{os.pathsep}{gone}"
    shown, remedy = complaints({"SEMINAR_QUESTIONS": value})["SEMINAR_QUESTIONS"]
    assert shown is not None
    assert f"no folder “{gone}” exists" in remedy
    assert str(tmp_path) + "”" not in remedy
    assert "separated by" in complaints({"SEMINAR_QUESTIONS": os.pathsep})["SEMINAR_QUESTIONS"][1]


def test_bundled_questions_are_found_in_a_repository_and_in_a_package(tmp_path: Path) -> None:
    package = tmp_path / "bot"
    package.mkdir()
    assert bundled_questions(package) == tmp_path / "questions"
    (package / "_questions").mkdir()
    assert bundled_questions(package) == package / "_questions"


@pytest.mark.parametrize(
    "url", ["https://discord.com/api/v10", "http://127.0.0.1:8080/api", "http://[::1]:80"]
)
def test_safe_api_address_is_taken(url: str) -> None:
    assert load_settings({"DISCORD_API_URL": url}, None).api_url == url


@pytest.mark.parametrize("url", ["wss://gateway.example", "ws://localhost:9000/gateway/", "ws://127.8.9.1"])
def test_safe_gateway_address_is_taken(url: str) -> None:
    assert load_settings({"DISCORD_GATEWAY_URL": url}, None).gateway_url == url


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("http://proxy.example/api", "does not travel in the clear"),
        ("http://localhost.example/api", "does not travel in the clear"),
        ("http://10.0.0.1/api", "does not travel in the clear"),
        ("http://0.0.0.0/api", "does not travel in the clear"),
        ("http://2130706433/api", "does not travel in the clear"),
        ("wss://proxy.example/api", "an address such as"),
        ("proxy.example/api", "an address such as"),
        ("https://", "an address such as"),
        ("https:///api", "an address such as"),
        ("https://proxy.example:99999/", "an address such as"),
        ("https://[::1/", "an address such as"),
        ("https://proxy.example/a b", "an address such as"),
        ("http://localhost\\@proxy.example/", "an address such as"),
        ("https://pröxy.example/", "an address such as"),
        ("http://127.0.0.1@proxy.example/", "without a user's name"),
        ("https://proxy.example/api?v=10", "without “?”"),
        ("https://proxy.example/api#v10", "without “?”"),
        ("nonsense", "an address such as"),
    ],
)
def test_address_that_could_leak_the_token_is_refused(url: str, right: str) -> None:
    assert right in complaints({"DISCORD_API_URL": url})["DISCORD_API_URL"][1]


@pytest.mark.parametrize("url", ["ws://gateway.example", "https://gateway.example", "ws://192.168.0.2/"])
def test_gateway_address_that_could_leak_the_token_is_refused(url: str) -> None:
    assert "wss://" in complaints({"DISCORD_GATEWAY_URL": url})["DISCORD_GATEWAY_URL"][1]


def test_password_in_an_address_is_not_shown() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"DISCORD_API_URL": "https://ana:hunter2@proxy.example/"}, None)
    assert "hunter2" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "two", "1_0", "٣", "9" * 30])
def test_shard_count_is_a_whole_number(value: str) -> None:
    shown, remedy = complaints({"SEMINAR_SHARD_COUNT": value})["SEMINAR_SHARD_COUNT"]
    assert (shown, remedy) == (value, "a whole number of at least 1")


@pytest.mark.parametrize("value", ["0;1", "0,,1", "a", "-1", "1,1", ","])
def test_shard_ids_are_different_whole_numbers(value: str) -> None:
    found = complaints({"SEMINAR_SHARD_COUNT": "4", "SEMINAR_SHARD_IDS": value})
    assert found["SEMINAR_SHARD_IDS"] == (
        value,
        "different whole numbers from 0, separated by commas, such as 0,1",
    )


def test_shard_ids_need_a_count_and_stay_below_it() -> None:
    assert "is not set" in complaints({"SEMINAR_SHARD_IDS": "0"})["SEMINAR_SHARD_IDS"][1]
    found = complaints({"SEMINAR_SHARD_COUNT": "2", "SEMINAR_SHARD_IDS": "1,2"})
    assert found == {"SEMINAR_SHARD_IDS": ("1,2", "numbers from 0 to 1, because SEMINAR_SHARD_COUNT is 2")}
    assert set(complaints({"SEMINAR_SHARD_COUNT": "no", "SEMINAR_SHARD_IDS": "7"})) == {"SEMINAR_SHARD_COUNT"}


def test_misspelt_setting_is_named_without_its_value(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("DISCORD_TOKN=very-secret\nDISCORD_RPC=1\nOTHER=1\n")
    found = complaints({"DISCORD_SOMETHING": "else", "SEMINAR_X": "1"}, dotenv)
    assert set(found) == {"DISCORD_TOKN", "SEMINAR_X"}
    assert found["DISCORD_TOKN"] == ("(hidden)", "DISCORD_TOKEN; there is no setting of this name")
    assert "SEMINAR_DATABASE" in found["SEMINAR_X"][1]


def test_missing_token_says_where_to_get_one() -> None:
    for environ in ({}, {"DISCORD_TOKEN": "  "}):
        with pytest.raises(SettingsError) as caught:
            require_token(load_settings(environ, None))
        assert str(caught.value).startswith("DISCORD_TOKEN is not set. ")
        assert "https://discord.com/developers/applications" in str(caught.value)


@pytest.mark.parametrize(
    "token",
    [
        f'"{SECRET}"',
        f"'{SECRET}",
        f"Bot {SECRET}",
        f"<{SECRET}>",
        f"{SECRET}é",
        f"{SECRET[:9]}\n{SECRET[9:]}",
    ],
)
def test_what_is_obviously_no_token_is_refused_without_being_shown(token: str) -> None:
    settings = load_settings({"DISCORD_TOKEN": token}, None)
    with pytest.raises(SettingsError) as caught:
        require_token(settings)
    said = str(caught.value) + repr(caught.value) + repr(settings)
    assert "DISCORD_TOKEN" in said
    assert SECRET[:9] not in said
    assert SECRET[9:] not in said


def test_placeholder_is_no_token() -> None:
    with pytest.raises(SettingsError, match="placeholder"):
        require_token(load_settings({"DISCORD_TOKEN": TOKEN_PLACEHOLDER}, None))


def test_blanks_around_a_token_do_no_harm() -> None:
    assert require_token(load_settings({"DISCORD_TOKEN": f" {SECRET}\n"}, None)) == SECRET


@pytest.mark.parametrize("name", [name for name in setting_names() if name != "DISCORD_TOKEN"])
@pytest.mark.parametrize("environ", [{"DISCORD_TOKEN": SECRET}, {}])
def test_token_in_the_wrong_line_is_never_shown(name: str, environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ | {name: f"/{SECRET}/x"}, None)
    assert SECRET not in str(caught.value) + repr(caught.value)
    # Nor by way of an exception that a traceback would print along with it.
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40).map("q7Zx-{}".format))
def test_settings_never_show_their_token(token: str) -> None:
    settings = load_settings({"DISCORD_TOKEN": token}, None)
    assert token not in f"{settings!r}{settings}{settings.model_dump()}{settings.model_dump_json()}"


def test_settings_cannot_be_changed() -> None:
    settings = load_settings({}, None)
    with pytest.raises(ValueError, match="frozen"):
        settings.log_level = "DEBUG"  # pyright: ignore[reportAttributeAccessIssue]


def example_lines() -> dict[str, str]:
    found = re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(dict(found)) == len(found)
    return dict(found)


def test_example_lists_exactly_the_settings_that_exist() -> None:
    assert tuple(example_lines()) == setting_names()
    assert len(setting_names()) == len(Settings.model_fields)


def test_example_shows_the_defaults_and_sets_nothing(tmp_path: Path) -> None:
    assert load_settings({}, EXAMPLE) == load_settings({}, None)
    uncommented = tmp_path / ".env"
    uncommented.write_text("\n".join(f"{name}={value}" for name, value in example_lines().items()))
    settings = load_settings({}, uncommented)
    assert settings.model_copy(update={"token": None}) == load_settings({}, None)
    with pytest.raises(SettingsError, match="placeholder"):
        require_token(settings)
