"""From candidates to decisions.

In: a plan, one row per customer with facts, gates and scores, a moment, and the history of contacts.
Out: `Decisions`: the list of next best actions with channel and reason, the ledger that balances, what is left of
every budget and capacity with its price, and for each losing action the gates that stopped it.
`batch.decide_batch` serves a population, `single.decide_one` one customer, by the same rules (`rules.py`).
"""
