"""Which letters of a name a search has hit, so that they can be marked.

As PostgreSQL does (search_words in sql/migrations): without accents, case and punctuation, from
the beginning of a word or of a part of it. ``310.30.42`` and ``31030`` hit ``310.30.42.50``.
"""

import re
import unicodedata

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th"})


def spans(text: str, typed: str | None) -> list[tuple[int, int]]:
    """The hits as (start, end), in order and apart from each other."""
    words = {squashed for word in (typed or "").split() if (squashed := _squashed(word))}
    hit: set[int] = set()
    for found in re.finditer(r"\S+", text) if words else ():
        hit |= {found.start() + place for place in _hits(found[0], words)}
    apart: list[tuple[int, int]] = []
    for place in sorted(hit):
        if apart and apart[-1][1] == place:
            apart[-1] = (apart[-1][0], place + 1)
        else:
            apart.append((place, place + 1))
    return apart


def _hits(word: str, wanted: set[str]) -> set[int]:
    """The places of a word without blanks that are hit, with the punctuation between them."""
    letters = [(letter, place) for place, char in enumerate(word) for letter in _folded(char)]
    squashed = "".join(letter for letter, _ in letters)
    hit: set[int] = set()
    for start, (letter, place) in enumerate(letters):
        if not _begins(word, place, letter, letters[start - 1] if start else None):
            continue
        for one in wanted:
            if squashed.startswith(one, start):
                hit |= set(range(place, letters[start + len(one) - 1][1] + 1))
    return hit


def _begins(word: str, place: int, letter: str, before: tuple[str, int] | None) -> bool:
    """Whether a part of the word begins here: after punctuation, or between digit and letter."""
    if before is None:
        return True
    latin = letter.isascii() and before[0].isascii()
    return word[place - 1] in PUNCTUATION or (latin and letter.isdigit() != before[0].isdigit())


def _squashed(word: str) -> str:
    return "".join(map(_folded, word))


def _folded(char: str) -> str:
    """A character without accent and case; nothing for punctuation; ``ss`` for ``ß``."""
    plain = unicodedata.normalize("NFKD", char.casefold().translate(PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in PUNCTUATION)
