"""The tables of the registry: organisations and their acts, their data, the office's work."""

from lienminh.registry.models.collectives import (
    Act,
    Books,
    Certificate,
    ChainLink,
    Collective,
    Kind,
    Legal,
    Manager,
    Reporting,
    Sector,
    UnionMember,
)
from lienminh.registry.models.office import (
    Delegate,
    Distinct,
    Import,
    Mapping,
    Proposal,
    SavedFilter,
)
from lienminh.registry.models.returns import Return

__all__ = [
    "Act",
    "Books",
    "Certificate",
    "ChainLink",
    "Collective",
    "Delegate",
    "Distinct",
    "Import",
    "Kind",
    "Legal",
    "Manager",
    "Mapping",
    "Proposal",
    "Reporting",
    "Return",
    "SavedFilter",
    "Sector",
    "UnionMember",
]
