"""Refusals of the domain: a code and its facts; the sentence is found at the edge."""


class DomainError(Exception):
    """Something the rules forbid. ``code`` has an Indonesian sentence in ``workflow.refusals``."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class TransitionRefused(DomainError):
    """The table knows no such move from the present status."""
