"""How a line that cannot be read was most likely meant.

In: a faulty line, and where it stands. Out: the line as it would have to be written, found by trying: small steps, each
from a table of habits (other languages, other countries, spoken English) or from what might have stood at the fault,
until the line reads without a fault. The steps taken are the diagnostic's fix, so that a fix that is offered works.
"""
