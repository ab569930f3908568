"""Ways out that only the whole strategy shows: a name that was renamed in one place, or whose declaration is gone.

In: the findings of a check, what was built, and the texts. Out: the findings, those about one name brought together,
each with what can be done about it: the name that is declared and read by nobody, or a declaration with all that its
uses tell. Worked out from the findings anew on every check, so nothing of it is kept between two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.source import SourceText

if TYPE_CHECKING:
    from stratagem.dsl.model.build import Built

UNKNOWN = frozenset(("S261", "S265", "S266", "S276", "S278", "S286", "S289", "S311", "S493"))
"""Findings of a name that nothing is called."""
SHOWN = "S482"
"""The same of a name in the text of a message."""
UNFIT = frozenset(("S301", "S303", "S304", "S306", "S307", "S309", "S310", "S315", "S316", "S318", "S321"))
"""Findings of kinds that do not go together, which may come from where a name is declared."""
WORDS = frozenset(("S261", "S262", "S265", "S266", "S270", "S305", "S311"))
"""Findings of words that may be another wording of what the language says."""
CIRCLE, OVER_ALL, NO_ROWS = "S269", "S271", "S275"
"""Facts that read each other in a circle; an aggregate over what is neither a source nor a group; or over a source
whose rows are not many per customer."""
_TOGETHER = frozenset(("S263", "S264", "S414", CIRCLE, "S273", "S293", "S472"))
"""Findings that are brought together with others."""
LOST = frozenset(("S261", "S262", "S264", "S265", "S266", "S273", "S274", "S287", "S289", "S290", "S410", "S412"))
"""Findings that a field gives cause to where it stands in a wrong source."""
SHAPED = frozenset(("S261", "S262", "S265", "S266", "S273", "S275", "S276", "S278", "S285", "S286", "S410", "S482"))
"""Findings that a source of another shape than it is read as gives cause to, where it is read or at its own line."""
PRODUCTS = frozenset(("S150", "S158", "S162", "S168", "S267", "S270"))
"""Findings of a formula in which a product of fields is summed up: it does not read on, or means many values."""
_WORKED_OUT = UNKNOWN | UNFIT | WORDS | {SHOWN, CIRCLE, OVER_ALL, NO_ROWS}
"""Findings whose fixes are tried out in the strategy."""
_ANY = _WORKED_OUT | LOST | _TOGETHER | {"S131"}
LABELS = 8
"""Places that one finding shows besides its own, at most."""


def repaired(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The findings, with what the whole strategy tells about names; as they are where there are no such ones."""
    codes = {d.code for d in found}
    if not codes.isdisjoint(PRODUCTS):
        from stratagem.dsl.repair.products import as_fields  # only when there is a fault: start-up time

        found = as_fields(found, built, sources)
    if codes.isdisjoint(_ANY):
        return list(found)
    if not codes.isdisjoint(SHAPED):
        from stratagem.dsl.repair.shapes import reshaped

        found = reshaped(found, built, sources)
        codes = {d.code for d in found}
    if "S131" in codes or not codes.isdisjoint(LOST):
        from stratagem.dsl.repair.strayed import asked_for, strayed

        return asked_for(_repaired(strayed(found, built, sources), built, sources), sources)
    return _repaired(found, built, sources)


def _repaired(found: Sequence[Diagnostic], built: Built, sources: Mapping[str, SourceText]) -> list[Diagnostic]:
    codes = {d.code for d in found}
    from stratagem.dsl.repair.together import exchanged, named_as_field, named_as_read, named_twice, undated, unjoined

    if codes.isdisjoint(_WORKED_OUT):  # as where there are warnings alone
        together = named_twice(exchanged(undated(unjoined(found))))
        return named_as_field(named_as_read(together), built)
    from stratagem.dsl.repair.circles import closed, opened
    from stratagem.dsl.repair.completed import completed
    from stratagem.dsl.repair.kinds import declared_otherwise  # only when there is a fault: start-up time
    from stratagem.dsl.repair.rephrase import rephrased, with_periods
    from stratagem.dsl.repair.rows import over_rows
    from stratagem.dsl.repair.stand_in import of_customers
    from stratagem.dsl.repair.unknown import known_again

    rows = over_rows(opened(unjoined(found), built, sources), built, sources)
    worded = of_customers(closed(rephrased(with_periods(rows, built), built, sources), built, sources), built, sources)
    known = known_again(named_twice(exchanged(undated(worded))), built)
    whole = completed(named_as_field(named_as_read(known), built), built, sources)
    return declared_otherwise(whole, built)
