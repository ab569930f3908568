"""Which limit, rest, silence or hour stands in an action's way is said, with its line."""

import re

from stratagem.dsl import check_text
from stratagem.engine.explain.explanation import Explanation
from stratagem.engine.moment import Moment
from stratagem.engine.single import Single
from tests.tools.house import ROOT

TEXT = (ROOT / "tests" / "casework" / "small.strategy").read_text("utf-8")
SMALL = TEXT.replace("  hold out 5%\n", "").replace("  through mail, till\n", "  through mail\n")
POLICY = """
contact policy "Rules"
  quiet from 20:00 to 09:00
  silence 14 days after latest of orders.ordered_on
"""
BUYER = {"buyer_id": "B1", "email": "b@example.com", "mail_agreed": True}
ORDERS = [{"ordered_on": "2026-10-20", "product": "a", "pieces": 4, "price": 60}]


def told(text: str, as_of: str, contacts: list[dict[str, object]] | None = None) -> Explanation:
    checked = check_text(text.replace("top 10%", "from 90 EUR"))
    assert checked.strategy is not None, [(d.code, str(d.span)) for d in checked.errors]
    single = Single(checked.strategy)
    moment = Moment.parse(as_of, "Europe/Berlin")
    record, _ = single.record({**BUYER, "orders": ORDERS}, moment)
    return single.explain_record({**record, "contacts": contacts or []}, moment)


def note(found: Explanation) -> str:
    offer = found.of("offer")
    assert offer is not None
    return next(g.note for g in offer.gates if g.gate == "policy")


def test_a_silence_is_named() -> None:
    said = note(told(SMALL + POLICY, "2026-10-25"))
    assert re.search(r"`silence 14 days after latest of orders.ordered_on` holds \(strategy:\d+\)", said)


def test_quiet_hours_are_named() -> None:
    assert "quiet hours, through mail" in note(told(SMALL + POLICY, "2026-12-25 21:00"))


def test_a_rest_and_a_limit_are_named() -> None:
    contact = {"at": Moment.parse("2026-11-20").micros, "action": "offer", "channel": "mail", "kind": "selling"}
    said = note(told(SMALL, "2026-11-22", [contact]))
    assert "`rests 30 days`: it was made not long ago" in said
    assert "`limit 1 per 7 days mail` is reached" in said or "`limit 1 per 7 days" in said


def test_nothing_is_said_where_nothing_stands_in_the_way() -> None:
    assert note(told(SMALL, "2026-12-25")) == ""
