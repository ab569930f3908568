"""The first mistake that somebody types waits for nothing to be loaded."""

from __future__ import annotations

import subprocess
import sys

from tests.tools.house import ROOT

SCRIPT = """
import sys
from stratagem.dsl.incremental import Workspace
sound = 'language 1\\nstrategy s "S"\\n  currency EUR\\nmeasure a "A" = 1\\nmeasure b "B" = a + 1\\n'
if sys.argv[1] == "rehearsed":
    Workspace({"f": sound}).check()
else:
    from stratagem.dsl.pipeline import check_text
    check_text(sound)
before = set(sys.modules)
space = Workspace({"f": sound.replace("= a + 1", "= aa + 1 when if 3/4")})
space.change("f", sound.replace("measure a ", "measure c "))
print(*sorted(name for name in set(sys.modules) - before if name.startswith("stratagem.dsl.parse.mend")))
"""


def loaded_at_the_first_mistake(what: str) -> list[str]:
    """The modules of mending that are loaded for a mistake after the first check."""
    command = [sys.executable, "-c", SCRIPT, what]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()


def test_after_the_first_check_in_an_editor_mending_is_loaded() -> None:
    assert loaded_at_the_first_mistake("rehearsed") == []


def test_a_check_by_itself_loads_none_of_it() -> None:
    assert len(loaded_at_the_first_mistake("checked")) > 5
