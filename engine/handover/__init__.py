"""From decisions to files: the whole list, and one hand-over file for each channel.

In: a run's decisions and its customers. Out: files that are there whole or not at all: the list (`lists.py`), and for
each channel used (`channels.py`) the customers with their address (for its declared purpose only), the filled message,
the dates and the decision's id. Templates are held against a list of what they may use before anything is filled
(`templates.py`); slots that had no value are counted.
"""
