"""The columnar evaluator: the steps of a plan as lazy Polars frames, for all customers at once.

In: a `Population`, steps, the as-of moment and the fit. Out: the customers' frame with a column for every step
(`add_columns`, `run_steps`), population cut-points (`fit_tiers`), metrics (`metrics`), and single formulas over rows as
Polars expressions (`lower`).
"""

from stratagem.engine.evaluate.columnar.frame import add_columns
from stratagem.engine.evaluate.columnar.metrics import MetricValue, metric, metrics
from stratagem.engine.evaluate.columnar.rows import lower
from stratagem.engine.evaluate.columnar.tiers import Placed, fit_tiers, run_steps

__all__ = ["MetricValue", "Placed", "add_columns", "fit_tiers", "lower", "metric", "metrics", "run_steps"]
