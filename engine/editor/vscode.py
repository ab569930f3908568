"""The VS Code extension, as far as it is made from the language: its grammar, its configuration, its manifest.

In: the catalogue. Out: files by their path in `plugins/vscode`. `make editor` writes them, a test holds them current;
the client (extension.js) and the README beside them are written by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from stratagem import __version__
from stratagem.dsl.catalogue.words import phrases
from stratagem.engine.editor.textmate import SCOPE, grammar, one_of

LANGUAGE = "stratagem"


def files() -> dict[str, str]:
    """The generated files: path → text."""
    made: dict[str, Any] = {
        "package.json": manifest(),
        "language-configuration.json": configuration(),
        "syntaxes/stratagem.tmLanguage.json": grammar(),
    }
    return {name: json.dumps(data, indent=2, ensure_ascii=False) + "\n" for name, data in made.items()}


def manifest() -> dict[str, Any]:
    """package.json: the language, its grammar, the client and its settings."""
    return {
        "name": "stratagem",
        "displayName": "Stratagem",
        "description": "Customer strategies as plain text: completion, hover, renaming, checks while you type.",
        "version": __version__,
        "publisher": "stratagem",
        "license": "UNLICENSED",
        "private": True,
        "engines": {"vscode": "^1.85.0"},
        "categories": ["Programming Languages", "Linters", "Formatters"],
        "main": "./extension.js",
        "activationEvents": [f"onLanguage:{LANGUAGE}"],
        "contributes": {
            "languages": [
                {
                    "id": LANGUAGE,
                    "aliases": ["Stratagem", "Strategy"],
                    "extensions": [".strategy"],
                    "configuration": "./language-configuration.json",
                }
            ],
            "grammars": [{"language": LANGUAGE, "scopeName": SCOPE, "path": "./syntaxes/stratagem.tmLanguage.json"}],
            "commands": [{"command": "stratagem.restart", "title": "Stratagem: start the language server anew"}],
            "configuration": {"title": "Stratagem", "properties": _settings()},
            "configurationDefaults": {
                f"[{LANGUAGE}]": {
                    "editor.tabSize": 2,
                    "editor.insertSpaces": True,
                    "editor.detectIndentation": False,
                    "editor.wordBasedSuggestions": "off",
                    "editor.semanticHighlighting.enabled": True,
                }
            },
        },
        "dependencies": {"vscode-languageclient": "^9.0.1"},
    }


def _settings() -> dict[str, Any]:
    return {
        "stratagem.command": {
            "type": "array",
            "items": {"type": "string"},
            "default": ["stratagem", "lsp"],
            "markdownDescription": "How the language server is started: the program and its arguments.",
        },
        "stratagem.trace.server": {
            "type": "string",
            "enum": ["off", "messages", "verbose"],
            "default": "off",
            "description": "What of the talk with the server is shown in the output panel.",
        },
    }


def configuration() -> dict[str, Any]:
    """Comments, brackets, and where a new line stands deeper."""
    pairs = [["(", ")"], ['"', '"']]
    blocks = one_of(phrase.words for phrase in phrases() if phrase.block)
    return {
        "comments": {"lineComment": "#"},
        "brackets": [["(", ")"], ["{{", "}}"], ["{%", "%}"]],
        "autoClosingPairs": [
            {"open": "(", "close": ")", "notIn": ["string", "comment"]},
            {"open": '"', "close": '"', "notIn": ["string", "comment"]},
            {"open": "{{", "close": " }}"},
        ],
        "surroundingPairs": pairs,
        "folding": {"offSide": True},
        "wordPattern": r"[a-z][a-z0-9_]*|[A-Za-z]+|[0-9][0-9.,]*",
        "onEnterRules": [
            {
                "beforeText": rf"^(?:{blocks})\b(?!.*\bwhen\b.*[^f]$).*$",
                "action": {"indent": "indent"},
            },
            {"beforeText": r"\b(?:all|any|none) of\s*$", "action": {"indent": "indent"}},
            {"beforeText": r"^\s*##.*\S\s*$", "action": {"indent": "none", "appendText": "## "}},
        ],
    }


def write(folder: Path) -> list[str]:
    """Write what has changed; the names of those files."""
    changed = []
    for name, text in files().items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(text, "utf-8")
            part.replace(path)
            changed.append(name)
    return changed


if __name__ == "__main__":
    print("\n".join(write(Path(sys.argv[1]))))
