"""One module a command, imported when it is called.

What was typed comes in; `command`, a click command, prints a page or a document and returns the exit code.
"""
