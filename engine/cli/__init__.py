"""The command line: words typed in, one page or one JSON document out, and an exit code.

One file a command under `commands/`, loaded only when it is called; `app` holds the group and the way faults end.
Nothing imports this package but `python -m stratagem` and the installed command.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that `sys.argv` names, and end the process with its exit code (see `exits`)."""
    _open_what_is_closed()
    gc.disable()  # until the command is there: what is imported is here to stay
    try:
        from stratagem.engine.cli.app import app

        app.main(prog_name="stratagem", last=True)
    except KeyboardInterrupt:  # before the command itself could answer it
        raise SystemExit("stratagem: stopped.") from None
    except SystemExit as ended:
        _leave(ended)
        raise


def _open_what_is_closed() -> None:
    """A command that was started without standard output or error (`>&-`) has nobody to tell, and still an exit code.

    The first file to be opened would else take the place of what is closed, and be written to.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w"))  # noqa: SIM115 - until the end


def _leave(ended: SystemExit) -> None:
    """End at once, where nothing is left to do: taking thousands of lines apart again takes a tenth of a check."""
    if not isinstance(ended.code, int) or threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(ended.code)
