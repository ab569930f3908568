"""Files without a strategy: what is proposed for them, and that it runs."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from pathlib import Path

import polars as pl
import pytest

from stratagem.engine.profile.columns import profile
from stratagem.engine.profile.figures import days
from stratagem.engine.profile.roles import roles
from stratagem.engine.profile.tables import Unusable, read_tables, snake
from stratagem.engine.profile.write import field, source_lines
from tests.cli.run import run
from tests.tools.house import ROOT

DATA = ROOT.parent / "shared" / "data"

COLUMNS = [
    (["1", "2", "30"], "number", None),
    (["1,234.50", "7"], "money", None),
    (["0.25", "0.5"], "number", None),
    (["12.50", "3.99", ""], "money", None),
    (["12.50 EUR", "3 EUR"], "money", None),
    (["00412", "17", "9"], "text", None),
    (["yes", "No", "yes"], "yes_no", None),
    (["1", "0", "0"], "yes_no", None),
    (["J", "N"] * 9, "choice", None),
    (["ja", "nein"], "yes_no", None),
    (["2026-01-05", "2025-12-31"], "date", None),
    (["2026-01-05 10:00", "2025-12-31 07:30:10"], "timestamp", None),
    (["31.12.2025", "1.2.2026"], "date", "%d.%m.%Y"),
    (["12/31/2025", "02/28/2026"], "date", "%m/%d/%Y"),
    (["31/12/2025", "01/02/2026"], "date", "%d/%m/%Y"),
    (["20251231", "20260105"], "number", None),
    (["31/12/2025 14:05", "01/02/2026 09:00"], "timestamp", "%d/%m/%Y %H:%M"),
    (["Ulm", "Bonn"] * 6, "choice", None),
    (["a", "b", "c", "d"], "text", None),
    (["", " "], "text", None),
]


@pytest.mark.parametrize(("values", "kind", "written"), COLUMNS)
def test_a_column_is_what_nearly_all_of_its_values_are(values: list[str], kind: str, written: str | None) -> None:
    found = profile("Header", pl.Series(values, dtype=pl.String))
    assert (found.kind, found.format) == (kind, written)


def test_few_odd_ones_among_figures_mean_missing() -> None:
    found = profile("H", pl.Series(["NA"] + [str(n) for n in range(40)]))
    assert (found.kind, found.missing, found.known) == ("number", ("NA",), 40)
    assert profile("H", pl.Series(["red", "blue", "green", "1", "2"])).kind == "text"


def test_a_date_that_could_be_read_otherwise_is_said() -> None:
    assert "%m/%d/%Y" in profile("H", pl.Series(["01/02/2026", "03/04/2026"])).doubtful
    assert profile("H", pl.Series(["01/02/2026", "23/04/2026"])).doubtful == ""


def test_figures_that_no_reader_takes_are_said() -> None:
    for values in (["1.234,50", "0,00", "12,90"], ["€12.50", "€1,200"], ["12 €", "13 €"], ["12,50 EUR", "1,20 EUR"]):
        column = profile("H", pl.Series(values))
        assert (column.kind, "export them" in column.doubtful) == ("text", True), values
    for values in (["01067", "80331"], ["a,b", "c,d"], ["1.2.3", "4.5.6"], ["12.50 EUR", "1 EUR"]):
        assert "export them" not in profile("H", pl.Series(values)).doubtful, values
    assert profile("H", pl.Series(["38%", "40 %", "0.5%"])).kind == "share"


def test_an_amount_in_a_spelling_that_is_not_read_names_nobody(tmp_path: Path) -> None:
    """Each of the amounts is another, and so is each customer's number: only the second is one."""
    file = tmp_path / "bills.csv"
    rows = "".join(f"{1_000 + n},{n:02d};K{n:03d};2025-01-{1 + n % 28:02d}\n" for n in range(60))
    file.write_text("Betrag;Kunde;Tag\n" + rows, "utf-8")
    assert "one per customer by kunde" in run("profile", str(file)).out
    file.write_text("Betrag;Tag\n" + re.sub(r";K\d+", "", rows), "utf-8")
    nobody = run("profile", str(file))
    assert "one per customer by row number" in nobody.out and "--by names it" in nobody.out + nobody.err


def test_people_who_share_a_town_are_not_one_customer(tmp_path: Path) -> None:
    rows = [f"{n:05d};c{n}@example.org;{1000 + n % 3};{1 + n}.03.2019;{n * 7 % 90}" for n in range(12)]
    (tmp_path / "list.csv").write_text("\n".join(["Number;Mail;Area;Since;Score", *rows]) + "\n", "utf-8")
    found = roles(read_tables([tmp_path / "list.csv"]))
    assert (found.identity, found.all[0].shape) == ("number", "one")
    without_mail = [line.replace(line.split(";")[1] + ";", "") for line in ["Number;Mail;Area;Since;Score", *rows]]
    (tmp_path / "list.csv").write_text("\n".join(without_mail) + "\n", "utf-8")
    assert roles(read_tables([tmp_path / "list.csv"])).identity == "area"


def _write(folder: Path, **files: list[str]) -> list[Path]:
    """Files by their names, each as lines."""
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return [folder / f"{name}.csv" for name in files]


CLIENTS = ["client,town", *(f"C{n:03},Town {n % 9}" for n in range(80))]
ONCE = ["no,client,day,total", *(f"{500 + n},C{n:03},2025-03-{1 + n % 28:02},{n}.50" for n in range(60))]
"""Orders of sixty clients, none of whom has ordered twice."""
ORDERS = ["no,client,day,state", *(f"{500 + n},C{n % 50:03},2025-03-{1 + n % 28:02},open" for n in range(200))]
LINES = ["no,article,price", *(f"{500 + n // 2},A{n % 30},{n % 70}.25" for n in range(400))]


def test_orders_are_rows_over_time_where_nobody_has_ordered_twice_yet(tmp_path: Path) -> None:
    paths = _write(tmp_path, clients=CLIENTS, orders=ONCE)
    found = roles(read_tables(paths))
    assert (found.identity, [role.shape for role in found.all], found.all[1].dated) == (
        "client",
        ["one", "many"],
        "day",
    )
    there = tmp_path / "made"
    assert run("init", there, "--from", *paths).code == 0
    assert (run("check", there).code, run("test", there).code) == (0, 0)
    acted = re.search(r"(\d+) actions for \1 customers", run("plan", there, "--as-of", "2025-12-01").out)
    assert acted is not None and int(acted[1]) > 20  # a letter costs no more than what the usual customer is worth


def test_a_second_number_of_a_customer_makes_no_order_of_it(tmp_path: Path) -> None:
    cards = ["client,card,since", *(f"C{n:03},K{n * 7919 % 1000:04},2024-05-{1 + n % 28:02}" for n in range(80))]
    points = ["client,points", *(f"C{n:03},{n * 31 % 60}" for n in range(80))]
    assert [role.shape for role in roles(read_tables(_write(tmp_path, cards=cards, points=points))).all] == ["one"] * 2


@pytest.mark.parametrize("order", ["orders lines", "lines orders", "lines clients orders"])
def test_the_customer_is_not_the_order_whose_lines_another_file_has(order: str, tmp_path: Path) -> None:
    texts = {"orders": ORDERS, "lines": LINES, "clients": CLIENTS}
    found = roles(read_tables(_write(tmp_path, **{name: texts[name] for name in order.split()})))
    assert found.identity == "client"
    assert [role.table.name for role in found.of("unused")] == ["lines"]


def test_whole_figures_that_go_up_number_the_customers(tmp_path: Path) -> None:
    rows = [f"{7 * n},{n * 13 % 11},2024-05-{1 + n % 28:02},{n * 31 % 17}.50" for n in range(40)]
    found = roles(read_tables(_write(tmp_path, members=["number,visits,since,paid", *rows])))
    assert (found.identity, found.all[0].shape) == ("number", "one")
    mixed = roles(read_tables(_write(tmp_path, members=["number,visits,since,paid", *rows[::-1]])))
    assert mixed.identity == ""


def test_what_most_rows_lack_is_not_the_customer(tmp_path: Path) -> None:
    rows = [f"2024-05-{1 + n % 28:02},{'fine' if n % 9 == 0 else 'late' if n % 9 == 1 else ''}" for n in range(90)]
    assert roles(read_tables(_write(tmp_path, notes=["day,remark", *rows]))).identity == ""


def test_a_file_that_cannot_be_read_says_where_and_what_to_do(shop: Path) -> None:
    (shop / "wide.csv").write_text('id,amount\n1,"2"\n2,$1,234.00\n', "utf-8")
    done = run("profile", shop / "wide.csv")
    assert done.code == 2 and "at row 3 there are 3 cells, and 2 headers" in done.err and "quotation marks" in done.err
    (shop / "book.xlsx").write_bytes(b"PK\x03\x04")
    assert "CSV UTF-8" in run("profile", shop / "book.xlsx").err
    assert "is a folder" in run("profile", shop).err


def test_the_commands_to_type_next_can_be_typed(shop: Path, tmp_path: Path) -> None:
    done = run("init", tmp_path / "a new folder", "--from", shop / "orders.csv")
    assert f"stratagem check '{tmp_path}/a new folder'" in done.out


def test_personal_fields_are_known_by_their_values() -> None:
    assert profile("H", pl.Series([f"c{n}@example.org" for n in range(9)])).personal == "email"
    assert profile("H", pl.Series([f"+49 30 1234{n}" for n in range(9)])).personal == "phone"
    assert profile("e-mail", pl.Series(["one", "two"] * 5)).personal == ""


def test_headers_become_names() -> None:
    assert [snake(h) for h in ("Unit  Price", "CustomerID", "Größe", "2nd", "is", "%")] == [
        "unit_price", "customer_id", "grosse", "n2nd", "is_", "",
    ]  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A list of customers and their orders, with German ways of writing; some customers never ordered."""
    draw = random.Random(3)
    lines = ["Customer No;E-mail;Member since;Newsletter;Town"]
    orders = ["order id;Customer No;ordered;pieces;price"]
    for n in range(200):
        since = dt.date(2020, 1, 1) + dt.timedelta(days=draw.randrange(900))
        told, town = draw.choice(["ja", "nein"]), draw.choice(["Aburg", "Bburg", "Cburg"])
        lines.append(f"{n:05d};c{n}@example.org;{since:%d.%m.%Y};{told};{town}")
        for number in range(draw.randrange(9) if n < 170 else 0):
            day = dt.date(2025, 1, 1) + dt.timedelta(days=draw.randrange(600))
            for line in range(draw.randrange(1, 4)):
                price = draw.randrange(500, 9000) / 100 / (1 + line)
                orders.append(f"o{n}-{number};{n:05d};{day:%d/%m/%Y};{draw.choice([1, 1, 2, 3])};{price:.2f}")
    (tmp_path / "customers.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "orders.csv").write_text("\n".join(orders) + "\n", "utf-8")
    return tmp_path


def test_the_customer_is_who_has_many_orders_each_with_one_of_them(shop: Path) -> None:
    found = roles(read_tables([shop / "customers.csv", shop / "orders.csv"]))
    assert found.identity == "customer_no"
    one, many = found.all
    assert (one.shape, many.shape, many.dated, many.transaction) == ("one", "many", "ordered", "order_id")
    assert (many.quantity, many.price) == ("pieces", "price")
    alone = roles(read_tables([shop / "orders.csv"]))
    assert alone.identity == "customer_no"
    assert roles(read_tables([shop / "orders.csv"]), by="order id").identity == "order_id"


def test_the_wording_of_headers_changes_nothing(shop: Path) -> None:
    before = roles(read_tables([shop / "orders.csv"]))
    text = (shop / "orders.csv").read_text("utf-8").split("\n", 1)[1]
    (shop / "orders.csv").write_text("a;b;c;d;e\n" + text, "utf-8")
    after = roles(read_tables([shop / "orders.csv"]))
    assert before.identity == "customer_no" and after.identity == "b"
    assert (after.all[0].quantity, after.all[0].price, after.all[0].dated) == ("d", "e", "c")


def test_days_are_read_in_every_format_that_is_proposed(tmp_path: Path) -> None:
    wanted = dt.date(2024, 2, 29)
    for written in ("29.02.2024", "02/29/2024", "29 Feb 2024", "February 29, 2024", "2024/02/29", "29.02.24"):
        (tmp_path / "x.csv").write_text(f"k;d\n1;{written}\n2;{written}\n", "utf-8")
        [table] = read_tables([tmp_path / "x.csv"])
        assert table.columns["d"].is_time, written
        assert days(table, "d").to_list() == [wanted, wanted], written


def test_the_lines_proposed_are_the_language(shop: Path) -> None:
    found = roles(read_tables([shop / "customers.csv", shop / "orders.csv"]))
    lines = "\n".join(source_lines(found))
    assert 'field newsletter yes_no from "Newsletter" as ("ja", "nein")' in lines
    assert 'field member_since date from "Member since" as "%d.%m.%Y"' in lines
    assert "field amount money = pieces * price" in lines
    assert all("email" not in field(n, r.table, r, found) for r in found.all for n in ("customer_no",))


def test_profile_prints_lines_that_check(shop: Path) -> None:
    done = run("profile", shop / "customers.csv", shop / "orders.csv")
    assert done.code == 0
    head = 'language 1\nstrategy s "S"\n  currency EUR\n\ncustomer c "C"\n  identified by customer_no\n\n'
    (shop / "s.strategy").write_text(head + done.out, "utf-8")
    checked = run("check", shop / "s.strategy", "--output", "json", "--data", shop)
    assert [d for d in json.loads(checked.out)["diagnostics"] if d["severity"] == "error"] == []
    told = json.loads(run("profile", shop / "orders.csv", "--output", "json").out)
    assert told["identity"] == "customer_no" and told["files"][0]["rows"] > 100


@pytest.mark.parametrize("data", ["orders.csv", "customers.csv orders.csv", "*"])
def test_a_strategy_from_files_checks_passes_its_tests_and_acts(
    shop: Path, data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    files = sorted(p.name for p in shop.iterdir()) if data == "*" else data.split()
    assert run("init", "--from", *files, "--currency", "EUR").code == 0
    checked = run("check")
    assert (checked.code, "nothing to report" in checked.out) == (0, True), checked.out
    assert run("test").code == 0
    plan = json.loads(run("plan", "--as-of", "2026-08-24", "--output", "json", "--limit", "1").out)
    assert plan["ledger"]["acted on"] > 10 if isinstance(plan["ledger"], dict) else plan["ledger"]


def test_without_addresses_and_amounts_its_tests_pass_too(tmp_path: Path) -> None:
    """A letter costs more than an e-mail, and nothing says what a visit is worth."""
    file = tmp_path / "visits.csv"
    days = (dt.date(2025, 1, 1) + dt.timedelta(days=(37 * n * n) % 600) for n in range(300))
    file.write_text("who,on\n" + "".join(f"k{n % 40:03d},{day}\n" for n, day in enumerate(days)), "utf-8")
    assert run("init", str(tmp_path / "made"), "--from", str(file)).code == 0
    assert (run("check", str(tmp_path / "made")).code, run("test", str(tmp_path / "made")).code) == (0, 0)


def test_files_from_elsewhere_come_along(shop: Path, tmp_path: Path) -> None:
    there = tmp_path / "new"
    done = run("init", there, "--from", shop / "orders.csv")
    assert done.code == 0 and (there / "orders.csv").is_file()
    again = run("init", there, "--from", shop / "orders.csv")
    assert again.code == 2 and "already holds" in again.err
    assert run("plan", there).code == 0


def test_what_cannot_be_used_is_refused_and_nothing_written(shop: Path, tmp_path: Path) -> None:
    there = tmp_path / "new"
    (shop / "words.csv").write_text("a;b\nx;y\nz;w\n", "utf-8")
    (shop / "empty.csv").write_text("a,b\n", "utf-8")
    for words, said in (
        (("--from", shop / "nowhere.csv"), "no file"),
        (("--from", shop / "words.csv"), "no figure"),
        (("--from", shop / "empty.csv"), "no rows"),
        (("--from", shop / "orders.csv", "--by", "buyer"), "no file has a column"),
        (("--from", shop / "orders.csv", "--currency", "EURO"), "no currency"),
        (("--from", shop / "orders.csv", "--like", "coffee"), "--like"),
        (("--by", "x"), "--from"),
    ):
        done = run("init", there, *words)
        assert done.code == 2 and said in done.err, (words, done.err)
        assert not there.exists()
    with pytest.raises(Unusable):
        read_tables([shop / "nothing.xyz"])


REAL = [
    ("online_retail", ["online_retail.csv.gz"], "customer_id"),
    ("iranian_churn", ["iranian_churn.csv.gz"], None),
    ("complete_journey", ["demographics.csv.gz", "transactions.parquet"], "household_id"),
    ("hillstrom", ["hillstrom_part_a.csv.gz"], "customer_row"),
    ("olist", ["customers.csv.gz", "orders.csv.gz", "order_items.csv.gz"], "customer_id"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "files", "identity"), REAL, ids=[r[0] for r in REAL])
def test_real_files_give_a_first_list_in_two_commands(
    name: str, files: list[str], identity: str | None, tmp_path: Path
) -> None:
    paths = [DATA / name / file for file in files]
    if not all(path.is_file() for path in paths):
        pytest.skip(f"the data folder has no {name}")
    assert run("init", tmp_path, "--from", *paths).code == 0
    checked = run("check", tmp_path)
    assert "nothing to report" in checked.out, checked.out
    assert run("test", tmp_path).code == 0
    assert json.loads(run("profile", *paths, "--output", "json").out)["identity"] == identity
    plan = run("plan", tmp_path)
    assert plan.code == 0 and " actions for " in plan.out and "No action for anyone" not in plan.out
