"""Files, frames and single records → customers, read strictly by what the strategy's sources declare.

In: a strategy, where its files are (`Places`) or frames, and the as-of moment. Out: `load` and `from_frames` give a
`Population`, a `DataReport` and the look-ups; `prepare_customer` and `record_of` give one customer as the row evaluator
reads it; `findings` turns a report into diagnostics. What keeps data from being used is a `DataError`.
"""
