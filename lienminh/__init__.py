"""Liên Minh: the open information system of Vietnam's cooperative alliances."""

__version__ = "0.1.0"
