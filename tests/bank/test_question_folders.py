"""Sets on the disk: folders, folders of folders, single files, and whatever else stands there."""

import os
from pathlib import Path

import pytest

from bot.bank.check import check, format_report
from bot.bank.reading import Reading, read_paths

SET = "format: 1\nid: {id}\ntitle: A set\ndescription: What it is about.\nsource: {{title: A source}}\n"
ITEM = (
    "  - id: {id}\n    kind: true_false\n    category: history\n    prompt: Is {id} so?\n    answer: true\n"
    "    explanation: It is.\n    feedback: It was.\n"
)


def write_set(folder: Path, *item_ids: str, set_id: str = "") -> Path:
    folder.mkdir(parents=True)
    (folder / "set.yaml").write_text(SET.format(id=set_id or folder.name))
    for item_id in item_ids:
        (folder / f"{item_id}.yaml").write_text("items:\n" + ITEM.format(id=item_id))
    return folder


def write_single(file: Path, set_id: str) -> Path:
    head = "".join(f"  {line}\n" for line in SET.format(id=set_id).splitlines())
    file.write_text("set:\n" + head + "items:\n" + ITEM.format(id="one"))
    return file


def found(reading: Reading, base: Path) -> list[tuple[str, int, int, str]]:
    return [
        (Path(problem.file).relative_to(base).as_posix(), problem.line, problem.column, problem.code)
        for problem in reading.problems
    ]


def test_a_folder_is_a_set_with_its_items_in_the_order_of_the_files(tmp_path: Path):
    reading = read_paths([write_set(tmp_path / "my-set", "zebra", "apple")])
    assert reading.problems == ()
    assert [item.id for item in reading.sets[0].items] == ["apple", "zebra"]


def test_a_folder_may_hold_several_sets_and_single_files(tmp_path: Path):
    write_set(tmp_path / "first-set", "one")
    write_set(tmp_path / "second-set", "one")
    write_single(tmp_path / "third.yaml", "third-set")
    write_single(tmp_path / "fourth.yml", "fourth-set")
    (tmp_path / "README.md").write_text("# not a set")
    (tmp_path / "schema.json").write_text("{}")
    (tmp_path / ".hidden.yaml").write_text("{{{")
    (tmp_path / "images").mkdir()
    reading = read_paths([tmp_path])
    assert reading.problems == ()
    assert {each.info.id for each in reading.sets} == {"first-set", "second-set", "third-set", "fourth-set"}


def test_the_same_set_named_twice_is_read_once(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one")
    (tmp_path / "link").symlink_to(folder)
    reading = read_paths([tmp_path, folder, tmp_path / "link", Path(os.path.relpath(folder))])
    assert reading.problems == ()
    assert len(reading.sets) == 1


def test_two_sets_with_one_id(tmp_path: Path):
    write_set(tmp_path / "my-set", "one")
    write_single(tmp_path / "other.yaml", "my-set")
    reading = read_paths([tmp_path / "my-set", tmp_path / "other.yaml"])
    assert found(reading, tmp_path) == [("other.yaml", 3, 7, "duplicate-set")]
    assert len(reading.sets) == 1


def test_errors_of_all_files_at_once_sorted_by_place(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one", "two", set_id="your-set")
    (folder / "one.yaml").write_text(
        "items:\n" + ITEM.format(id="same").replace("true_false", "riddle") + "  - x\n"
    )
    (folder / "two.yaml").write_text("items:\n" + ITEM.format(id="same") + "    not_with: [none]\n")
    (folder / "zzz.yaml").write_text("a: b: c\n")
    reading = read_paths([folder])
    assert found(reading, folder) == [
        ("one.yaml", 3, 11, "unknown-value"),
        ("one.yaml", 9, 5, "wrong-type"),
        ("set.yaml", 2, 5, "set-id"),
        ("two.yaml", 2, 9, "duplicate-id"),
        ("two.yaml", 9, 16, "broken-reference"),
        ("zzz.yaml", 1, 5, "not-yaml"),
    ]
    assert "one.yaml, line 2" in reading.problems[3].what


def test_a_set_without_questions(tmp_path: Path):
    reading = read_paths([write_set(tmp_path / "my-set")])
    assert found(reading, tmp_path) == [("my-set/set.yaml", 1, 1, "no-items")]
    assert reading.sets == ()


def test_questions_without_a_set_file(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one", "two")
    (folder / "set.yaml").unlink()
    (folder / "one.yaml").write_text("items:\n" + ITEM.format(id="one") + "    difficulty: 9\n")
    for path in (folder, tmp_path):
        assert found(read_paths([path]), folder) == [
            ("one.yaml", 9, 17, "out-of-range"),
            ("set.yaml", 1, 1, "missing-set-file"),
        ]


def test_an_item_file_alone_is_no_set(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one")
    assert found(read_paths([folder / "one.yaml"]), folder) == [("one.yaml", 1, 1, "missing-set")]
    codes = {problem.code for problem in read_paths([folder / "set.yaml"]).errors}
    assert "missing-set" in codes


def test_a_path_where_nothing_is(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    names = ("missing", "empty", "loop", "gone.yaml", "x" * 5000, "nul\0")
    codes = [[problem.code for problem in read_paths([tmp_path / name]).errors] for name in names]
    assert codes == [
        ["no-such-file"],
        ["no-sets"],
        ["unreadable"],
        ["no-such-file"],
        ["unreadable"],
        ["unreadable"],
    ]


def test_links_that_lead_nowhere_pipes_and_folders_in_a_set(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one")
    (folder / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (folder / "loop.yaml").symlink_to(folder / "loop.yaml")
    (folder / "folder.yaml").mkdir()
    (folder / "self").symlink_to(folder)
    os.mkfifo(folder / "pipe.yaml")
    reading = read_paths([folder])
    assert found(reading, folder) == [
        ("gone.yaml", 1, 1, "no-such-file"),
        ("loop.yaml", 1, 1, "unreadable"),
        ("pipe.yaml", 1, 1, "not-a-file"),
    ]
    assert len(reading.sets) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the administrator can read everything")
def test_what_may_not_be_read(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one", "two")
    (folder / "one.yaml").chmod(0)
    assert found(read_paths([folder]), folder) == [("one.yaml", 1, 1, "unreadable")]
    folder.chmod(0)
    try:
        assert found(read_paths([tmp_path]), tmp_path) == [("my-set", 1, 1, "unreadable")]
    finally:
        folder.chmod(0o700)


def test_a_file_that_is_not_text(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one")
    (folder / "picture.yaml").write_bytes(b"items:\n  - \xc3\xa9 \x89PNG")
    assert found(read_paths([folder]), folder) == [("picture.yaml", 2, 7, "not-utf-8")]


def test_the_report_is_sorted_and_counted(tmp_path: Path):
    folder = write_set(tmp_path / "my-set", "one", "two")
    (folder / "two.yaml").write_text(
        "items:\n" + ITEM.format(id="two").replace("    explanation: It is.\n", "")
    )
    report = check([folder])
    assert (report.sets, report.items, report.errors, report.warnings, report.ok) == (1, 2, 0, 1, True)
    lines = format_report(report).splitlines()
    assert lines[0].startswith(f"{folder / 'two.yaml'}:2:5: warning: nothing explains the answer: ")
    assert lines[0].endswith("[no-explanation]")
    assert lines[1] == "2 questions in 1 set: no errors and 1 warning."

    (folder / "one.yaml").write_text("items: {}\n")
    report = check([folder])
    assert (report.errors, report.ok) == (1, False)
    assert format_report(report).splitlines()[0] == (
        f"{folder / 'one.yaml'}:1:8: “items:” has no questions: begin each question with “- id: …”"
    )


def test_a_report_on_nothing_wrong(tmp_path: Path):
    report = check([write_set(tmp_path / "my-set", "one")])
    assert format_report(report) == "1 question in 1 set: no errors and no warnings."
