"""What is decided where a statement's own line does not say it, as data: the reference's last part.

In: nothing. Out: `RULES`, by heading. Each is held by a test of the room that carries it out.
"""

from __future__ import annotations

from typing import Final

RULES: Final[dict[str, tuple[str, ...]]] = {
    "The file": (
        "A strategy has one `decide`, as it has one `business`, `customer` and `journey`. `resources` may stand in "
        "several places, and are one.",
        "A strategy that does not say `language` is read as language 1, and a note says so.",
        "A goal, a question, a scenario, a matrix or a contact policy without lines below it is a warning: it says "
        "nothing. A channel, an offer or a segment may be a name alone.",
    ),
    "Names and formulas": (
        "An assumption, and the bound of a tier, may read literals and other assumptions only.",
        "An aggregate may not stand inside the `where` of another: name it as a measure first.",
        "The names of metrics are a space of their own: a metric may be called like a measure.",
        "A look-up is read by its key: with `one per product`, `orders.product.category`. The look-up's own name is "
        "understood as well.",
        "A field with a formula joins no look-up: look-ups are joined before formulas are worked out.",
        "`tier is not gold` asks for another tier: outside the tiers' `when` it is false, like every condition on it.",
        "Money divided by a duration is money per time; a count per time times money is money per time.",
        "A field of type `duration` holds minutes to weeks.",
        '`\\"` is the only escape in quoted text.',
    ),
    "Comments that ignore": (
        "`# ignore CODE because REASON` accepts a warning or a finding of a lint rule in one place, by code or by the "
        "rule's name; several stand with commas between them. What is ignored is counted. An error is never ignored.",
        "At the end of a line it covers what is found on that line, with all that the line's brackets hold. On a line "
        "of its own it covers the next statement and all that stands below it: above a block's head the whole block.",
        "`waive CODE because` accepts a finding in the whole strategy, settings in all strategies of a project.",
    ),
    "Data": (
        "A row without an identity belongs to nobody: it makes no customer and is counted. Rows that `row excluded "
        "when` leaves out make no customer either.",
        "A file is looked for under `--data`, then beside the strategy, and in each place by its name first, then by "
        "its name with another ending (`orders.parquet` for `orders.csv`).",
        "Numbers are written `12.50` or `1,234.50`; a lone `12,000` might be twelve: it is not read.",
        "Of one-per-customer rows that repeat a customer, those dated after the as-of moment are not known yet; of the "
        "others the latest holds.",
        "A figure of 10^20 or more, either way, is known and compared, and has no part in sums and averages; it is "
        "counted.",
        "A row of a CSV file that has fewer cells than there are headers is a row; what it lacks is missing, and it is "
        "counted.",
        "A timestamp without a zone is on the wall clock of the strategy's time zone; one with a zone is moved to it.",
        "Hours are counted on that clock. An hour that it skips in spring, written all the same, stands where it is "
        "written, after the hour before it; an hour that it repeats in autumn stands once.",
    ),
    "Deciding": (
        "A pair's place in the order comes from its score through the first channel that `allowed`, history and a "
        "score above 0 leave open; it keeps that place when it has to take a later channel. A channel whose score is "
        "not above 0 is passed over.",
        "`phase N`: an action of a later phase waits (gate `rank`) while one of an earlier phase is open for the "
        "customer. Without a phase an action always competes.",
        "`slot NAME takes K`: named places of the list, in order of rank. Without `at most`, they also are its length.",
        "`not with` works both ways, within one list.",
        "`every P` and `rests P` both ask that P has passed since the last outbound contact with the action; `after A "
        "within P` asks for a contact with A that is not older. All are the gate `policy`.",
        "An action's time goes to the people it uses, a channel's to its own; where only one of them uses people, they "
        "spend both.",
        "What is left of a budget, a capacity, hours or a stock is that of the calendar period (weeks start on Monday) "
        "that holds the as-of moment, less history. An action takes one item of each offer it has.",
        "`at least 200 through phone`: the best pairs that can go through it come first, until 200 are reached.",
        "An action that serves several goals has the weight of the first.",
        "An unknown membership is no membership: who is not known to be in a segment we do not serve is not kept out.",
        "Who lacks the contact that `after A within P` asks for is not eligible in the ledger: no limit keeps them "
        "from the action.",
        "The ledger's entries from least to furthest: not eligible, data missing, nothing to gain, limited by policy, "
        "out of budget or capacity, held out, acted on.",
    ),
    "Tests": (
        "A channel's address that a test does not give counts as known: a test is about the strategy. `email = "
        "missing` states that there is none.",
        "An action that is withheld is no action, because of `holdout`.",
        "Under `because`, a tier's name stands for a condition on its `segments` block.",
        "`row excluded when` and formula fields apply to given rows; what is given wins over a formula.",
    ),
}
