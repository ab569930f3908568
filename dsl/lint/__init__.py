"""Lint rules: what a sound strategy says that its author hardly meant.

In: a strategy that has no errors, the severities of the settings, and the `# ignore` comments of its files. Out:
diagnostics with codes L001 and up; a strategist may turn each of them off, an error of the language never. One rule is
one file under `rules/`, one case file under tests/lint/cases, and one page under diagnostics/pages.
"""
