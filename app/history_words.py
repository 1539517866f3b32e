"""Edits in words people know: what a field is called, and what it held."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from app import format as say
from app.cache import cached
from app.document_words import KINDS as DOCUMENT_KINDS
from app.gallery import WORDS as PHOTO_ROLES
from app.service_words import every
from app.watch_values import KINDS as VALUE_KINDS
from app.watch_values import SOURCES
from app.watch_words import LABELS, NAMES, typed_number, written_amount
from data import reference_data
from data.expenses import KINDS as EXPENSE_KINDS
from data.history import Change
from data.services import KINDS as SERVICE_KINDS

VALUE = {
    "amount": "Amount",
    "currency": "Currency",
    "valued_on": "Value of",
    "kind": "Kind",
    "source": "Source",
    "note": "Note",
    "confirmed": "Confirmed",
}
SERVICE = {
    "kind": "Type",
    "provider": "Provider",
    "description": "Description",
    "handed_over_on": "Handed over",
    "expected_back_on": "Expected back",
    "quote": "Quote",
    "serviced_on": "Done",
    "cost": "Cost",
    "currency": "Currency",
    "next_due_on": "Next due",
}
EXPENSE = {
    "kind": "Type",
    "paid_on": "Paid",
    "amount": "Amount",
    "currency": "Currency",
    "every_months": "Repeats",
    "ends_on": "Ends",
    "note": "Note",
}
DOCUMENT = {
    "title": "Title",
    "kind": "Type",
    "dated_on": "Date",
    "service_id": "Belongs to a service",
}
PHOTO = {"role": "Shows", "caption": "Caption", "content_hash": "Picture"}
PLAN = {"months": "Care plan"}
FIELDS: dict[str, Mapping[str, str]] = {  # table → field → what it is called
    "watch": LABELS | {f"{name}_id": LABELS[name] for name in ("brand", "collection", "owner")},
    "watch_tag": {"tags": "Tag"},
    "watch_complication": {"complications": "Complication"},
    "valuation": VALUE,
    "service": SERVICE,
    "expense": EXPENSE,
    "document": DOCUMENT,
    "photo": PHOTO,
    "care_plan": PLAN,
}
THINGS = {
    "valuation": "value",
    "service": "service",
    "expense": "cost",
    "document": "document",
    "photo": "photo",
}
CHOICES: dict[tuple[str, str], Mapping[str, str]] = {
    ("valuation", "kind"): VALUE_KINDS,
    ("valuation", "source"): {key: name.capitalize() for key, name in SOURCES.items()},
    ("valuation", "confirmed"): {"true": "Yes", "false": "No"},
    ("service", "kind"): SERVICE_KINDS,
    ("expense", "kind"): EXPENSE_KINDS,
    ("document", "kind"): DOCUMENT_KINDS,
    ("photo", "role"): PHOTO_ROLES,
    **{("watch", field): names for field, names in NAMES.items()},
}
EMPTY = "empty"


def is_told(entity: str, field: str) -> bool:
    """Whether a person knows this field; sizes of files and the like are left out."""
    return field in FIELDS.get(entity, {})


def label(entity: str, field: str) -> str:
    """What a field is called."""
    return FIELDS[entity][field]


def before(change: Change) -> str:
    """What a field held, in words."""
    return _said(change, change.before, change.before_name, "another one")


def after(change: Change) -> str:
    """What a field was made to hold, in words."""
    return _said(change, change.after, change.after_name, "a new one")


def now(change: Change) -> str:
    """What a field holds today where that is something else; else the empty text."""
    if change.version is None or change.now == change.after or change.entity in _LISTS:
        return ""
    if change.now == change.before:
        return "as before"
    name = None if change.field not in _IDS else "something else"
    return _said(change, change.now, name, "another one")


def record(change: Change) -> str:
    """Which record of the watch an edit is about; empty for the watch itself."""
    thing = THINGS.get(change.entity, "").capitalize()
    if change.entity == "valuation" and change.title:
        amount = say.money(change.amount, change.currency or "")
        return f"{thing} of {say.day(date.fromisoformat(change.title))}, {amount}"
    if change.entity == "service" and change.title:
        return SERVICE_KINDS[change.title]
    if change.entity == "expense" and change.title:
        return f"{EXPENSE_KINDS[change.title]}, {say.money(change.amount, change.currency or '')}"
    return f"{thing} “{change.title}”" if thing and change.title else thing


def edited(fields: Sequence[str]) -> str:
    """What was edited, for one line: ``notes, reference and 2 more``."""
    names: dict[str, None] = {}
    for each in sorted(fields, key=lambda one: not one.startswith("watch")):
        entity, _, field = each.partition(".")
        if is_told(entity, field):
            names[_named(entity, field)] = None
    first = list(names)
    rest = len(first) - _FEW
    if rest > 0:
        return f"{', '.join(first[:_FEW])} and {rest} more"
    return " and ".join(filter(None, [", ".join(first[:-1]), *first[-1:]])) or "details"


_FEW = 3
_LISTS = frozenset({"watch_tag", "watch_complication"})
_IDS = frozenset({"brand_id", "collection_id", "owner_id", "service_id"})


def _named(entity: str, field: str) -> str:
    name = label(entity, field).partition(" (")[0]  # without its unit
    name = name[0].lower() + name[1:]
    if entity in _LISTS:
        return f"{name}s"
    return f"{name} of a {THINGS[entity]}" if entity in THINGS else name


def _said(change: Change, text: str | None, name: str | None, nameless: str) -> str:
    if text is None:
        return EMPTY
    if change.field in _IDS or change.field == "content_hash":
        return name or nameless
    names = _names(change)
    if names is not None:
        return names.get(text, text)
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
