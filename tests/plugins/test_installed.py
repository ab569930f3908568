"""Plug-ins installed for real: a sound one is used everywhere, a broken one is reported and stops nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent

STRATEGY = """
language 1
strategy plugged "With a plug-in"
  currency EUR
customer person "Somebody"
  identified by person_id
source people "File" from "people.bars"
  one per customer by person_id
  field person_id text
  field age number
measure half_age "Half the age" = halve(age)
action greet "Greet"
  through shop
  when half_age >= 10
  chance = 0.5
  worth = 1 EUR
channel shop "Shop" inbound
decide
  at most 1 actions per customer
waive HSE1 because "Nobody owns anything yet"
"""

USE = """
import io, json, sys
from datetime import date
from pathlib import Path
from stratagem.engine import pipeline
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.data.places import Places
from stratagem.engine.moment import Moment
from stratagem.engine.plug import doors, opening

checked = opening.load(sys.argv[1])
strategy = checked.strategy
moment = Moment(date(2026, 11, 2))
loaded = pipeline.read_customers(strategy, Places(beside=Path(sys.argv[1]).parent), moment)
run = pipeline.run(strategy, loaded, moment)
report = diagnose(strategy, moment.date)
file = io.BytesIO()
doors.channels().items["tabs"].write(["customer", "body"], [["P1", "one\\ttwo"], ["P2", None]], file)
print(json.dumps({
    "findings": [d.code for d in checked.diagnostics],
    "halves": dict(zip(run.customers["@id"], run.customers["half_age"])),
    "acted on": sorted(run.decisions.list["customer"]),
    "house rules": report.finding("HSE1").status,
    "frameworks": [f.name for f in report.frameworks],
    "tabs": file.getvalue().decode(),
    "problems": [p.text for p in doors.problems()],
}))
"""

REPORT = """
import json
from datetime import date
from stratagem.dsl import check_text
from stratagem.dsl.diagnostics.text import words
from stratagem.engine.complete.diagnose import diagnose
from stratagem.engine.plug import doors

report = diagnose(check_text('language 1\\nstrategy bare "Bare"\\n  currency EUR\\n').strategy, date(2026, 11, 2))
problems = doors.problems()
print(json.dumps({
    "codes": {f"{p.group.partition('.')[2]}/{p.name}": p.code for p in problems},
    "distributions": sorted({p.distribution for p in problems}),
    "titles": sorted(words(p.diagnostic()).title for p in problems),
    "readers": sorted(doors.readers().items),
    "channels": sorted(doors.channels().items),
    "frameworks": sorted(doors.frameworks().items),
    "problems of the report": report.problems,
    "fails": report.finding("FAI1").status,
    "judged": report.framework("seven_elements").judged,
}))
"""


def installed(name: str, folder: Path) -> Path:
    """Install a plug-in of this folder into a folder of its own, as pip does it."""
    source = folder / "source"
    shutil.copytree(HERE / name, source, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    command += ["--disable-pip-version-check", "--target", str(folder / "site"), str(source)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return folder / "site"


def told(program: str, site: Path, *arguments: str) -> dict[str, Any]:
    """What a program prints with the plug-in on its path."""
    settings = {**os.environ, "PYTHONPATH": str(site)}
    ran = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, env=settings)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.slow
def test_a_sound_plugin_is_used_everywhere(tmp_path: Path) -> None:
    site = installed("example_plugin", tmp_path)
    (tmp_path / "plugged.strategy").write_text(STRATEGY, "utf-8")
    (tmp_path / "people.bars").write_text("person_id|age\nP1|34\nP2|15\nP3|\n", "utf-8")
    found = told(USE, site, str(tmp_path / "plugged.strategy"))
    assert found["findings"] == []
    assert found["halves"] == {"P1": 17.0, "P2": 7.5, "P3": None}
    assert found["acted on"] == ["P1"]
    assert found["house rules"] == "waived"
    assert "house_rules" in found["frameworks"] and "seven_elements" in found["frameworks"]
    assert found["tabs"] == "customer\tbody\nP1\tone two\nP2\t\n"
    assert found["problems"] == []


@pytest.mark.slow
def test_a_broken_plugin_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    found = told(REPORT, installed("broken_plugin", tmp_path))
    assert found["codes"] == {
        "readers/nowhere": "P101",
        "readers/number": "P102",
        "functions/min_again": "P102",
        "channels/csv": "P104",
        "channels/tomorrow": "P103",
        "frameworks/explodes": "P101",
        "frameworks/empty": "P102",
        "frameworks/takes_codes": "P104",
    }
    assert found["distributions"] == ["broken-plugin"]
    assert all("broken-plugin" in title for title in found["titles"])
    assert set(found["readers"]) >= {"compressed", "csv", "jsonl", "parquet"}
    assert not {"nowhere", "number"} & set(found["readers"])
    assert "csv" in found["channels"] and "tomorrow" not in found["channels"]
    assert "fails" in found["frameworks"] and "seven_elements" in found["frameworks"]
    assert found["problems of the report"][-1] == "check FAI1 of fails failed: RuntimeError: this check always fails"
    assert found["fails"] == "not measured"
    assert found["judged"] == 8


def test_without_the_plugin_its_words_are_unknown(tmp_path: Path) -> None:
    from stratagem.engine.plug import opening

    found = {d.code for d in opening.check(STRATEGY).diagnostics}
    assert {"S270", "S498"} <= found
