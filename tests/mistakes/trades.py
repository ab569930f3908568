"""Words of different trades, for strategies built by the hundred. In: nothing. Out: `TRADES`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """What one trade calls things. Names are as the language wants them, labels as people say them."""

    name: str
    customer: str
    id: str
    people: str
    """The source with one row per customer."""
    rows: str
    """The source with many rows per customer."""
    row: str
    """One such row, as a label."""
    on: str
    """The day of a row."""
    amount: str
    what: str
    """A field of rows with choices."""
    choices: tuple[str, ...]
    trait: str
    """A field of the customer with choices."""
    traits: tuple[str, ...]
    offer: str
    currency: str
    zone: str


TRADES = (
    Trade(
        "bookshop", "reader", "card_no", "readers", "purchases", "Purchase", "bought_on", "paid", "shelf",
        ("novels", "history", "children"), "newsletter_topic", ("crime", "poetry", "travel"), "Reading box", "EUR",
        "Europe/Dublin",
    ),
    Trade(
        "dentist", "patient", "patient_no", "patients", "treatments", "Treatment", "treated_on", "fee", "kind_of_work",
        ("check_up", "filling", "whitening"), "insurer", ("public", "private", "\"none\""), "Yearly clean", "CHF",
        "Europe/Zurich",
    ),
    Trade(
        "ferry", "traveller", "traveller_id", "travellers", "crossings", "Crossing", "sailed_on", "fare", "route",
        ("island", "mainland", "night_boat"), "home_port", ("north", "south", "east"), "Ten-trip card", "SEK",
        "Europe/Stockholm",
    ),
    Trade(
        "insurer", "policy_holder", "policy_no", "policies", "payments", "Payment", "received_on", "premium", "line",
        ("car", "home", "travel"), "acquired_by", ("broker", "branch", "web"), "Home and car together", "GBP",
        "Europe/London",
    ),
    Trade(
        "garden_centre", "gardener", "club_card", "gardeners", "receipts", "Receipt", "day", "total", "department",
        ("plants", "tools", "furniture", "cafe"), "garden", ("balcony", "town_garden", "allotment"), "Spring parcel",
        "USD", "America/Chicago",
    ),
    Trade(
        "newspaper", "subscriber", "sub_id", "subscribers", "articles_read", "Article", "opened_on", "share_of_fee",
        "desk", ("politics", "sport", "local"), "edition", ("print_daily", "print_weekend", "digital"), "Weekend paper",
        "DKK", "Europe/Copenhagen",
    ),
    Trade(
        "theatre", "guest", "guest_no", "guests", "tickets", "Ticket", "played_on", "price_paid", "genre",
        ("drama", "opera", "dance"), "came_by", ("foot", "train", "car"), "Six evenings", "EUR", "Europe/Vienna",
    ),
    Trade(
        "phone_company", "contract_holder", "msisdn", "contracts", "invoices", "Invoice", "billed_on", "net_amount",
        "service", ("voice", "data", "roaming"), "handset", ("android", "ios", "other"), "Family plan", "PLN",
        "Europe/Warsaw",
    ),
)  # fmt: skip
