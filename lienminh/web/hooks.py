"""Lists that rooms fill, so that the shell never has to know them."""

from django.core.checks.registry import CheckRegistry

integrity = CheckRegistry()
"""Integrity checks: each returns `django.core.checks` messages; `lienminh check` runs them all."""
