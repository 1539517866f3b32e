"""What if in words: the collection now and after the moves, side by side."""

from decimal import Decimal

from app import format as say
from app.language import _, ngettext
from app.list_markup import Cell, Column, TableRow
from app.markup import Line
from app.overview import FRESH
from app.overview_charts import TENTHS, TOP, Part, parts
from app.what_if import Known, Result, old_rates
from app.what_if_markup import Twin
from data.calc.missing import Missing
from data.calc.risk import Concentration
from data.calc.what_if import Standing
from data.figures import Slice


def columns() -> list[Column]:
    """Of the tables that set now against after."""
    return [
        Column(_("Figure")),
        Column(_("Now"), number=True),
        Column(_("After"), number=True),
        Column(_("Change"), number=True, extra=True),
    ]


def lines(found: Result, currency: str) -> list[Line]:
    """Under the headline: how the value moves, what is paid or received, what is realised."""
    now, then = found.now, found.then
    moved = then.value - now.value
    share = float(moved / now.value) if now.value else None
    said = [Line(say.change(moved, currency, share), say.tone(moved), _("against now"))]
    word = _("to be paid") if then.cash < 0 else _("to be received")
    if then.cash:
        said.append(Line(say.money(abs(then.cash), currency), "", word))
    if realised := then.realised - now.realised:
        said.append(Line(say.change(realised, currency), say.tone(realised), _("realised")))
    return said


def notes(found: Result, here: Known) -> list[str]:
    """What is not counted, and why."""
    said = [
        _("{watch} is not counted: {reason}", watch=move.name, reason=reason)
        for move, reason in found.waiting
    ]
    said += [
        _("The gain of {watch} is not known: no cost", watch=move.name)
        for move in found.unknown_gain
    ]
    if left := found.now.watches - found.now.valued:
        said.append(
            ngettext(
                "{shown} watch has no value and counts as nothing",
                "{shown} watches have no value and count as nothing",
                left,
                shown=say.number(left),
            )
        )
    return said + ([old] if (old := old_rates(here, FRESH)) else [])


def figures(found: Result, currency: str) -> list[TableRow]:
    """The sums now, after, and how they differ."""
    now, then = found.now, found.then
    amounts = (
        (_("Value"), now.value, then.value, False),
        (_("Cost"), now.cost, then.cost, False),
        (_("Gain, not realised"), now.gain, then.gain, True),
        (_("Gain, realised"), now.realised, then.realised, True),
        (_("Cash"), now.cash, then.cash, False),
        (_("Value and cash"), now.worth, then.worth, False),
    )
    rows = [
        TableRow("", "", label, cells=_amounts(before, after, currency, is_gain=is_gain))
        for label, before, after, is_gain in amounts
    ]
    return [*rows, _returned(now, then), _counted(now, then)]


def allocation(found: Result) -> tuple[str, list[Twin]]:
    """The brand whose share moves most, in words; each brand's share now and after."""
    now, then = _shares(found.now), _shares(found.then)
    names = sorted(now | then, key=lambda name: (-max(now.get(name, 0), then.get(name, 0)), name))
    if not names:
        return _("No watch would have a value."), []
    most = max(names, key=lambda name: abs(then.get(name, 0) - now.get(name, 0)))
    pairs = [(name, now.get(name, 0.0), then.get(name, 0.0)) for name in names]
    if len(pairs) > TOP + 1:
        rest = pairs[TOP:]
        label = _("Other {number}", number=say.number(len(rest)))
        sums = (sum(one[1] for one in rest), sum(one[2] for one in rest))
        pairs = [*pairs[:TOP], (label, *sums)]
    longest = max(max(before, after) for _, before, after in pairs) or 1
    twins = [
        Twin(name, say.percent(before), say.percent(after), before / longest, after / longest)
        for name, before, after in pairs
    ]
    return _most(most, now.get(most, 0.0), then.get(most, 0.0)), twins


def concentration(found: Result) -> tuple[str, list[TableRow]]:
    """How much hangs on a few, in words and now against after."""
    now, then = found.now.concentration, found.then.concentration
    if isinstance(now, Missing) or isinstance(then, Missing):
        missing = now if isinstance(now, Missing) else then
        return _(missing.reason) if isinstance(missing, Missing) else "", []
    said = _(
        "The largest watch would be {share} of the value, now {before}.",
        share=say.percent(then.largest),
        before=say.percent(now.largest),
    )
    shares = (
        (_("Largest watch"), now.largest, then.largest),
        (_("Five largest"), now.top_five, then.top_five),
    )
    rows = [
        TableRow("", "", label, cells=_percents(before, after)) for label, before, after in shares
    ]
    return said, [*rows, *_herfindahl(now, then)]


def _herfindahl(now: Concentration, then: Concentration) -> list[TableRow]:
    """The index, and how many equal watches would be as concentrated."""
    pairs = (
        (_("Herfindahl index"), now.herfindahl, then.herfindahl, 3),
        (_("As many equal watches"), now.alike, then.alike, 1),
    )
    return [
        TableRow(
            "",
            "",
            label,
            cells=[
                Cell(say.localised(f"{before:,.{digits}f}")),
                Cell(say.localised(f"{after:,.{digits}f}")),
                Cell(_plain(after - before, digits), "muted"),
            ],
        )
        for label, before, after, digits in pairs
    ]


def _amounts(before: Decimal, after: Decimal, currency: str, *, is_gain: bool) -> list[Cell]:
    moved = after - before
    return [
        *(
            Cell(say.money(one, currency, signed=is_gain), say.tone(one) if is_gain else "")
            for one in (before, after)
        ),
        Cell(say.money(moved, currency, signed=True) if moved else _("no change"), "muted"),
    ]


def _percents(before: float, after: float) -> list[Cell]:
    return [
        Cell(say.percent(before)),
        Cell(say.percent(after)),
        Cell(_points(after - before), "muted"),
    ]


def _points(moved: float) -> str:
    shown = say.percent(moved, signed=True)
    if shown[0] not in "+−":
        return _("no change")
    return _("{number} points", number=shown.rstrip(f"%{say.SPACE}\N{NARROW NO-BREAK SPACE}"))


def _returned(now: Standing, then: Standing) -> TableRow:
    """Gain over cost of what is owned; only over watches that have both."""
    shares = [_return(one) for one in (now, then)]
    cells = [
        Cell(say.percent(one, signed=True), say.tone(None if one is None else round(one, 3)))
        for one in shares
    ]
    before, after = shares
    moved = "" if before is None or after is None else _points(after - before)
    return TableRow("", "", _("Return"), cells=[*cells, Cell(moved, "muted")])


def _return(one: Standing) -> float | None:
    cost = one.measured_cost
    return float(one.gain / cost) if cost else None


def _counted(now: Standing, then: Standing) -> TableRow:
    moved = then.watches - now.watches
    cells = [
        Cell(say.number(now.watches)),
        Cell(say.number(then.watches)),
        Cell(_plain(moved, 0), "muted"),
    ]
    return TableRow("", "", _("Watches"), cells=cells)


def _plain(moved: float, digits: int) -> str:
    shown = f"{abs(moved):,.{digits}f}"
    if not shown.strip("0.,"):
        return _("no change")
    return f"{'+' if moved > 0 else say.MINUS}{say.localised(shown)}"


def _shares(one: Standing) -> dict[str, float]:
    """Brand → share, adding up to 100.0 % as they are shown."""
    found: list[Part] = parts([Slice(b, None, amount, 0) for b, amount in one.brands.items()])
    return {part.label: part.share for part in found}


def _most(name: str, before: float, after: float) -> str:
    if round(after * TENTHS) == round(before * TENTHS):
        return _("No brand’s share would change.")
    if not after:
        share = say.percent(before)
        return _("{name} would be gone, now {share} of the value.", name=name, share=share)
    return _(
        "{name} would be {share} of the value, now {before}.",
        name=name,
        share=say.percent(after),
        before=say.percent(before),
    )
