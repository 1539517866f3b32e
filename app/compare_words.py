"""What a comparison leaves out, and what to do while there is nothing to compare with."""

from app import format as say
from app.compare import Comparison
from app.language import _, ngettext


def notes(comparison: Comparison) -> list[str]:
    """What of the address is not shown, in sentences."""
    said = []
    if number := comparison.left_out:
        said.append(
            ngettext(
                "{watches} of this link is not in your collection and was left out.",
                "{watches} of this link are not in your collection and were left out.",
                number,
                watches=say.count(number, "watch", "watches"),
            )
        )
    if comparison.is_too_long:
        said.append(
            _("Up to four watches stand side by side: these are the first four of this link.")
        )
    return said


def invitation(comparison: Comparison) -> str:
    """What to do while there is nothing to compare with."""
    if comparison.watches:
        return _("Add one to three more watches to see them side by side.")
    return _("Choose two to four watches: search for them, or open Compare on the list of watches.")
