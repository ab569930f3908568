"""What a strategy gets wrong as a whole.

In: a strategy as built, with its names and nodes. Out: findings: errors where it cannot mean anything, warnings
where it means less than it seems to.
"""

from stratagem.dsl.check.passes import check, check_whole_blocks

__all__ = ["check", "check_whole_blocks"]
