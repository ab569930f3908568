"""Which way out belongs to which message."""

from __future__ import annotations

from collections.abc import Mapping

from stratagem.dsl.parse.ways import Way
from stratagem.dsl.parse.ways.circles import another_stage, takes_nothing, waits
from stratagem.dsl.parse.ways.declare import declared
from stratagem.dsl.parse.ways.elsewhere import moves, not_yet, says_nothing, tier
from stratagem.dsl.parse.ways.order import case_up, inside, last_case, tier_up
from stratagem.dsl.parse.ways.spoken import empty, of_a_field, times, unknown_word, yes_or_no
from stratagem.dsl.parse.ways.twice import cell, declared_twice, either_out, given_twice, said_twice

WAYS: Mapping[str, Way] = {
    "S130": tier,
    "S131": moves,
    "S134": says_nothing,
    "S136": says_nothing,
    "S144": said_twice,
    "S190": not_yet,
    "S181": last_case,
    "S186": inside,
    "S191": takes_nothing,
    "S261": unknown_word,
    "S262": of_a_field,
    "S263": declared_twice,
    "S270": times,
    "S278": declared,
    "S305": empty,
    "S327": yes_or_no,
    "S430": tier_up,
    "S440": another_stage,
    "S453": either_out,
    "S473": either_out,
    "S476": takes_nothing,
    "S477": waits,
    "S489": cell,
    "S496": given_twice,
    "L013": case_up,
}
