"""Line trees in, nodes out.

`parse(source)` reads one file: its lines matched to the statements of the catalogue, slots and formulas read, and a
diagnostic for everything that could not be. `load_sources` finds the files that make one strategy.
"""

from stratagem.dsl.parse.parse import Parsed, parse

__all__ = ["Parsed", "parse"]
