"""`check --fix`: the fixes of a strategy's findings put into its files, or shown as a difference, or neither.

In: a path and which fixes are wanted. Out: what was done, and the strategy as it then is. Files keep their line ends
and their byte order mark; several are written all or none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stratagem.dsl.diagnostics.apply import Repair, Repaired, Verdict, repair
from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.edits import Texts
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.parse.parse import Parsed, parse
from stratagem.dsl.pipeline import NO_RULES, Checked, Rules, check_nodes
from stratagem.engine.cli.diffs import diff
from stratagem.engine.cli.exits import FINDINGS, Refused
from stratagem.engine.cli.files import reason, write_all
from stratagem.engine.plug.opening import UNKNOWN_CODE

BOM = "\ufeff"


@dataclass(frozen=True)
class Fixed:
    """What fixing a strategy came to."""

    repaired: Repaired
    before: Texts

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the files that are to be different."""
        texts = self.repaired.texts
        return tuple(name for name in texts if texts[name].text != self.before[name].text)

    def diff(self, colour: bool = False) -> str:
        """What is different, file by file, as a unified diff that is safe to show."""
        texts = self.repaired.texts
        return "".join(diff(name, self.before[name].text, texts[name].text, colour) for name in self.changed)

    def said(self, written: bool) -> Iterator[str]:
        """A line for each fix that went in (or would go), with what it assumed; then those that did not."""
        word = "fixed" if written else "would be fixed"
        for done in self.repaired.applied:
            yield f"{word if done.fix.safe else f'{word}, assuming that it is meant'}: {_said(done)}"
        for left in self.repaired.declined:
            yield f"not fixed, for more would be wrong then: {_said(left)}"
        if not self.repaired.ended:
            yield "there is more to fix: run it again."


def fixed(checked: Checked, unsafe: bool, rules: Rules = NO_RULES) -> Fixed:
    """Put the fixes into the texts of a strategy that was checked; nothing is written."""
    return Fixed(repair(checked.sources, Workbench(rules), unsafe), checked.sources)


class Workbench:
    """Checks the texts of one strategy again and again; a file whose text is the same is not read again."""

    def __init__(self, rules: Rules = NO_RULES) -> None:
        self.rules = rules
        self.codes: tuple[str, ...] = ()
        self.parsed: dict[str, Parsed] = {}

    def __call__(self, texts: Texts) -> Verdict:
        """What is wrong with the lines, and with everything."""
        for name, source in texts.items():
            if name not in self.parsed or self.parsed[name].lines.source.text != source.text:
                self.parsed[name] = parse(source)
        found = self._check(texts)
        if not self.codes and any(d.code == UNKNOWN_CODE for d in found):
            from stratagem.engine.plug import doors

            self.codes = doors.codes()
            found = self._check(texts)
        return Verdict(tuple(d for name in texts for d in self.parsed[name].diagnostics), found)

    def _check(self, texts: Texts) -> tuple[Diagnostic, ...]:
        nodes = [node for name in texts for node in self.parsed[name].nodes]
        read = [d for name in texts for d in self.parsed[name].diagnostics]
        return check_nodes(nodes, read, texts, self.codes, self.rules).diagnostics


def write(done: Fixed) -> None:
    """The changed files, all or none. Refused when one of them is no longer what was checked."""
    write_all({Path(name): _bytes(name, done) for name in done.changed})


def _bytes(name: str, done: Fixed) -> bytes:
    """The new text of a file, with the line ends and the byte order mark that it has."""
    try:
        with open(name, encoding="utf-8", newline="") as file:
            now = file.read()
    except (OSError, UnicodeDecodeError) as fault:
        why = reason(fault) if isinstance(fault, OSError) else "it is no longer UTF-8"
        raise Refused(f"cannot fix {name}: {why}.", "nothing was changed.", FINDINGS) from fault
    mark = BOM if now.startswith(BOM) else ""
    if now.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n") != done.before[name].text:
        raise Refused(f"{name} was changed by somebody else meanwhile.", "nothing was written; run it again.", FINDINGS)
    text = done.repaired.texts[name].text
    ends = now.count("\r\n")
    if ends and ends >= now.count("\n") - ends:
        text = text.replace("\n", "\r\n")
    return (mark + text).encode("utf-8")


def _said(done: Repair) -> str:
    place = f"{done.diagnostic.span}: {done.diagnostic.code} {words(done.diagnostic).title}"
    return f"{place}: {done.fix.title}"
