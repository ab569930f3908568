"""One module a command; each holds `command`, a click command that returns its exit code."""
