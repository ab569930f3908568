"""Strategies that run, and libraries of parts: text and data that are read, never imported.

In: the name of a folder here, asked for with `importlib.resources.files("stratagem.strategies")`.
Out: its `.strategy` files, its data and its README, from a checkout and from a wheel alike.
"""
