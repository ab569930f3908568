"""Reports for the machines that run checks: a typed value comes in, the text of a file leaves.

`junit` writes results of tests, or of a check (`junit_findings`), as JUnit XML; `schemas` holds the JSON schemas of
what the commands print.
"""
