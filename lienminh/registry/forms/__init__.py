"""The forms of the registry, a file for each thing that is filled in."""
