"""Making standards: a draft is edited on one page, published by name, and never touched again."""

from standards.admin import evaluations, kbli, procedures, publicity, services, versions

__all__ = ["evaluations", "kbli", "procedures", "publicity", "services", "versions"]
