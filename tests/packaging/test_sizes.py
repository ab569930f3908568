"""No module over 400 lines, no function over 60: a newcomer finds and reads a piece in one go."""

from tests.tools.house import ROOT, Module, own_files
from tests.tools.rules import LONGEST_FUNCTION, LONGEST_MODULE, too_long


def every_python_file() -> list[Module]:
    paths = [path for path in own_files() if path.suffix == ".py"]
    return [Module(path.as_posix(), path.stem, (ROOT / path).read_text("utf-8")) for path in paths]


def test_no_module_or_function_is_too_long() -> None:
    modules = every_python_file()
    assert {"dsl/source.py", "tests/packaging/test_sizes.py"} <= {module.path for module in modules}
    assert [breach for module in modules for breach in too_long(module)] == []


def test_a_module_of_one_line_too_many_is_seen() -> None:
    assert too_long(Module("planted.py", "planted", "x = 1\n" * LONGEST_MODULE)) == []
    [breach] = too_long(Module("planted.py", "planted", "x = 1\n" * (LONGEST_MODULE + 1)))
    assert breach == "planted.py has 401 lines, more than 400"


def test_a_function_of_one_line_too_many_is_seen() -> None:
    def function(lines: int) -> Module:
        return Module("planted.py", "planted", "class C:\n    def long(self):\n" + "        x = 1\n" * (lines - 1))

    assert too_long(function(LONGEST_FUNCTION)) == []
    [breach] = too_long(function(LONGEST_FUNCTION + 1))
    assert breach == "planted.py:2 long has 61 lines, more than 60"
