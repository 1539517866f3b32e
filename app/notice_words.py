"""Notices in words: what each says on the page, in a mail and on a phone, and where it leads.

No amount of money is in any of them: mails and chats are read by others too.
"""

from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlencode

from app import format as say
from app import service_words
from app.auth import browser_name
from app.language import N_, N_n, _, ngettext
from data.notices import Notice

Facts = dict[str, str]
LINES = 40  # of a mail; what is more is counted
KINDS = {  # in the form, with an explanation
    "service_due": N_("Service due"),
    "warranty_ending": N_("Warranty ending"),
    "value_stale": N_("Value over a year old"),
    "target_reached": N_("Wishlist target reached"),
    "price_change": N_("Price change"),
    "invitation": N_("Invitation to a household"),
    "new_sign_in": N_("New sign-in"),
}
RHYTHMS = {
    "at_once": N_("At once"),
    "daily": N_("Once a day, at 8"),
    "weekly": N_("Once a week, Mondays at 8"),
}
NOTICES = N_n("{number} notice from {household}", "{number} notices from {household}")
MORE = N_n("and {number} more", "and {number} more")


def title(notice: Notice) -> str:
    """What it is about: a watch, or the kind."""
    if notice.watch_id is not None and notice.model is not None:
        return f"{notice.brand} {notice.model}"
    if notice.kind == "invitation":
        return _("Invitation to {household}", household=str(notice.facts["household"]))
    return _(KINDS[notice.kind])


def sentence(notice: Notice) -> str:
    """What there is to say about it."""
    return SENTENCES[notice.kind](notice, {name: str(one) for name, one in notice.facts.items()})


def leads_to(kind: str, watch_id: object) -> tuple[str, dict[str, str]]:
    """The page of a notice, without its slash, and what is in its address."""
    if watch_id is None:
        return {"new_sign_in": "account"}.get(kind, "notices"), {}
    tab = {"service_due": "service", "warranty_ending": "facts"}.get(kind, "value")
    return "watch", {"id": str(watch_id), "tab": tab}


def subject(found: Sequence[Notice], household: str) -> str:
    """The subject of a mail, the title on a phone."""
    if len(found) == 1:
        return f"{title(found[0])}: {_(KINDS[found[0].kind])}"
    return ngettext(*NOTICES, len(found), household=household)


def text(found: Sequence[Notice], site: str) -> str:
    """A mail: a line a notice, and the way to all of them. ``site``: empty when not known."""
    lines = [f"{title(one)}: {sentence(one)}" for one in found[:LINES]]
    if len(found) == 1:
        lines = [f"{title(found[0])}\n{sentence(found[0])}"]
    if more := len(found) - LINES:
        lines += [ngettext(*MORE, more)] if more > 0 else []
    if site:
        lines += ["", _("Notices and their settings: {link}", link=f"{site}/notices")]
    return "\n".join(lines) + "\n"


def address(notice: Notice) -> str:
    """On the page: marks it as read and leads on."""
    return f"/notices?{urlencode({'open': str(notice.notice_id)})}"


def _day(written: str) -> str:
    return say.day(date.fromisoformat(written))


def _service_due(notice: Notice, facts: Facts) -> str:
    kind = service_words.kind_in_text(facts["service"])
    return _("Due on {day}: {service}", day=say.day(notice.due_on), service=kind)


def _warranty_ending(notice: Notice, _facts: Facts) -> str:
    return _("The warranty ends on {day}", day=say.day(notice.due_on))


def _value_stale(_notice: Notice, facts: Facts) -> str:
    return _("Valued over a year ago, on {day}", day=_day(facts["valued_on"]))


def _target_reached(_notice: Notice, _facts: Facts) -> str:
    return _("The market price has reached your target")


def _price_change(_notice: Notice, facts: Facts) -> str:
    share = say.percent(float(facts["share"]), signed=True)
    return _("Price {share} since {day}", share=share, day=_day(facts["since"]))


def _invitation(_notice: Notice, facts: Facts) -> str:
    return _("{inviter} has the link for you", inviter=facts["inviter"])


def _new_sign_in(_notice: Notice, facts: Facts) -> str:
    browser = browser_name(facts["client"])
    return _("{browser}, from {address}", browser=browser, address=facts["address"])


SENTENCES: dict[str, Callable[[Notice, Facts], str]] = {
    "service_due": _service_due,
    "warranty_ending": _warranty_ending,
    "value_stale": _value_stale,
    "target_reached": _target_reached,
    "price_change": _price_change,
    "invitation": _invitation,
    "new_sign_in": _new_sign_in,
}
