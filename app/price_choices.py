"""How a file of prices is read: what has to be asked, once, and what a person may change."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

import streamlit as st

from app import amounts, session, ui
from app import format as say
from app.language import N_, _, ngettext
from app.price_source import Source, reading
from data.calc import amount_column, day_column
from data.calc.amount_column import Sign
from data.calc.day_column import Order
from data.calc.price_file import POINTS, Reading, look
from data.calc.price_layout import HEAD, NONE, Choices, Layout
from data.calc.price_rows import Part
from data.calc.table_text import DELIMITERS, ENCODINGS
from data.currencies import CURRENCIES

T = TypeVar("T")
MANY = 12  # parts that are named; the smaller ones are chosen together
_ORDER_KEYS: tuple[Order, Order] = ("day", "month")
_SIGN_KEYS: tuple[Sign, Sign] = (".", ",")
ORDERS = {"day": N_("Day first, 31/12/2024"), "month": N_("Month first, 12/31/2024")}
SIGNS = {".": N_("Dot, 1,234.50"), ",": N_("Comma, 1.234,50")}


def ask(source: Source, *, series: bool = False, currency: str | None = None) -> Reading:
    """What the source says, with the answers that are here; what is open is asked above it.

    ``currency``: of all of it, so that nobody has to say it.
    """
    form = f"prices.{source.key}"
    questions, changes = st.container(key="price_questions"), st.container()
    with (
        changes,
        st.expander(_("How it is read"), icon=":material/tune:"),
        st.container(key="price_layout"),
    ):
        choices = replace(_layout(form, source), currency=currency)
        choices = _signs(form, reading(source, choices, series=series), choices)
    plain = reading(source, choices, series=series)
    if plain.refusal:
        return plain
    with questions:
        choices = _answers(form, plain, choices, series=series)
        settled = reading(source, choices, series=series)
        if len(settled.parts) > 1:
            choices = replace(choices, parts=_parts(form, settled.parts))
    return reading(source, choices, series=series)


def _answers(form: str, plain: Reading, choices: Choices, *, series: bool) -> Choices:
    """What the file leaves open."""
    asked = {question.about: question.cell for question in plain.questions}
    columns, name = range(len(plain.layout.names)), plain.layout.names.__getitem__
    if "date_column" in asked:
        chosen = _pick(_("Which column has the day?"), columns, name, f"{form}.day.asked")
        choices = replace(choices, date_column=chosen)
    if "price_column" in asked:
        chosen = _pick(_("Which column has the price?"), columns, name, f"{form}.price.asked")
        choices = replace(choices, price_column=chosen)
    if plain.serials:
        label = _(
            "Read numbers as days, as Excel counts them ({number})",
            number=say.number(plain.serials),
        )
        choices = replace(choices, serials=st.toggle(label, key=f"{form}.serials"))
    if "order" in asked:
        choices = replace(choices, order=_order(form, asked["order"]))
    if "decimal" in asked:
        choices = replace(choices, decimal=_decimal(form, asked["decimal"]))
    if "currency" in asked:
        choices = _ask_currency(form, plain, choices, series=series)
    return choices


def _ask_currency(form: str, plain: Reading, choices: Choices, *, series: bool) -> Choices:
    """The currency, where the file names none for some row."""
    codes = list(dict.fromkeys([*plain.currencies, *CURRENCIES]))
    if series:
        codes.insert(0, POINTS)
    label = _("Which currency are the prices in?")
    return replace(choices, currency=_pick(label, codes, _in_words, f"{form}.currency.asked"))


def _order(form: str, cell: str) -> Order | None:
    """Which comes first in 03/04/2021; None: not said yet."""
    written = day_column.written(cell, session.today())
    words = {key: _(text) for key, text in ORDERS.items()}
    if written and written.day_first and written.month_first:
        words = {"day": say.day(written.day_first), "month": say.day(written.month_first)}
    label = (
        _("Which day is {cell}? All days of the column are read so.", cell=cell)
        if cell
        else _("Which is first?")
    )
    return _choose(label, _ORDER_KEYS, words.__getitem__, f"{form}.order")


def _decimal(form: str, cell: str) -> Sign | None:
    """What 1.234 means; None: not said yet."""
    written = amount_column.written(cell)
    words = {key: _(text) for key, text in SIGNS.items()}
    if written and written.shows == "either":
        words = {sign: _number(amount_column.read(written, sign)) for sign in _SIGN_KEYS}
    label = (
        _("How much is {cell}? The whole column is read so.", cell=cell)
        if cell
        else _("Which is the sign?")
    )
    return _choose(label, _SIGN_KEYS, words.__getitem__, f"{form}.decimal")


def _parts(form: str, parts: Sequence[Part]) -> frozenset[date] | None:
    """The parts of a series that jumps which are right; None: not said yet."""
    largest = sorted(parts, key=lambda part: -part.rows)[: MANY - (len(parts) > MANY)]
    named = {part.first: _part(part) for part in parts if part in largest}
    rest = frozenset(part.first for part in parts if part.first not in named)
    if rest:
        rows = sum(part.rows for part in parts if part.first in rest)
        named[date.max] = _(
            "{number} shorter parts, {days}",
            number=say.number(len(rest)),
            days=say.count(rows, "day", "days"),
        )
    jumps = len(parts) - 1
    chosen = st.pills(
        ngettext(
            "The price jumps once, to more than three times as much or less than a third. "
            "Which parts are right?",
            "The price jumps {shown} times, to more than three times as much or less than a third. "
            "Which parts are right?",
            jumps,
            shown=say.number(jumps),
        ),
        list(named),
        selection_mode="multi",
        format_func=named.__getitem__,
        key=f"{form}.parts.{jumps}.{sum(part.first.toordinal() for part in parts)}",
    )
    if not chosen:
        return None
    return frozenset(chosen) - {date.max} | (rest if date.max in chosen else frozenset())


def _layout(form: str, source: Source) -> Choices:
    """How the file is laid out; as it was found until somebody says otherwise."""
    choices, today = Choices(), session.today()
    encoding, layout = look(source.content, choices, today)
    if encoding:
        chosen = _change(
            _("Encoding"), ENCODINGS, lambda one: _(ENCODINGS[one]), encoding, form, "Encoding"
        )
        choices = replace(choices, encoding=chosen)
        layout = look(source.content, choices, today)[1]
    chosen = _change(
        _("Between the cells"),
        DELIMITERS,
        lambda one: _(DELIMITERS[one]),
        layout.delimiter,
        form,
        "Between the cells",
    )
    choices = replace(choices, delimiter=chosen)
    layout = look(source.content, choices, today)[1]
    found = layout.header.number if layout.header else 0
    choices = replace(
        choices, header=_change(_("Heading"), range(HEAD + 1), _line, found, form, "Heading")
    )
    return _columns(form, look(source.content, choices, today)[1], choices)


def _columns(form: str, layout: Layout, choices: Choices) -> Choices:
    """What is in which column."""
    names = layout.names
    columns = range(len(names))
    money = NONE if layout.currency_column is None else layout.currency_column
    price = None if layout.unsure else layout.price_column
    return replace(
        choices,
        date_column=_change(_("Day"), columns, names.__getitem__, layout.date_column, form, "Day"),
        price_column=_change(_("Price"), columns, names.__getitem__, price, form, "Price"),
        currency_column=_change(
            _("Column of currencies"),
            [NONE, *columns],
            lambda place: _("No column") if place == NONE else names[place],
            money,
            form,
            "Column of currencies",
        ),
    )


def _signs(form: str, now: Reading, choices: Choices) -> Choices:
    """Order, decimal sign and currency where the file itself shows them."""
    if now.order:
        order = _change(
            _("Days are written"),
            _ORDER_KEYS,
            lambda one: _(ORDERS[one]),
            now.order,
            form,
            "Days are written",
        )
        choices = replace(choices, order=order)
    if now.decimal:
        sign = _change(
            _("Decimal sign"),
            _SIGN_KEYS,
            lambda one: _(SIGNS[one]),
            now.decimal,
            form,
            "Decimal sign",
        )
        choices = replace(choices, decimal=sign)
    if now.currency and choices.currency is None:
        codes = list(dict.fromkeys([*CURRENCIES, now.currency]))
        code = _change(
            _("Prices are in"), codes, amounts.named, now.currency, form, "Prices are in"
        )
        choices = replace(choices, currency=code)
    return choices


def _change(
    label: str,
    options: Iterable[T],
    words: Callable[[T], str],
    found: T | None,
    form: str,
    key: str,
) -> T | None:
    """A choice that was found, to be changed; None: as it was found."""
    others = [option for option in options if option != found]
    first = _("Not found") if found is None else _("{choice} (found)", choice=words(found))
    told = [first, *map(words, others)]
    place = st.selectbox(
        label, range(len(told)), format_func=told.__getitem__, key=f"{form}.{key}.{found}"
    )
    return others[place - 1] if place else None


def _pick(label: str, options: Iterable[T], words: Callable[[T], str], key: str) -> T | None:
    """A question with many answers; None: not answered yet."""
    return st.selectbox(
        label, list(options), index=None, format_func=words, placeholder=_("Choose"), key=key
    )


def _choose(label: str, options: Sequence[T], words: Callable[[T], str], key: str) -> T | None:
    """A question with two answers; None: not answered yet."""
    return st.segmented_control(ui.plain(label), options, format_func=words, key=key)


def _in_words(currency: str) -> str:
    if currency == POINTS:
        return _("None, they are points of an index")
    return amounts.named(currency)


def _line(number: int) -> str:
    return _("Line {number}", number=number) if number else _("There is none")


def _part(part: Part) -> str:
    days = say.day(part.first)
    if part.last != part.first:
        days = _("{first} to {last}", first=days, last=say.day(part.last))
    low, high = _number(part.lowest), _number(part.highest)
    amounts = low if low == high else _("{low} to {high}", low=low, high=high)
    return ui.plain(f"{days}: {' '.join(filter(None, (part.currency, amounts)))}")


def _number(amount: Decimal) -> str:
    return say.localised(f"{amount:,.2f}".removesuffix(".00"))
