"""Yearly and interim data: filled in, handed in, accepted or sent back, and then counted."""
