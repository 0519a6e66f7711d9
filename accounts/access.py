"""Answers to "may this person do this?", always with the reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the code of the reason (``workflow.refusals`` has its sentence)."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def denied(reason: str) -> Verdict:
    """Return a refusal that carries the code of its reason."""
    return Verdict(allowed=False, reason=reason)
