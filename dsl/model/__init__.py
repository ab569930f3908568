"""The checked model: what a strategy says, as typed values. Nodes enter, one `Strategy` leaves (see `build`).

Every declared thing has its name, label, documentation and place; every formula is kept with its text and its typed
tree. The model is frozen: nothing downstream changes it.
"""
