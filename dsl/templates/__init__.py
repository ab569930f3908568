"""The language of message templates: its words as data, what a name means in it, and a reader that finds faults.

A template's text and the names a strategy declares enter; faults with their places leave. Nothing here fills a
template, and the full template engine is neither needed nor loaded; the hand-over reads the same words (vocabulary.py).
"""
