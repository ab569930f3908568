"""The package's face: the few names that `import stratagem` offers, each fetched when it is asked for."""

import tomllib

import pytest

import stratagem
from tests.tools.house import ROOT


@pytest.mark.parametrize("name", ["load", "check", "Engine"])
def test_a_public_name_is_the_one_of_the_api(name: str) -> None:
    from stratagem.engine import api

    assert getattr(stratagem, name) is getattr(api, name)


def test_the_face_lists_its_names_and_no_others() -> None:
    assert set(dir(stratagem)) == {"Engine", "__version__", "check", "load"}
    with pytest.raises(AttributeError, match="has no attribute 'plan'"):
        _ = stratagem.plan


def test_the_version_is_the_one_that_is_built() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert stratagem.__version__ == project["version"]
