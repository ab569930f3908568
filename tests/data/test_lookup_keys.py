"""Which fields join a look-up."""

from pathlib import Path

from stratagem.dsl import check_text
from stratagem.engine.data.load import load
from stratagem.engine.data.places import Places
from stratagem.engine.moment import Moment
from tests.tools.house import ROOT

FIELDS = "  field code text\n  field product text = upper(code)\n"


def test_a_field_with_a_formula_joins_no_look_up(tmp_path: Path) -> None:
    """Look-ups are joined before formulas are worked out; who reads through such a field is told by the check."""
    text = (ROOT / "tests" / "casework" / "small.strategy").read_text("utf-8")
    text = text.replace("  field product text\n  field pieces", f"{FIELDS}  field pieces")
    assert {d.code for d in check_text(text).errors}, "`product.shelf` is read through a field with a formula"
    quiet = text.replace("where product.shelf is fruit", "where pieces > 3")
    strategy = check_text(quiet).strategy
    assert strategy is not None
    (tmp_path / "people.csv").write_text("buyer_id,seen_on,email,mail_agreed,mood\nB1,2026-10-01,,yes,5\n", "utf-8")
    (tmp_path / "orders.csv").write_text("buyer_id,ordered_on,code,pieces,price\nB1,2026-10-01,a,2,3\n", "utf-8")
    (tmp_path / "products.csv").write_text("product,shelf\nA,fruit\n", "utf-8")
    loaded = load(strategy, Places(tmp_path), Moment.parse("2026-11-02", "Europe/Berlin"))
    assert loaded.population.rows["orders"].collect()["product"].to_list() == ["A"]
