"""`stratagem lsp`: the language server that editors start."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.exits import FINDINGS, FINE, Refused
from stratagem.engine.cli.options import debug_option

if TYPE_CHECKING:
    from stratagem.dsl.pipeline import Rules

SELDOM = (50_000, 20, 50)
"""How seldom Python looks for circles of objects: each look at a long strategy is a pause while somebody types."""


@click.command("lsp")
@click.option("--stdio", is_flag=True, expose_value=False, help="Said by many editors; there is no other way here.")
@debug_option
def command() -> int:
    """Serve an editor over standard input and output, as the Language Server Protocol says.

    Nobody calls this by hand: an editor does. docs/editor.md says how VS Code, Neovim, Helix and Emacs are told to.
    It needs the extra [lsp].
    """
    try:
        from stratagem.engine.editor.answers import serve
        from stratagem.engine.editor.server import Server
    except ModuleNotFoundError as absent:
        if (absent.name or "").partition(".")[0] not in ("pygls", "lsprotocol", "cattrs"):
            raise
        raise Refused(
            "the language server needs the package pygls, which is not installed.",
            'install it with: pip install "stratagem[lsp]"',
        ) from None
    gc.set_threshold(*SELDOM)
    server = serve(Server(rules_of))
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        server.start_io(sys.stdin.buffer, out)
    return FINE if server.dismissed else FINDINGS


def rules_of(root: str) -> Rules:
    """The severities in the settings nearest to a strategy. Raises ValueError with the reason for wrong ones."""
    from stratagem.engine.cli.settings import find_settings

    folder = Path(root) if Path(root).is_dir() else Path(root).parent
    try:
        return find_settings(folder if folder.is_dir() else None).rules()
    except Refused as wrong:
        raise ValueError(f"{wrong.message} {wrong.help}".strip()) from None
