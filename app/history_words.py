"""Edits in words people know: what a field is called, and what it held."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from app import format as say
from app.cache import cached
from app.document_words import KINDS as DOCUMENT_KINDS
from app.gallery import WORDS as PHOTO_ROLES
from app.language import N_, _
from app.service_words import every
from app.watch_values import KINDS as VALUE_KINDS
from app.watch_values import SOURCE_NAMES
from app.watch_words import LABELS, NAMES, typed_number, written_amount
from data import reference_data
from data.expenses import KINDS as EXPENSE_KINDS
from data.history import Change
from data.services import KINDS as SERVICE_KINDS

VALUE = {
    "amount": N_("Amount"),
    "currency": N_("Currency"),
    "valued_on": N_("Value of"),
    "kind": N_("Kind"),
    "source": N_("Source"),
    "note": N_("Note"),
    "confirmed": N_("Confirmed"),
}
SERVICE = {
    "kind": N_("Type"),
    "provider": N_("Provider"),
    "description": N_("Description"),
    "handed_over_on": N_("Handed over"),
    "expected_back_on": N_("Expected back"),
    "quote": N_("Quote"),
    "serviced_on": N_("Done"),
    "cost": N_("Cost"),
    "currency": N_("Currency"),
    "next_due_on": N_("Next due"),
}
EXPENSE = {
    "kind": N_("Type"),
    "paid_on": N_("Paid"),
    "amount": N_("Amount"),
    "currency": N_("Currency"),
    "every_months": N_("Repeats"),
    "ends_on": N_("Ends"),
    "note": N_("Note"),
}
DOCUMENT = {
    "title": N_("Title"),
    "kind": N_("Type"),
    "dated_on": N_("Date"),
    "service_id": N_("Belongs to a service"),
}
PHOTO = {"role": N_("Shows"), "caption": N_("Caption"), "content_hash": N_("Picture")}
PLAN = {"months": N_("Care plan")}
FIELDS: dict[str, Mapping[str, str]] = {  # table → field → what it is called
    "watch": LABELS | {f"{name}_id": LABELS[name] for name in ("brand", "collection", "owner")},
    "watch_tag": {"tags": N_("Tag")},
    "watch_complication": {"complications": N_("Complication")},
    "valuation": VALUE,
    "service": SERVICE,
    "expense": EXPENSE,
    "document": DOCUMENT,
    "photo": PHOTO,
    "care_plan": PLAN,
}
THINGS = {
    "valuation": N_("Value"),
    "service": N_("Service"),
    "expense": N_("Cost"),
    "document": N_("Document"),
    "photo": N_("Photo"),
}
OF = {
    "valuation": N_("{field} of a value"),
    "service": N_("{field} of a service"),
    "expense": N_("{field} of a cost"),
    "document": N_("{field} of a document"),
    "photo": N_("{field} of a photo"),
}
CHOICES: dict[tuple[str, str], Mapping[str, str]] = {
    ("valuation", "kind"): VALUE_KINDS,
    ("valuation", "source"): SOURCE_NAMES,
    ("valuation", "confirmed"): {"true": N_("Yes"), "false": N_("No")},
    ("service", "kind"): SERVICE_KINDS,
    ("expense", "kind"): EXPENSE_KINDS,
    ("document", "kind"): DOCUMENT_KINDS,
    ("photo", "role"): PHOTO_ROLES,
    **{("watch", field): names for field, names in NAMES.items()},
}
EMPTY = N_("empty")


def is_told(entity: str, field: str) -> bool:
    """Whether a person knows this field; sizes of files and the like are left out."""
    return field in FIELDS.get(entity, {})


def label(entity: str, field: str) -> str:
    """What a field is called."""
    return _(FIELDS[entity][field])


def before(change: Change) -> str:
    """What a field held, in words."""
    return _said(change, change.before, change.before_name, _("another one"))


def after(change: Change) -> str:
    """What a field was made to hold, in words."""
    return _said(change, change.after, change.after_name, _("a new one"))


def now(change: Change) -> str:
    """What a field holds today where that is something else; else the empty text."""
    if change.version is None or change.now == change.after or change.entity in _LISTS:
        return ""
    if change.now == change.before:
        return _("as before")
    name = None if change.field not in _IDS else _("something else")
    return _said(change, change.now, name, _("another one"))


def record(change: Change) -> str:
    """Which record of the watch an edit is about; empty for the watch itself."""
    thing = _(THINGS.get(change.entity, ""))
    if change.entity == "valuation" and change.title:
        amount = say.money(change.amount, change.currency or "")
        day = say.day(date.fromisoformat(change.title))
        return _("{value} of {day}, {amount}", value=thing, day=day, amount=amount)
    if change.entity == "service" and change.title:
        return _(SERVICE_KINDS[change.title])
    if change.entity == "expense" and change.title:
        amount = say.money(change.amount, change.currency or "")
        return f"{_(EXPENSE_KINDS[change.title])}, {amount}"
    if thing and change.title:
        return _("{thing} “{title}”", thing=thing, title=change.title)
    return thing


def edited(fields: Sequence[str]) -> str:
    """What was edited, for one line: ``notes, reference and 2 more``."""
    names: dict[str, None] = {}
    for each in sorted(fields, key=lambda one: not one.startswith("watch")):
        entity, __, field = each.partition(".")
        if is_told(entity, field):
            names[_named(entity, field)] = None
    first = list(names)
    rest = len(first) - _FEW
    if rest > 0:
        shown = ", ".join(first[:_FEW])
        return _("{names} and {number} more", names=shown, number=rest)
    if len(first) > 1:
        return _("{names} and {last}", names=", ".join(first[:-1]), last=first[-1])
    return first[0] if first else _("details")


_FEW = 3
_LISTS = {"watch_tag": N_("tags"), "watch_complication": N_("complications")}
_IDS = frozenset({"brand_id", "collection_id", "owner_id", "service_id"})


def _named(entity: str, field: str) -> str:
    if entity in _LISTS:
        return _(_LISTS[entity])
    name = say.inside(label(entity, field).partition(" (")[0])  # without its unit
    return _(OF[entity], field=name) if entity in OF else name


def _said(change: Change, text: str | None, name: str | None, nameless: str) -> str:
    if text is None:
        return _(EMPTY)
    if change.field in _IDS or change.field == "content_hash":
        return name or nameless
    names = _names(change)
    if names is not None:
        return _(names[text]) if text in names else text
    return _shown(change.field, text)


def _names(change: Change) -> Mapping[str, str] | None:
    """Key → name, where a field holds one of a list."""
    if change.field == "movement_type":
        return {choice.key: choice.name for choice in cached(reference_data.movement_types)}
    if change.field == "complications":
        return {choice.key: choice.name for choice in cached(reference_data.complications)}
    return CHOICES.get((change.entity, change.field))


def _shown(field: str, text: str) -> str:
    """A date, an amount or a number as a person writes it; any other text as it is."""
    for ending, write in _WRITTEN.items():
        if field.endswith(ending):
            return write(text)
    return text


_WRITTEN: dict[str, Callable[[str], str]] = {
    "_on": lambda text: say.day(date.fromisoformat(text)),
    "_mm": lambda text: typed_number(Decimal(text)),
    "_h": lambda text: typed_number(Decimal(text)),
    "amount": lambda text: written_amount(Decimal(text)),
    "price": lambda text: written_amount(Decimal(text)),
    "fees": lambda text: written_amount(Decimal(text)),
    "taxes": lambda text: written_amount(Decimal(text)),
    "cost": lambda text: written_amount(Decimal(text)),
    "quote": lambda text: written_amount(Decimal(text)),
    "months": lambda text: every(int(text)),
}
