"""A module that cannot be imported."""

raise OSError("the disk of the author is not here")
