"""A strategy that is being edited: texts come in again and again, the same diagnostics as of a fresh check go out.

In: the files of one strategy by name, and each change of one. Out: at once what is wrong with the changed file's lines
(`Workspace.change`), then everything (`Workspace.check`). What a change does not touch is not worked out again.
"""

from stratagem.dsl.incremental.workspace import Workspace

__all__ = ["Workspace"]
