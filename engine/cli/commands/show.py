"""`stratagem show`: any stage on the way from text to plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import click

from stratagem.engine.cli import stages
from stratagem.engine.cli.exits import FINE, Refused
from stratagem.engine.cli.opening import open_strategy, read
from stratagem.engine.cli.options import debug_option, output_option, path_argument
from stratagem.engine.cli.output import say, say_json
from stratagem.engine.present.blocks import Block, Column, Paragraph, Table


@click.command("show")
@path_argument
@click.option(
    "--stage", type=click.Choice(["lines", "tree", "model", "graph", "plan"]), default="model", show_default=True,
    help="Which stage.",
)  # fmt: skip
@output_option
@debug_option
def command(path: str, stage: str, output: str) -> int:
    """Show what a strategy is at a stage: its lines, its statements, the checked model, the rule graph, the plan.

    Lines and statements can be shown of a strategy with errors; the model is JSON in any case.
    """
    if stage == "model":
        _model(path, output)
        return FINE
    records = list(_records(path, stage))
    say(output, lambda: page(stage, records), lambda: {"stage": stage, stage: records})
    return FINE


def _model(path: str, output: str) -> None:
    from stratagem.dsl.model.written import as_data

    strategy = open_strategy(path).strategy
    if output == "json":
        say_json({"stage": "model", "model": as_data(strategy)})
    else:
        say_json(as_data(strategy, defaults=False))


def _records(path: str, stage: str) -> Iterator[stages.Record]:
    if stage in ("graph", "plan"):
        return stages.STAGES[stage](open_strategy(path).strategy)
    from stratagem.dsl.parse import load

    if path != "-":
        read(path)
    loaded = load(path)
    if not loaded.files:
        raise Refused("nothing could be read there.", f"stratagem check {path} says why.")
    return stages.STAGES[stage](loaded)


def page(stage: str, records: list[dict[str, Any]]) -> Iterator[Block]:
    """Lines and statements as an outline, the graph and the plan as tables."""
    if stage == "lines":
        yield from _outline(records, lambda r: str(r["text"]))
    elif stage == "tree":
        yield from _outline(records, _statement)
    elif stage == "graph":
        nodes = tuple((r["node"], r["at"], _reasons(r["from"])) for r in records)
        yield Table((Column("node"), Column("declared at"), Column("depends on")), nodes)
    else:
        steps = tuple((r["phase"], r["column"], r["why"], r["formula"]) for r in records)
        yield Table((Column("phase"), Column("column"), Column("is"), Column("formula")), steps)


def _outline(records: list[dict[str, Any]], said: Callable[[dict[str, Any]], str]) -> Iterator[Block]:
    widest = max((len(r["at"]) for r in records), default=0)
    for record in records:
        yield Paragraph(f"{record['at']:<{widest}}  {'  ' * record['depth']}{said(record)}")


def _statement(record: dict[str, Any]) -> str:
    slots = [f"{name}={value}" for name, value in record["slots"].items()]
    return " ".join([record["statement"], *slots, *(f"+{tail}" for tail in record["holds"])])


def _reasons(found: dict[str, str]) -> str:
    return ", ".join(f"{node} ({why})" for node, why in found.items())
