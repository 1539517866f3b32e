"""The answer where there is no number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    """A number that can't be had, and why: ``reason`` is a sentence for people."""

    reason: str
