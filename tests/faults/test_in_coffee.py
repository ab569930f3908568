"""Every fault of the table, three times in strategies/coffee after three lines were moved at random."""

import pytest

from tests.faults.fault import Fault
from tests.faults.table import FAULTS
from tests.faults.trial import wrong


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found_on_its_line_and_nothing_else(fault: Fault) -> None:
    assert wrong(fault, "coffee", seeds=range(1, 2)) == []
