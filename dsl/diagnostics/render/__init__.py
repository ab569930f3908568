"""Diagnostics in, text for people (`text`) or data for programs (`json`) out."""
