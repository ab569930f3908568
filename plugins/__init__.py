"""What can be swapped or added: readers and writers, functions, channels, completeness frameworks.

In: the engine's call through an entry point. Out: an object that keeps the promise of its kind.
The ones that ship stand here and come in through the same doors as anyone's; nothing imports them by name.
"""
