"""The currencies people can choose: those the European Central Bank publishes a rate for."""

CURRENCIES = {
    "EUR": "Euro",
    "AUD": "Australian dollar",
    "BRL": "Brazilian real",
    "CAD": "Canadian dollar",
    "CHF": "Swiss franc",
    "CNY": "Chinese yuan",
    "CZK": "Czech koruna",
    "DKK": "Danish krone",
    "GBP": "Pound sterling",
    "HKD": "Hong Kong dollar",
    "HUF": "Hungarian forint",
    "IDR": "Indonesian rupiah",
    "ILS": "Israeli shekel",
    "INR": "Indian rupee",
    "ISK": "Icelandic króna",
    "JPY": "Japanese yen",
    "KRW": "South Korean won",
    "MXN": "Mexican peso",
    "MYR": "Malaysian ringgit",
    "NOK": "Norwegian krone",
    "NZD": "New Zealand dollar",
    "PHP": "Philippine peso",
    "PLN": "Polish złoty",
    "RON": "Romanian leu",
    "SEK": "Swedish krona",
    "SGD": "Singapore dollar",
    "THB": "Thai baht",
    "TRY": "Turkish lira",
    "USD": "US dollar",
    "ZAR": "South African rand",
}
_OF_REGION = {currency[:2]: currency for currency in CURRENCIES} | {"LI": "CHF", "GL": "DKK"}


def name(currency: str) -> str:
    """How a list shows a currency: the code, a dash, the name."""
    known = CURRENCIES.get(currency)
    return f"{currency} – {known}" if known else currency


def of_locale(locale: str | None) -> str:
    """The currency of a browser's locale: ``nb-NO`` is NOK; a language alone says euro."""
    region = (locale or "").replace("_", "-").split("-")[-1]
    return _OF_REGION.get(region, "EUR") if region.isupper() else "EUR"
