"""Completeness: what a strategy still lacks, judged against published checklists and against the data.

A checked strategy enters, with the evaluated population where there is one; a `CompletenessReport` leaves: for every
check a status, the evidence with its lines and figures, and for a gap one sentence that says what to write. The checks
themselves are plug-ins (see `framework.py`); here are the facts they ask, the runner, the score and the waivers.
"""
