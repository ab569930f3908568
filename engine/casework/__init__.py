"""The `test` blocks of a strategy, run: a checked Strategy enters, one `TestResult` a block leaves."""

from stratagem.engine.casework.results import Failure, TestResult
from stratagem.engine.casework.run import run_test, run_tests

__all__ = ["Failure", "TestResult", "run_test", "run_tests"]
