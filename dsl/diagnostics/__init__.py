"""What was found, as values: a code and named arguments (`diagnostic`); the words for them (`text`, `texts/`).

`suggest` finds near names; `render/` shows a list of diagnostics as calm text or as JSON.
"""
