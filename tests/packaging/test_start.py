"""What a start costs: checking a strategy must not load what only deciding and reporting need.

To hold another way in to the same limits, add a line to WAYS_IN: what runs, and what it may load besides the
standard library and `stratagem` itself.
"""

import json
import subprocess
import sys

import pytest

from tests.tools.house import ROOT, product_modules

#: pydantic and lark with the packages that they bring along (lark takes interegular where testing has installed it).
PYDANTIC = {"pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}
LARK = {"lark", "interegular"}
CHECKING = {"click", *LARK, *PYDANTIC}

EVERY_MODULE_OF_DSL = "\n".join(
    f"import {module.name}" for module in product_modules() if module.name.startswith("stratagem.dsl")
)
STRATAGEM_CHECK = f"""
import sys
sys.argv = ["stratagem", "check", {str(ROOT / "strategies" / "coffee")!r}]
from stratagem.engine.cli import main
try:
    main()
except SystemExit as end:
    assert end.code in (None, 0), end.code
"""
WAYS_IN = {
    "the package's face": ("import stratagem; stratagem.__version__", set[str]()),
    "every module of dsl": (EVERY_MODULE_OF_DSL, CHECKING),
    "stratagem check": (STRATAGEM_CHECK, CHECKING),
}
REPORT = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted({name.split(".")[0] for name, module in sys.modules.items()
    if "site-packages" in (getattr(module, "__file__", None) or "")}))))
"""


def loaded_by(code: str) -> set[str]:
    """The installed packages that a fresh interpreter has loaded after running `code`; the editable finder aside."""
    run = subprocess.run([sys.executable, "-c", REPORT + code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    found = set(json.loads(run.stdout.splitlines()[-1]))
    return {name for name in found if not name.startswith(("__editable__", "_distutils_hack", "stratagem"))}


@pytest.mark.parametrize("way", WAYS_IN)
def test_a_start_loads_no_more_than_it_may(way: str) -> None:
    code, allowed = WAYS_IN[way]
    assert loaded_by(code) - allowed == set()


def test_too_much_is_seen() -> None:
    assert "networkx" in loaded_by("import networkx")
