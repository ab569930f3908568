"""What an editor asks of strategy files, one module a question; a surface, like the command line.

In: the texts of a strategy as they stand in the editor, unsaved and half typed, and a place in one of them. Out: plain
values in our own places (lines and columns from 1, code points): completions, hover, references, edits, tokens and the
rest. `server` alone knows the protocol: it turns positions of editors into ours and these values into messages.
"""
