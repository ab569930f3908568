"""Exit codes, and the faults that lead to them."""

from __future__ import annotations

FINE = 0
FINDINGS = 1
WRONG_USE = 2
INTERNAL = 3


class Refused(Exception):
    """The command cannot do what was asked; `message` says why, `help` what to do instead.

    `code` is WRONG_USE for what was typed, FINDINGS for what was found in files.
    """

    def __init__(self, message: str, help: str = "", code: int = WRONG_USE) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.code = code
