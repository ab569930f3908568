"""`decide`: how the best actions are chosen from all that are possible."""

from stratagem.dsl.catalogue.blocks.channel import KINDS
from stratagem.dsl.catalogue.statement import TOP, Statement

_D = ("decide",)

STATEMENTS = (
    Statement(
        "decide", (TOP,), "decide",
        "How the best actions are chosen from all that are possible. A strategy has one.",
        "decide",
        opens="decide", fills="decide", builds="Decide", children="statements",
    ),
    Statement(
        "decide.at_most", _D, "at most {at_most:integer} (actions | action) per customer",
        "How many actions one customer gets at most.",
        "at most 3 actions per customer",
        once=True,
    ),
    Statement(
        "decide.slot", _D, "slot {name:name(slot)} takes {takes:integer}",
        "A place in the list, and how many actions it takes.",
        "slot home_page takes 1",
        fills="slots", builds="PlanSlot",
    ),
    Statement(
        "decide.rank", _D, "rank by {formula:formula}",
        "The score by which actions are ranked.",
        "rank by chance * worth * weight - cost",
        fills="rank", once=True,
    ),
    Statement(
        "decide.hold_out", _D, f"hold out {{share:share}} [for {KINDS}]",
        "The share of customers, drawn at random and kept, who get nothing, so that the whole can be measured.",
        "hold out 5% for selling, marketing",
        fills="hold_out", builds="HoldOut", once=True,
    ),
    Statement(
        "decide.allocate", _D,
        "allocate ({greedily:flag(greedily)} [within {allocate:refs(budget)}] "
        "| within {allocate:refs(budget)} [{greedily:flag(greedily)}])",
        "Chooses for all customers at once, within these budgets, so that the whole is worth most; `greedily`: "
        "one by one.",
        "allocate within outreach",
        once=True,
    ),
    Statement(
        "decide.at_least", _D, "at least {count:number} through {channel:ref(channel)}",
        "So many contacts at least go through this channel.",
        "at least 200 through phone",
        fills="minimums", builds="Minimum",
    ),
    Statement(
        "decide.spend_cap", _D, "at most {share:share} of {budget:ref(budget)} on {segments:refs(segment|tier)}",
        "No more than this share of a budget is spent on these segments.",
        "at most 30% of outreach on platinum, gold",
        fills="spend_caps", builds="SpendCap",
    ),
)  # fmt: skip
