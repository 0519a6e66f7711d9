"""The models of archives."""

from archives.models.copies import DataCopy
from archives.models.disposals import Disposal, DisposalItem, DisposalReport
from archives.models.holds import LegalHold
from archives.models.requests import DataRequest
from archives.models.rules import Fate, Kind, RetentionRule

__all__ = [
    "DataCopy",
    "DataRequest",
    "Disposal",
    "DisposalItem",
    "DisposalReport",
    "Fate",
    "Kind",
    "LegalHold",
    "RetentionRule",
]
