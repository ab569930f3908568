"""Stratagem: engagement strategies written as text, checked, and decided for every customer.

In: the name of a public thing. Out: that thing, imported when it is first asked for, so that
`import stratagem` alone costs nothing. The public names are in `__all__`; all else is private.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stratagem.engine.api import Engine, check, load

__version__ = "0.1.0"
__all__ = ["Engine", "__version__", "check", "load"]

_LAZY = frozenset({"Engine", "check", "load"})


def __getattr__(name: str) -> Any:
    """Return the public `name` from `stratagem.engine.api`; raise AttributeError for any other name."""
    if name not in _LAZY:
        raise AttributeError(f"module 'stratagem' has no attribute {name!r}")
    from stratagem.engine import api

    return getattr(api, name)


def __dir__() -> list[str]:
    """The public names, for completion in an interpreter."""
    return sorted(__all__)
