"""From decisions to files: the whole list, and one hand-over file for each channel.

A run enters; its list, and for each channel used the customers with their address (for its declared purpose only), the
filled message, the dates and the decision's id leave, as files that are there whole or not at all. Templates are
checked against a list of what they may use before anything is filled (`templates.py`), and slots that had no value are
counted.
"""
