"""The one error a person is meant to read."""


class Refused(Exception):
    """Input that cannot be taken. Its text is a sentence: what is wrong, where, how to mend it."""
