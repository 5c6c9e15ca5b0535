"""Seats after a reform of borders: those that went wholly into one unit move all together."""
