"""What a rule is made of, and what it needs of the strategy."""

from __future__ import annotations

from collections.abc import Iterable

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Fix, Label
from stratagem.dsl.diagnostics.text import Text
from stratagem.dsl.record import record
from stratagem.dsl.source import NOWHERE, Span

__all__ = ["Rule", "Text"]


@record
class Rule:
    """A code and the words for it. What finds it is the function `find` beside it, from a Context to diagnostics."""

    code: str
    text: Text

    def at(
        self,
        span: Span,
        *,
        labels: Iterable[Label | None] = (),
        near: tuple[str, ...] = (),
        fixes: Iterable[Fix | None] = (),
        **args: object,
    ) -> Diagnostic:
        """One finding of the rule. Labels without a place and absent fixes are left out."""
        kept = tuple(label for label in labels if label is not None and label.span != NOWHERE)
        repairs = tuple(fix for fix in fixes if fix is not None)
        return Diagnostic(self.code, span, args, kept, near[:4], repairs)
