"""The VS Code extension: its manifest names what is there, and its client starts the server, also after a failed start.

The client is run where Node is installed, with a stand-in for VS Code and its client library.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.tools.house import ROOT

FOLDER = ROOT / "plugins" / "vscode"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text("utf-8"))
NODE = shutil.which("node")


def faults(manifest: dict[str, Any], folder: Path = FOLDER) -> list[str]:
    """What a manifest names and is not so."""
    gives = manifest["contributes"]
    languages = {each["id"] for each in gives["languages"]}
    paths = [manifest["main"], *(each["configuration"] for each in gives["languages"])]
    paths += [each["path"] for each in gives["grammars"]]
    found = [f"no file {path}" for path in paths if not (folder / path).is_file()]
    found += [f"no language {g['language']}" for g in gives["grammars"] if g["language"] not in languages]
    found += [
        f"no language in {e}" for e in manifest["activationEvents"] if e.removeprefix("onLanguage:") not in languages
    ]
    found += [f"no language {key}" for key in gives["configurationDefaults"] if key.strip("[]") not in languages]
    for grammar in gives["grammars"]:
        scope = json.loads((folder / grammar["path"]).read_text("utf-8"))["scopeName"] if not found else None
        found += [f"{grammar['path']} is {scope}"] if scope not in (None, grammar["scopeName"]) else []
    return found


def test_all_that_the_manifest_names_is_there() -> None:
    assert faults(MANIFEST) == []


def test_what_is_not_there_is_seen() -> None:
    spoilt = json.loads(json.dumps(MANIFEST))
    spoilt["main"] = "./client.js"
    spoilt["activationEvents"] = ["onLanguage:strategy"]
    spoilt["contributes"]["grammars"][0]["language"] = "plan"
    assert faults(spoilt) == ["no file ./client.js", "no language plan", "no language in onLanguage:strategy"]
    spoilt = json.loads(json.dumps(MANIFEST))
    spoilt["contributes"]["grammars"][0]["scopeName"] = "source.other"
    assert faults(spoilt) == ["./syntaxes/stratagem.tmLanguage.json is source.stratagem"]


@pytest.mark.skipif(NODE is None, reason="Node runs it")
def test_the_client_starts_the_server_and_starts_it_again() -> None:
    assert NODE is not None
    script = Path(__file__).parent / "stand_in.js"
    ran = subprocess.run([NODE, str(script), str(FOLDER / "extension.js")], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0 and ran.stderr == "", ran.stderr
    told = json.loads(ran.stdout)
    gives = MANIFEST["contributes"]
    assert told["registered"] == [each["command"] for each in gives["commands"]]
    assert {f"stratagem.{name}" for name in told["asked"] if name != "stratagem"} <= set(
        gives["configuration"]["properties"]
    )
    assert {each["language"] for each in told["selectors"]} == {each["id"] for each in gives["languages"]}
    # The program was not there; then it was, and was started anew; then its setting changed.
    (error,) = told["errors"]  # the library's own notice of the same fault stays in the output panel
    assert "`absent` could not be started" in error and 'pip install "stratagem[lsp]"' in error
    assert told["opened"] == [["workbench.action.openSettings", "stratagem.command"]]
    assert (told["started"], told["stopped"]) == (2, 2)
    # Over its pipes: a `transport` makes the library add arguments of its own to the command.
    command, *words = gives["configuration"]["properties"]["stratagem.command"]["default"]
    assert told["servers"][1:] == [{"command": command, "args": words, "options": {"cwd": "/shop"}}] * 2
