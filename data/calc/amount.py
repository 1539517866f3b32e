"""Amounts of money as people type them: 12,390.50, 1.234,56, CHF 12'390.-, € 40.950,-."""

import re
from decimal import Decimal

from data.said import said

CODES = (
    "AED AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KRW KWD MXN MYR NOK "
    "NZD PHP PLN QAR RON RUB SAR SEK SGD THB TRY TWD USD ZAR"
)
# Who uses a sign; the first is the one named when it is not the field's currency.
SIGNS = {
    "€": ("EUR",),
    "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"),
    "US$": ("USD",),
    "HK$": ("HKD",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "FR": ("CHF",),
    "SFR": ("CHF",),
    "KR": ("SEK", "DKK", "NOK", "ISK"),
}
# No-break, narrow no-break and thin spaces; typographic apostrophe; minus sign and dashes.
PLAIN = str.maketrans(
    {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2019: "'", 0x2212: "-", 0x2013: "-", 0x2014: "-"}
)
_MARK = r"[^\W\d_]{0,2}[€$£¥]|[^\W\d_]{1,3}\.?"
_SHAPE = re.compile(
    rf"(?P<before>{_MARK})? *(?P<minus>-)? *(?P<number>(?:[.,]?[0-9])(?:[0-9.,' ]*[0-9])?)"
    rf"(?P<no_cents>[.,]--?)? *(?P<after>{_MARK})?"
)
_GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?P<group>[,.' ])[0-9]{3}(?:(?P=group)[0-9]{3})*"
    r"(?:(?!(?P=group))[.,][0-9]{1,2})?"
)
_UNGROUPED = re.compile(r"[0-9]+|[0-9]*[.,][0-9]{1,2}")
_THOUSAND = re.compile(r"[1-9][0-9]{0,2}(?P<group>[.,])[0-9]{3}")
_LIMIT = Decimal(10) ** 12  # numeric(14,2) has twelve digits before the decimal sign
_QUOTE_LENGTH = 40


def parse_amount(typed: str, currency: str | None = None, decimal_sign: str = ".") -> Decimal:
    """The amount a person typed, never negative, with at most two decimals.

    Where decimals follow a dot, ``1,234`` is 1234 and ``1.234`` is refused as ambiguous; where they
    follow a comma, it is the other way round. A currency beside the number is ignored if it can be
    ``currency`` (ISO 4217), or if that is None.

    Raises:
        ValueError: not an amount; its text is the sentence to show at the field.
    """
    text = typed.translate(PLAIN).strip()
    if not text:
        raise ValueError("Write an amount, such as 12,390.50.")
    shape = _SHAPE.fullmatch(text)
    if shape is None or (shape["before"] and shape["after"]):
        raise _not_an_amount(typed)
    mark = shape["before"] or shape["after"]
    if mark:
        _check_currency(mark, currency, typed)
    if shape["minus"]:
        raise ValueError("An amount can't be negative.")
    # "40.950,-" has no cents: with ",00" its dot is plainly a thousands sign.
    cents = shape["no_cents"][0] + "00" if shape["no_cents"] else ""
    amount = _number(shape["number"] + cents, typed, decimal_sign)
    if amount >= _LIMIT:
        raise ValueError(
            said(
                "{typed} is too large: at most 12 digits before the decimals.",
                typed=_quoted(typed),
            )
        )
    return amount


def _check_currency(mark: str, currency: str | None, typed: str) -> None:
    """Refuse a currency that is unknown or not the field's."""
    name = mark.upper().rstrip(".")
    possible = SIGNS.get(name) or ((name,) if name in CODES.split() or name == currency else ())
    if not possible:
        raise _not_an_amount(typed)
    if currency is not None and currency not in possible:
        raise ValueError(
            said(
                "This looks like {found}, but the currency is {currency}.",
                found=possible[0],
                currency=currency,
            )
        )


def _number(digits: str, typed: str, decimal_sign: str) -> Decimal:
    """The value of digits with their group and decimal signs."""
    thousand = _THOUSAND.fullmatch(digits)
    if thousand and thousand["group"] == decimal_sign:
        whole, _, rest = digits.partition(decimal_sign)
        decimal = f"{Decimal(f'{whole}.{rest}'):.2f}".replace(".", decimal_sign)
        raise ValueError(
            said(
                "{typed} could mean {whole} or {decimal}: write one of them.",
                typed=_quoted(typed),
                whole=whole + rest,
                decimal=decimal,
            )
        )
    if grouped := _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(grouped["group"], "").replace(",", "."))
    if _UNGROUPED.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    decimals = re.search(r"([.,])[0-9]{3,}$", digits)
    if decimals and digits.count(decimals[1]) == 1:
        raise ValueError(said("{typed} has more than two decimals.", typed=_quoted(typed)))
    raise ValueError(
        said("{typed} isn't grouped in threes; write it like 12,390.50.", typed=_quoted(typed))
    )


def _not_an_amount(typed: str) -> ValueError:
    return ValueError(
        said("{typed} isn't an amount; write it like 12,390.50.", typed=_quoted(typed))
    )


def _quoted(typed: str) -> str:
    """What was typed, in quotes, at most 40 characters of it."""
    text = " ".join(typed.split())
    short = text if len(text) <= _QUOTE_LENGTH else text[: _QUOTE_LENGTH - 1] + "…"
    return f"“{short}”"
