"""The fields of a watch on the page, and what is in them; adding and editing share them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import cast
from uuid import UUID

import streamlit as st

from app import amounts, session, ui
from app.cache import cached
from app.language import N_, _
from app.watch_facts import BOX_PAPERS, CONDITION_NAMES
from app.watch_words import (
    LABELS,
    MEASURES,
    STATUSES,
    read_amount,
    read_number,
    typed_amount,
    typed_number,
)
from data import collections, currencies, members, reference_data, watches
from data.db import constraint_sentences
from data.watches import GONE, WANTED, Status, WatchDraft

Half = Sequence[str]
GROUPS: dict[str, tuple[Half, Half]] = {  # heading → fields at the left and at the right
    N_("Identity"): (("reference", "nickname"), ("serial_number", "production_year")),
    N_("Purchase"): (("retailer",), ("purchase_fees", "purchase_taxes", "warranty_until")),
    N_("Specification"): (
        ("movement_type", "calibre", "complications", "power_reserve_h", "water_resistance_m",
         "dial_colour", "strap"),
        ("case_material", "case_diameter_mm", "thickness_mm", "lug_to_lug_mm", "lug_width_mm",
         "crystal", "bezel"),
    ),
    N_("Condition and set"): (("condition", "box_papers"), ("collection", "owner", "is_private")),
    N_("Notes and tags"): (("tags", "notes"), ()),
}  # fmt: skip
FULL_GROUPS = GROUPS | {  # with the fields that have a place of their own when a watch is added
    N_("Identity"): (
        ("brand", "model", "nickname"),
        ("reference", "serial_number", "production_year"),
    ),
    N_("Purchase"): (
        ("purchase_price", "purchased_on", "retailer"),
        ("purchase_fees", "purchase_taxes", "warranty_until"),
    ),
}
PRICED = {
    "purchase_price": "purchase_currency",
    "sale_price": "sale_currency",
    "target_price": "target_currency",
}
AMOUNTS = PRICED | {"purchase_fees": "purchase_currency", "purchase_taxes": "purchase_currency"}
AMOUNTS |= {"sale_fees": "sale_currency"}
DAYS = {"purchased_on", "disposed_on", "warranty_until"}
LEFT_ON = {
    Status.SOLD: N_("Sold on"),
    Status.GIFTED: N_("Given away on"),
    Status.LOST: N_("Lost on"),
}
NEW_OWNER = {Status.SOLD: N_("Buyer"), Status.GIFTED: N_("Given to")}
UNKNOWN = N_("Not known")
PRIVATE = N_("Private: only I see it")
IDS = {"collection": "collection_id", "owner": "owner_id"}  # these hold the id of what is chosen
NOTHING = {"collection": N_("None"), "owner": N_("The household")}  # what an empty choice means


@dataclass(frozen=True)
class Entry:
    """What is in a form now; ``unread`` is what can't be read: field → sentence."""

    draft: WatchDraft
    brand: str | None
    unread: dict[str, str]


class Fields:
    """Draws fields with what they hold, and collects what is typed; ``form`` begins their keys."""

    def __init__(
        self, form: str, shown: WatchDraft, brand: str | None, problems: Mapping[str, str]
    ) -> None:
        self.form, self.shown, self.brand, self.problems = form, shown, brand, problems
        self.values: dict[str, object] = {"status": shown.status}
        self.typed: dict[str, str] = {}  # amounts and numbers, to be read once all is drawn

    def draw(self, names: Iterable[str]) -> None:
        """These fields, one under another, each with its problem under it."""
        for name in names:
            if name in PRICED:
                with st.container(horizontal=True, key=f"{self.form}.{name}.row"):
                    self._line(name)
                    self._currency(PRICED[name])
                ui.field_problem(self.problems, PRICED[name])
            elif name in AMOUNTS or name in MEASURES:
                self._line(name)
            elif name in DAYS:
                self._day(name)
            elif name in {"tags", "complications"}:
                self._several(name)
            elif name == "is_private":
                self._private()
            elif name == "notes":
                self.values[name] = st.text_area(
                    _(LABELS[name]), self.shown.notes or "", key=self._key(name), height=120
                )
            elif name in {"condition", "box_papers", "movement_type", *IDS}:
                self._choice(name)
            elif name in {"brand", "calibre", "retailer"}:
                self._type_ahead(name)
            else:
                self._line(name)
            ui.field_problem(self.problems, name)

    def group(self, halves: tuple[Half, Half]) -> None:
        """A group in two columns, which go under each other on a phone."""
        left, right = halves
        if not right:
            self.draw(left)
            return
        for column, names in zip(st.columns(2, gap="medium"), halves, strict=True):
            with column:
                self.draw(names)

    def wish(self) -> None:
        """What it may cost; nothing once it is here."""
        if self.shown.status in WANTED:
            self.draw(["target_price"])

    def departure(self) -> None:
        """When it left, to whom and for how much; nothing while it is here."""
        if self.shown.status in GONE:
            self.draw(["disposed_on"])
            if self.shown.status in NEW_OWNER:
                self.draw(["buyer"])
            if self.shown.status == Status.SOLD:
                self.draw(["sale_price", "sale_fees"])

    def entry(self) -> Entry:
        """What is typed now. Fields that were not drawn keep what was shown."""
        unread: dict[str, str] = {}
        values, sentences = self.values, constraint_sentences()
        for name, typed in self.typed.items():
            try:
                currency = AMOUNTS.get(name, "")
                values[name] = (
                    read_amount(typed, cast("str | None", values.get(currency)))
                    if currency
                    else read_number(typed, name, sentences)
                )
            except ValueError as error:
                unread[name] = str(error)
                values[name] = None
        if values.get("is_private") and not self.shown.is_private and not values.get("owner_id"):
            values["owner_id"] = session.member().user_id  # whose else: it was the household's
        brand = cast("str | None", values.pop("brand", self.brand))
        return Entry(replace(self.shown, **values), brand, unread)  # type: ignore[arg-type]

    def _private(self) -> None:
        """Whether nobody else sees it; not asked of others' watches, nor where nobody else is."""
        me = session.member().user_id
        if self.shown.owner_id in {None, me} and (
            self.shown.is_private or len(cached(members.every)) > 1
        ):
            self.values["is_private"] = st.checkbox(
                _(PRIVATE), self.shown.is_private, key=self._key("is_private")
            )

    def _key(self, name: str) -> str:
        return f"{self.form}.{name}"

    def _line(self, name: str) -> None:
        held = getattr(self.shown, name)
        if name in AMOUNTS:
            shown = typed_amount(cast("Decimal | None", held))
        else:
            shown = typed_number(held) if name in MEASURES else held or ""
        label = _(LABELS[name])
        if name == "buyer":
            label = _(NEW_OWNER[Status(self.shown.status)])
        field = amounts.field if name in AMOUNTS else partial(st.text_input, autocomplete="off")
        typed = field(label, shown, key=self._key(name), persist_state="page")
        place = self.typed if name in AMOUNTS or name in MEASURES else self.values
        cast("dict[str, object]", place)[name] = typed

    def _currency(self, name: str) -> None:
        held = getattr(self.shown, name) or session.member().currency
        codes = list(dict.fromkeys([*currencies.CURRENCIES, held]))
        self.values[name] = st.selectbox(
            _(LABELS[name]),
            codes,
            index=codes.index(held),
            key=self._key(name),
            width=120,
            persist_state="page",
        )

    def _day(self, name: str) -> None:
        held = cast("date | None", getattr(self.shown, name))
        label = _(LABELS[name])
        if name == "disposed_on":
            label = _(LEFT_ON[Status(self.shown.status)])
        chosen = st.date_input(
            label,
            held,
            # All days: one out of its range the box never sends, and the day before it is saved.
            min_value=date.min,
            max_value=date.max,
            format="YYYY-MM-DD",
            # The day offered depends on the status; a field keeps its first one.
            key=self._key(f"{name}.{'empty' if held is None else 'filled'}"),
            persist_state="page",
        )
        self.values[name] = chosen if isinstance(chosen, date) else None

    def _choice(self, name: str) -> None:
        names = _names(name)
        held = getattr(self.shown, IDS.get(name, name))
        held = None if held is None else str(held)
        nothing = _(NOTHING.get(name, UNKNOWN))
        options = ["", *names] if held in names else list(names)
        chosen = st.selectbox(
            _(LABELS[name]),
            options,
            index=options.index(held) if held in options else None,
            format_func=lambda key: names[key] if key else nothing,
            key=self._key(name),
            placeholder=nothing,
        )
        if name in IDS:
            self.values[IDS[name]] = UUID(chosen) if chosen else None
        else:
            self.values[name] = chosen or None

    def _type_ahead(self, name: str) -> None:
        """A choice that takes what is typed as well; an empty one can be emptied again."""
        if name == "brand":
            known, held = cached(watches.brand_names), self.brand
        else:
            known = cached(watches.retailers if name == "retailer" else reference_data.calibres)
            held = getattr(self.shown, name)
        nothing = [""] if held and name != "brand" else []
        options = list(dict.fromkeys([*nothing, *([held] if held else []), *known]))
        self.values[name] = st.selectbox(
            _(LABELS[name]),
            options,
            index=None if held is None else options.index(held),
            format_func=lambda option: option or _(UNKNOWN),
            key=self._key(name),
            accept_new_options=True,
            placeholder=_("Type or choose"),
        )

    def _several(self, name: str) -> None:
        held = list(getattr(self.shown, name))
        names = _names(name) if name == "complications" else {}
        options = list(names) if names else cached(watches.tags)
        self.values[name] = st.multiselect(
            _(LABELS[name]),
            list(dict.fromkeys([*options, *held])),
            held,
            format_func=lambda key: names.get(key, key),
            key=self._key(name),
            accept_new_options=name == "tags",
            placeholder=_("Type or choose"),
        )


def choose_status(form: str, status: str) -> str:
    """Where the watch stands. Outside the form: which fields there are depends on it."""
    return st.segmented_control(
        _(LABELS["status"]),
        [str(one) for one in STATUSES],
        default=str(status),
        required=True,
        format_func=lambda one: _(STATUSES[Status(one)]),
        key=f"{form}.status",
    )


def _names(name: str) -> dict[str, str]:
    """Key → name, for the fields that offer a list."""
    if name == "collection":
        return {str(one.collection_id): one.name for one in cached(collections.every)}
    if name == "owner":
        return {str(one.user_id): one.name for one in cached(members.every)}
    if name in {"movement_type", "complications"}:
        known = getattr(reference_data, f"{name.removesuffix('s')}s")
        return {choice.key: _(choice.name) for choice in cached(known)}
    words: Mapping[str, str] = {"condition": CONDITION_NAMES, "box_papers": BOX_PAPERS}[name]
    return {key: _(word) for key, word in words.items()}
