"""`stratagem fmt` writes whole or not at all, and never what would say something else."""

from __future__ import annotations

from pathlib import Path

from tests.cli.run import run


def untidy(shop: Path) -> bytes:
    text = (shop / "shop.strategy").read_text().replace("assume margin = 40%", "assume  margin=40%   # ours")
    data = text.replace("\n", "\r\n").encode("utf-8-sig")
    (shop / "shop.strategy").write_bytes(data)
    return data


def test_a_file_is_brought_into_order(shop: Path) -> None:
    untidy(shop)
    done = run("fmt", "shop")
    assert (done.code, done.out, done.err) == (0, "", "1 file changed, 0 already in order.\n")
    data = (shop / "shop.strategy").read_bytes()
    assert b"assume margin = 40%  # ours\n" in data and b"\r" not in data and not data.startswith(b"\xef")
    assert run("fmt", "shop").err == "0 files changed, 1 already in order.\n"
    assert run("check", "shop").code == 0


def test_asked_only_to_look_it_writes_nothing(shop: Path) -> None:
    before = untidy(shop)
    done = run("fmt", "shop", "--check")
    assert done.code == 1 and done.err == "shop/shop.strategy would change.\n"
    done = run("fmt", "shop", "--diff")
    assert done.code == 0 and "+assume margin = 40%  # ours\n" in done.out and "\r" not in done.out
    assert (shop / "shop.strategy").read_bytes() == before
    run("fmt", "shop")
    done = run("fmt", "shop", "--check", "--diff")
    assert (done.code, done.out) == (0, "")


def test_standard_input_goes_to_standard_output() -> None:
    assert run("fmt", "-", stdin="measure   m  = 1+2\r\n").out == "measure m = 1 + 2\n"
    assert run("fmt", "-", "--check", stdin="measure   m  = 1+2\n").code == 1


def test_what_is_no_strategy_is_left_alone(shop: Path) -> None:
    notes = shop.parent / "notes.md"
    notes.write_text("a   list\n    of things\n")
    done = run("fmt", "notes.md", "shop")
    assert done.code == 2 and "no strategy file" in done.err
    assert notes.read_text() == "a   list\n    of things\n"


def test_several_files_and_folders(shop: Path) -> None:
    untidy(shop)
    more = shop.parent / "more.strategy"
    more.write_text("assume  a=1\n")
    done = run("fmt", "more.strategy", "shop", "shop/shop.strategy")
    assert (done.code, done.err) == (0, "2 files changed, 0 already in order.\n")
    assert more.read_text() == "assume a = 1\n"
    assert run("fmt", "-", "shop", stdin="").code == 2


def test_what_cannot_be_read_stays(shop: Path) -> None:
    (shop / "shop.strategy").write_bytes(b"strategy \xff\n")
    done = run("fmt", "shop")
    assert done.code == 1 and "UTF-8" in done.err
    assert (shop / "shop.strategy").read_bytes() == b"strategy \xff\n"
