"""Why this action and not that one: one customer's decision enters, an `Explanation` leaves."""
