"""What people type, made storable: no control characters, no stray blanks, no half surrogates."""

import unicodedata


def cleaned(typed: str | None, limit: int | None = None) -> str | None:
    """The text without what can't be stored or seen; None when nothing is left.

    Line breaks and tabs stay. ``limit`` cuts (for a search box; a form refuses instead).
    """
    kept = "".join(
        char
        for char in typed or ""
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    ).strip()
    return kept[:limit].strip() or None
