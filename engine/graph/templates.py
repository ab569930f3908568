"""Which names a message template reads."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import TemplateSyntaxError, meta
from jinja2.sandbox import SandboxedEnvironment

_ENVIRONMENT = SandboxedEnvironment()


@lru_cache(maxsize=1024)
def template_names(text: str) -> frozenset[str]:
    """Names a template reads; none when it does not parse (the check says so in its own words)."""
    try:
        return frozenset(meta.find_undeclared_variables(_ENVIRONMENT.parse(text)))
    except TemplateSyntaxError:
        return frozenset()
