"""A strategy kept at hand while its files are being edited: `--watch` asks for it after every change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from stratagem.engine.cli.belonging import used
from stratagem.engine.cli.opening import not_there, rules

if TYPE_CHECKING:
    from stratagem.dsl.incremental import Workspace
    from stratagem.dsl.pipeline import Checked


class Kept:
    """One strategy and what was worked out of it; a change of a file's text is put in, all else is read anew."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.workspace: Workspace | None = None
        self.members: dict[Path, frozenset[Path]] = {}
        """The strategy's files, each with the files that it uses."""

    def read(self, changed: Iterable[Path]) -> Checked:
        """The strategy as it stands now. Raises Refused when there is nothing at the path any more."""
        if not Path(self.path).exists():
            raise not_there(self.path)
        changed = list(changed)
        if self.workspace is None or not self._put_in(changed):
            self._open(())
        assert self.workspace is not None
        return self._with_plugins(self.workspace.check())

    def _open(self, codes: Iterable[str]) -> None:
        from stratagem.dsl.incremental import Workspace

        self.workspace = Workspace.open(self.path, codes, rules())
        self.members = {Path(name): frozenset(used(Path(name))) for name in self.workspace.files}

    def _put_in(self, changed: list[Path]) -> bool:
        """Put changed texts in; False when files have come or gone, are used otherwise, or cannot be read."""
        from stratagem.dsl.lines import read_source
        from stratagem.dsl.source import SourceText

        assert self.workspace is not None
        texts: list[SourceText] = []
        for path in changed:
            if path not in self.members or not path.is_file() or frozenset(used(path)) != self.members[path]:
                return False
            source = read_source(path, path.as_posix())
            if not isinstance(source, SourceText):
                return False
            texts.append(source)
        for source in texts:
            self.workspace.change(source.name, source.text)
        return True

    def _with_plugins(self, checked: Checked) -> Checked:
        """The same, with what plug-ins add to the language where the strategy names something unknown."""
        from stratagem.engine.plug.opening import UNKNOWN_CODE, UNKNOWN_FUNCTION

        found = {diagnostic.code for diagnostic in checked.diagnostics}
        if not found & {UNKNOWN_CODE, UNKNOWN_FUNCTION}:
            return checked
        from stratagem.engine.plug import doors

        doors.functions()
        self._open(doors.codes() if UNKNOWN_CODE in found else ())
        assert self.workspace is not None
        return self.workspace.check()
