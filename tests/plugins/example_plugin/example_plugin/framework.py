"""A checklist of one question."""

from stratagem.engine.complete.facts import StrategyFacts
from stratagem.engine.complete.finding import Verdict, each, evidence, lack, met, missing, not_applicable
from stratagem.engine.complete.framework import Framework, Judges

declared = Judges()


@declared("HSE1")
def owned(facts: StrategyFacts) -> Verdict:
    """Each action names its owner."""
    return each(
        facts.strategy.actions,
        lambda a: met(evidence(f"{a.name} is owned", a)) if a.owner else missing(lack("owner", a)),
        not_applicable("there are no actions"),
    )


FRAMEWORK = Framework.from_toml("example_plugin", "house_rules.toml", [declared], [])
