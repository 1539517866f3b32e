"""The user guide of docs/, chapter by chapter, for a page of the app."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent.parent / "docs" / "user-guide.md"
IMAGE = re.compile(r"^!\[.*?\]\(.*?\)\n", re.MULTILINE)
ELSEWHERE = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]*\)")  # links to other files


@dataclass(frozen=True)
class Chapter:
    """A chapter: its title, what names it in an address, and its text as Markdown."""

    title: str
    key: str
    text: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters in order, without pictures and without links to other files."""
    found = PATH.read_text("utf-8").split("\n## ")[1:]
    return tuple(_chapter(*one.split("\n", 1)) for one in found)


def find(key: str) -> Chapter:
    """The chapter of that name, or the first."""
    return next((one for one in chapters() if one.key == key), chapters()[0])


def address(key: str) -> str:
    """Where a chapter is read."""
    return f"/guide?chapter={key}"


def _chapter(title: str, text: str) -> Chapter:
    key = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return Chapter(title, key, ELSEWHERE.sub(r"\1", IMAGE.sub("", text)).strip())
