"""Imports run one way: plugins -> engine -> dsl; surfaces are leaves; every import is absolute."""

import pytest

from tests.tools.house import Module, product_modules
from tests.tools.rules import wrong_imports


def test_every_import_goes_the_one_way() -> None:
    modules = product_modules()
    assert {module.name for module in modules} > {"stratagem.__main__", "stratagem.dsl.source"}
    assert [breach for module in modules for breach in wrong_imports(module)] == []


@pytest.mark.parametrize(
    ("importer", "text"),
    [
        ("stratagem.dsl.check", "from stratagem.engine.graph import build"),
        ("stratagem.dsl.check", "def late():\n    import stratagem.plugins.readers"),
        ("stratagem.dsl.check", "from stratagem import load"),
        ("stratagem.engine.data", "from stratagem.plugins import readers"),
        ("stratagem.engine.data", "if TYPE_CHECKING:\n    from stratagem.plugins.readers import Csv"),
        ("stratagem.engine.data", "import_module('stratagem.plugins.readers')"),
        ("stratagem.engine.data", "load('stratagem.plugins.readers:csv')"),
        ("stratagem.engine.api", "from stratagem.engine.cli import main"),
        ("stratagem.engine.api", "from stratagem.engine import cli"),
        ("stratagem.plugins.readers", "from stratagem.strategies import coffee"),
        ("stratagem.engine.api", "from . import graph"),
        ("stratagem.engine.api", "from dsl.source import Span"),
        ("stratagem.engine.api", "from tests.tools import house"),
    ],
)
def test_a_wrong_import_is_seen(importer: str, text: str) -> None:
    [breach] = wrong_imports(Module("planted.py", importer, text))
    assert breach.startswith("planted.py:")


@pytest.mark.parametrize(
    ("importer", "text"),
    [
        ("stratagem.dsl.check", "from stratagem.dsl.source import Span"),
        ("stratagem.engine.data", "from stratagem.dsl.source import Span"),
        ("stratagem.engine.data", "from stratagem import __version__"),
        ("stratagem.engine.data", "entry_points(group='stratagem.readers')"),
        ("stratagem.engine.cli.init", "files('stratagem.strategies')"),
        ("stratagem.engine.cli.plan", "from stratagem.engine.cli.output import table"),
        ("stratagem.plugins.readers", "from stratagem.engine.data import Table\nimport stratagem.dsl.source"),
        ("stratagem.__main__", "from stratagem.engine.cli import main"),
    ],
)
def test_a_right_import_is_not_blamed(importer: str, text: str) -> None:
    assert wrong_imports(Module("planted.py", importer, text)) == []
