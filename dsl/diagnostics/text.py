"""The words of a diagnostic, kept apart from the code that finds it; one file per family and language."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from stratagem.dsl.diagnostics.diagnostic import Diagnostic, Severity
from stratagem.dsl.record import record


@record
class Text:
    """Templates with `{named}` arguments, which the diagnostic supplies.

    `title` says in one line what is wrong; `reason` why it is; `help` what to write instead ("" when the reason
    says all there is). `shows`: the help shows what to write, as far as it is known for all such findings; a finding
    with a fix knows it better, and says that in its place.
    """

    severity: Severity
    title: str
    reason: str
    help: str = ""
    shows: bool = False

    @property
    def arguments(self) -> frozenset[str]:
        """The names of the arguments its templates use."""
        from string import Formatter

        templates = (self.title, self.reason, self.help)
        return frozenset(name for t in templates for _, name, _, _ in Formatter().parse(t) if name)


@record
class Wording:
    """A diagnostic in words."""

    severity: Severity
    title: str
    reason: str
    help: str


@cache
def texts(language: str = "en") -> dict[str, Text]:
    """Every text of a language: of the language itself, of data and plug-ins, and of the lint rules."""
    from stratagem.dsl.lint.catalogue import RULES, module

    return {**_written(language), **{code: module(code).RULE.text for code in RULES}}


def text_of(code: str, language: str = "en") -> Text:
    """One text; of a rule's code only that rule is loaded. Raises KeyError for a code that is none."""
    if not code.startswith("L"):
        return _written(language)[code]
    from stratagem.dsl.lint.catalogue import module

    return module(code).RULE.text


def is_known(code: str) -> bool:
    """Is there such a code."""
    try:
        text_of(code)
    except KeyError:
        return False
    return True


@cache
def _written(language: str) -> dict[str, Text]:
    """All texts from the modules of `texts` whose name starts with the language. Raises on a repeated code."""
    from stratagem.dsl.diagnostics import texts as package

    found: dict[str, Text] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        if module.name.split("_")[0] != language:
            continue
        for code, text in importlib.import_module(f"{package.__name__}.{module.name}").TEXTS.items():
            if code in found:
                raise ValueError(f"{code} has two texts")
            found[code] = text
    return found


def words(diagnostic: Diagnostic, language: str = "en") -> Wording:
    """The diagnostic in words; what to write for it is what its first fix writes.

    Raises KeyError for a code without a text, or an argument that is not supplied.
    """
    text = text_of(diagnostic.code, language)
    args = {name: _shown(value) for name, value in diagnostic.args.items()}
    title, reason = _fill(text.title, args), _fill(text.reason, args)
    if diagnostic.fixes and text.shows:
        return Wording(diagnostic.severity or text.severity, title, reason, _shown(diagnostic.fixes[0].title))
    return Wording(diagnostic.severity or text.severity, title, reason, _fill(text.help, args))


def severity(diagnostic: Diagnostic) -> Severity:
    """How grave it is: as the settings have it, else as the text catalogue has it."""
    return diagnostic.severity or text_of(diagnostic.code).severity


def _fill(template: str, args: dict[str, str]) -> str:
    return template.format_map(args) if "{" in template else template


def _shown(value: object) -> str:
    """An argument as text: without control characters, and never longer than a line can bear."""
    text = str(value)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return text if len(text) <= 500 else text[:499] + "…"
