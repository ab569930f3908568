"""The longest files of tests are begun first, and those that are named as such are there."""

from tests.conftest import HERE, LONGEST, longest


def test_what_is_named_longest_is_there() -> None:
    paths = [path.relative_to(HERE).as_posix() for path in HERE.glob("*/test_*.py")]
    assert [start for start in LONGEST if not any(path.startswith(start) for path in paths)] == []
    assert 0 < sum(longest(path) for path in paths) < len(paths) / 4


def test_other_files_keep_their_place() -> None:
    assert sorted(["api/b.py", "fuzz/test_inputs_1.py", "api/a.py"], key=lambda path: not longest(path)) == [
        "fuzz/test_inputs_1.py", "api/b.py", "api/a.py",
    ]  # fmt: skip
