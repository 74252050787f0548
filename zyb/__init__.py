"""职业病防治进展看板: monthly spreadsheets in; figures, maps, alerts and documents out."""

__version__ = "0.4.0"
