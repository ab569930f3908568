"""The command line: words typed in, one page or one JSON document out, and an exit code.

One file a command under `commands/`, loaded only when it is called; `app` holds the group and the way faults end.
Nothing imports this package but `python -m stratagem` and the installed command.
"""

from __future__ import annotations

from typing import NoReturn


def main() -> NoReturn:
    """Run the command that `sys.argv` names, and end the process with its exit code (see `exits`)."""
    try:
        from stratagem.engine.cli.app import app

        app.main(prog_name="stratagem")
    except KeyboardInterrupt:  # before the command itself could answer it
        raise SystemExit("stratagem: stopped.") from None
