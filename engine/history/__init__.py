"""What happened: contacts, outcomes, decisions and moves between stages, kept for good and read as sources.

In: `Event`s, appended once each. Out: the events of a customer, or all of them as a frame; and the rows of the built-in
sources `contacts`, `decisions`, `outcomes` and `stage_moves`, on the strategy's wall clock and under present names.
"""
