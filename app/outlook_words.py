"""The outlook in words: what a year may bring, what the back-test says, and what neither is."""

from decimal import Decimal

from app import format as say
from app.language import N_, _
from app.markup import Figure
from data.calc.missing import Missing
from data.calc.outlook import NO_BETTER, TOO_FEW, Backtest, Outlook

NO_ADVICE = N_(
    "Worked out from the recorded values alone: it knows no market and no news, and is no advice."
)
STRAYED = 0.1  # a band that caught so much less, or more, than it promised was too narrow, or wide


def answer(found: Outlook, currency: str) -> str:
    """What a year may bring."""
    today, end = found.history[-1].amount, found.months[-1]
    low80, high80, low95, high95, middle = (
        rough(amount, currency)
        for amount in (end.low80, end.high80, end.low95, end.high95, end.value)
    )
    moved = say.percent(end.value / today - 1, signed=True)
    same = moved[0] not in f"+{say.MINUS}"
    bands = _(
        "In a year probably between {low80} and {high80}, which is the 80% band; the 95% band "
        "reaches from {low95} to {high95}.",
        low80=low80,
        high80=high80,
        low95=low95,
        high95=high95,
    )
    if same:
        return f"{bands} {_('The middle is today’s value.')}"
    text = _("The middle is {amount}, {share} from today.", amount=middle, share=moved)
    return f"{bands} {text}"


def rough(amount: Decimal, currency: str) -> str:
    """An amount to three digits: a forecast knows no more."""
    digits = Decimal(1).scaleb(max(amount.adjusted() - 2, -2)) if amount else say.CENT
    return say.money((amount / digits).quantize(Decimal(1)) * digits, currency)


def verdict(found: Outlook) -> str:
    """What the back-test says, in plain words."""
    tried = found.backtest
    if isinstance(tried, Missing):
        return f"{_(found.verdict)}. {_(tried.reason)}"
    missed = _(
        "{verdict}: made {times} in the past, the forecast missed the twelve months after it by "
        "{error} on average, and the guess that nothing changes by {other}.",
        verdict=_(found.verdict),
        times=say.count(tried.origins, "time", "times"),
        error=say.percent(tried.error),
        other=say.percent(tried.error_of_no_change),
    )
    return " ".join(filter(None, [missed, _why(tried), _bands(tried)]))


def tiles(tried: Backtest) -> list[Figure]:
    """The back-test in four figures."""
    return [
        Figure(
            _("Missed by"),
            say.percent(tried.error),
            _("on average, up to a year ahead"),
            help=_(
                "The distance between the forecast and what the value became, in each of the "
                "twelve months after it was made."
            ),
        ),
        Figure(
            _("Error ratio"),
            say.ABSENT if tried.error_ratio is None else say.localised(f"{tried.error_ratio:,.2f}"),
            _("the value did not move")
            if tried.error_ratio is None
            else _("that of no change is 1"),
            help=_(
                "The error of the forecast divided by the error of guessing that nothing "
                "changes. Only clearly below 1 is it worth more than that guess."
            ),
        ),
        _caught(_("80% band"), tried.coverage80, tried.origins),
        _caught(_("95% band"), tried.coverage95, tried.origins),
    ]


def _caught(label: str, share: float, origins: int) -> Figure:
    return Figure(
        label,
        say.percent(share),
        _("of the months fell into it"),
        help=_(
            "Of the twelve months after each of the {number} forecasts. Far below what the band "
            "promises, it was too narrow.",
            number=say.number(origins),
        ),
    )


def _why(tried: Backtest) -> str:
    """Why a forecast with the smaller error is not called better."""
    smaller = tried.error_ratio is not None and tried.error_ratio < 1
    if tried.verdict == TOO_FEW:
        return _("All these times tell of nearly the same year.")
    if tried.verdict == NO_BETTER and smaller:
        return _("That is not clearly less.")
    return ""


def _bands(tried: Backtest) -> str:
    """Whether the bands kept what they promise."""
    if tried.coverage80 < 0.80 - STRAYED or tried.coverage95 < 0.95 - STRAYED:
        return _("Its bands were too narrow: the value left them more often than they promise.")
    if tried.coverage80 > 0.80 + STRAYED:
        return _("Its bands were wider than they had to be.")
    return _("Its bands kept what they promise.")
