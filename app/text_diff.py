"""Two versions of a text as one: what stayed, what went, what came, in words."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

Part = tuple[Literal["same", "gone", "new"], str]
AROUND = 12  # words that stay to be seen on each side of a change
_WORDS = re.compile(r"\S+\s*|\s+")


def compare(before: str, after: str) -> list[Part]:
    """The parts in order; long stretches that stayed are shortened to their ends."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    last = len(steps) - 1
    return [
        part
        for place, (step, a, b, c, d) in enumerate(steps)
        for part in _parts(step, old[a:b], new[c:d], first=place == 0, last=place == last)
    ]


def _parts(step: str, old: list[str], new: list[str], *, first: bool, last: bool) -> Iterator[Part]:
    if step == "equal":
        yield "same", _shortened(old, first=first, last=last)
        return
    if old:
        yield "gone", "".join(old)
    if new:
        yield "new", "".join(new)


def _shortened(words: list[str], *, first: bool, last: bool) -> str:
    """Only what stands next to a change: its beginning, its end, or both."""
    head = [] if first else words[:AROUND]
    tail = [] if last else words[-AROUND:]
    if len(words) <= len(head) + len(tail) + 1:
        return "".join(words)
    return "".join([*head, "… " if tail else "…", *tail])
