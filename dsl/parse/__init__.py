"""Line trees in, nodes out.

`parse(source)` reads one file: its lines matched to the statements of the catalogue, slots and formulas read, and a
diagnostic for everything that could not be. `load(path)` finds, reads and parses the files that make one strategy.
"""

from stratagem.dsl.parse.load import Loaded, load, load_sources
from stratagem.dsl.parse.parse import Parsed, parse

__all__ = ["Loaded", "Parsed", "load", "load_sources", "parse"]
