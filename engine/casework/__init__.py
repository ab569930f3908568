"""The `test` blocks of a strategy, run.

In: a checked Strategy. Out: one `TestResult` a block.
"""

from stratagem.engine.casework.results import Failure, TestResult
from stratagem.engine.casework.run import run_test, run_tests, this_day, try_test

__all__ = ["Failure", "TestResult", "run_test", "run_tests", "this_day", "try_test"]
