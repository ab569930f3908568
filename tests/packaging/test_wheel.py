"""The wheel, as someone receives it: built from the source archive, installed where nothing else of ours is."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests.tools.house import FOLDERS, ROOT, own_files

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """What `command` printed; on failure the assertion shows all it said."""
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the files that are under version control: building leaves a `build` folder behind it."""
    copy = tmp_path_factory.mktemp("sources")
    for path in own_files():
        target = copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / path).read_bytes())
    return copy


@pytest.fixture(scope="module")
def dist(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that was built from that archive."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--skip-dependency-check", "--outdir", out, cwd=sources)
    return out


@pytest.fixture(scope="module")
def wheel(dist: Path) -> Path:
    [found] = dist.glob("stratagem-*.whl")
    return found


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; its dependencies are read from the environment that runs the tests."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home, with_pip=False)
    run(sys.executable, "-m", "pip", "--python", home / "bin/python", "install", "--no-deps", "--no-index",
        "--disable-pip-version-check", wheel, cwd=home)  # fmt: skip
    return home


def site_packages(home: Path) -> Path:
    [found] = home.glob("lib/python*/site-packages")
    return found


def installed_path(path: PurePosixPath) -> PurePosixPath | None:
    """Where the wheel has a file of the repository, or None for one that is not to be in it."""
    for folder, package in FOLDERS.items():
        if path.is_relative_to(folder):
            return PurePosixPath(package.replace(".", "/")) / path.relative_to(folder)
    return None


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(sources: Path, wheel: Path) -> None:
    files = [PurePosixPath(p.relative_to(sources).as_posix()) for p in sources.rglob("*") if p.is_file()]
    wanted = {str(target) for path in files if (target := installed_path(path))}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert "stratagem/py.typed" in held
    assert held - wanted == set(), "in the wheel, but not in a package"
    assert wanted - held == set(), "in a package, but not in the wheel: see package-data in pyproject.toml"


def test_the_source_archive_holds_the_same(sources: Path, dist: Path) -> None:
    [archive] = dist.glob("stratagem-*.tar.gz")
    with tarfile.open(archive) as tar:
        held = {PurePosixPath(*PurePosixPath(name).parts[1:]) for name in tar.getnames()}
    files = [PurePosixPath(p.relative_to(sources).as_posix()) for p in sources.rglob("*") if p.is_file()]
    assert {path for path in files if installed_path(path)} - held == set()


def test_only_stratagem_lands_in_site_packages(home: Path) -> None:
    names = {path.name for path in site_packages(home).iterdir()}
    [metadata] = {name for name in names if name.endswith(".dist-info")}
    assert metadata.startswith("stratagem-")
    assert names == {"stratagem", metadata}


def test_the_installed_package_runs_without_the_repository(home: Path, tmp_path: Path) -> None:
    import click

    # Appended by hand, the folder of the dependencies brings no .pth file with it, so no editable install either.
    program = (
        f"import sys; sys.path.append({str(Path(click.__file__).parents[1])!r})\n"
        "import importlib.resources, stratagem, stratagem.engine.cli as cli\n"
        "print(cli.__file__)\n"
        "print(importlib.resources.files('stratagem.strategies').joinpath('coffee').is_dir())\n"
        "print(callable(stratagem.load))\n"
    )
    where, coffee, load = run(home / "bin/python", "-I", "-c", program, cwd=tmp_path).splitlines()
    assert Path(where).is_relative_to(site_packages(home))
    assert (coffee, load) == ("True", "True")
    assert (home / "bin/stratagem").exists()
