"""A watch in one line: what it says is read, what it does not say is not made up."""

import csv
import string
import time
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.currencies import CURRENCIES
from data.one_line import Line, parse
from data.reference_data import FOLDER

TODAY = date(2026, 11, 24)
LINES = csv.DictReader((FOLDER / "brands.csv").read_text("utf-8").splitlines())
BRANDS = {
    spelling: line["name"]
    for line in LINES
    for spelling in [*filter(None, line["aliases"].split("|")), line["name"]]
}
DAY = date(2023, 5, 1)
MONTH_FIRST = "was read month first: the other way is no day."


def read(typed: str, currency: str = "CHF") -> Line:
    return parse(typed, BRANDS, CURRENCIES, TODAY, currency)


def facts(line: Line) -> dict[str, object]:
    """What was understood, without how."""
    return {
        name: held
        for name, held in vars(line).items()
        if held is not None and name not in {"remarks", "left"}
    }


def test_the_line_of_the_example():
    assert vars(read("Omega Speedmaster 310.30.42.50.01.002 bought 2023-05-01 for 6500 EUR")) == {
        "brand": "Omega", "model": "Speedmaster", "reference": "310.30.42.50.01.002",
        "nickname": None, "serial_number": None, "production_year": None, "status": None,
        "condition": None, "box_papers": None, "retailer": None, "purchased_on": DAY,
        "purchase_price": Decimal(6500), "purchase_currency": "EUR", "remarks": (), "left": (),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "brand", "model"),
    [
        ("A. Lange & Söhne Datograph", "A. Lange & Söhne", "Datograph"),
        ("a lange and sohne Datograph", "A. Lange & Söhne", "Datograph"),
        ("Lange Saxonia Thin", "A. Lange & Söhne", "Saxonia Thin"),
        ("Patek Nautilus", "Patek Philippe", "Nautilus"),
        ("AP Royal Oak", "Audemars Piguet", "Royal Oak"),
        ("ap royal oak", "Audemars Piguet", "royal oak"),
        ("VC Overseas", "Vacheron Constantin", "Overseas"),
        ("JLC Reverso", "Jaeger-LeCoultre", "Reverso"),
        ("Jaeger LeCoultre Reverso", "Jaeger-LeCoultre", "Reverso"),
        ("GS Snowflake", "Grand Seiko", "Snowflake"),
        ("Bell and Ross Diver", "Bell & Ross", "Diver"),
        ("Bell&Ross Diver", "Bell & Ross", "Diver"),
        ("Bought: Tudor Black Bay 58", "Tudor", "Black Bay 58"),
        ("Casio F-91W", "Casio", "F-91W"),
        ("Omega Seamaster 300M", "Omega", "Seamaster 300M"),
    ],
)
def test_brands_are_known_however_they_are_written(typed, brand, model):
    assert facts(read(typed)) == {"brand": brand, "model": model}


def test_an_unknown_brand_is_the_first_word_and_that_is_said():
    line = read("Foobar Diver Pro")
    assert facts(line) == {"brand": "Foobar", "model": "Diver Pro"}
    assert line.remarks == ("“Foobar” is no brand known here; the first word was taken.",)


def test_a_line_without_a_model_says_so():
    assert read("Patek 5711/1A-010").remarks == ("No model name was found.",)


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("116610LV", "116610LV"),
        ("116500 LN", "116500 LN"),
        ("5711/1A-010", "5711/1A-010"),
        ("15202ST.OO.1240ST.01", "15202ST.OO.1240ST.01"),
        ("IW 371446", "IW 371446"),
        ("SBGA 211", "SBGA 211"),
        ("145.022-69 ST", "145.022-69 ST"),
        ("ref. 397 84 8J", "397 84 8J"),
        ("Referenz: 79030N", "79030N"),
        ("réf 2254.50", "2254.50"),
    ],
)
def test_references_come_in_many_shapes(typed, reference):
    line = read(f"Omega Model {typed} for 500 EUR")
    assert (line.model, line.reference, line.purchase_price) == ("Model", reference, 500)
    assert line.left == ()


def test_a_bare_number_taken_for_the_reference_is_named():
    line = read("Rolex Submariner 16610 EUR 6500")
    assert (line.reference, line.purchase_price) == ("16610", 6500)
    assert line.remarks == ("“16610” was taken for the reference.",)


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("CHF 12'500", "12500", "CHF"),
        ("CHF 12’500.-", "12500", "CHF"),
        ("€6.500,-", "6500", "EUR"),
        ("6,500.00 USD", "6500", "USD"),
        ("for 6.500,50 EUR", "6500.5", "EUR"),
        ("£ 20,000", "20000", "GBP"),
        ("für 900 Euro", "900", "EUR"),
        ("pour 1 200 euros", "1200", "EUR"),
        ("12k EUR", "12000", "EUR"),
        ("Fr. 450", "450", "CHF"),
        ("6500eur", "6500", "EUR"),
    ],
)
def test_prices_come_in_many_shapes(typed, amount, currency):
    line = read(f"Omega Constellation {typed}")
    assert (line.purchase_price, line.purchase_currency) == (Decimal(amount), currency)
    assert (line.model, line.left) == ("Constellation", ())


@pytest.mark.parametrize(
    ("typed", "own", "currency", "remark"),
    [
        ("$7,200", "CHF", "USD", "“$” was read as USD."),
        ("$7,200", "AUD", "AUD", "“$” was read as AUD."),
        ("¥7,200", "CHF", "JPY", "“¥” was read as JPY."),
        ("7200 kr", "NOK", "NOK", "“kr” was read as NOK."),
        ("7.200 EUR", "CHF", "EUR", "“7.200” was read as 7,200."),
        ("7 200 EUR", "CHF", "EUR", "“7 200” was read as one amount."),
        ("for 7200", "CHF", None, "No currency stands beside 7200."),
    ],
)
def test_a_price_that_could_mean_something_else_is_named(typed, own, currency, remark):
    line = read(f"Omega Constellation {typed}", own)
    assert (line.purchase_price, line.purchase_currency) == (7200, currency)
    assert line.remarks == (remark,)


def test_what_a_watch_is_worth_is_not_what_was_paid():
    line = read("Omega Constellation worth 5000 EUR bought for 900 EUR")
    assert (line.purchase_price, line.left) == (900, ("worth 5000 EUR",))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("bought 2023-05-01", DAY),
        ("gekauft am 01.05.2023", DAY),
        ("acheté le 1er mai 2023", DAY),
        ("on 1 May 2023", DAY),
        ("May 1st, 2023", DAY),
        ("1. Mai 2023", DAY),
        ("13/5/2023", date(2023, 5, 13)),
        ("bought yesterday", TODAY - timedelta(days=1)),
        ("gestern gekauft", TODAY - timedelta(days=1)),
    ],
)
def test_days_come_in_many_shapes(typed, day):
    line = read(f"Omega Constellation {typed}")
    assert facts(line) == {"brand": "Omega", "model": "Constellation", "purchased_on": day}
    assert (line.remarks, line.left) == ((), ())


@pytest.mark.parametrize(
    ("typed", "day", "remark"),
    [
        ("5/1/2023", date(2023, 1, 5), "“5/1/2023” was read day first, as 5 January 2023."),
        ("5/13/2023", date(2023, 5, 13), f"“5/13/2023” {MONTH_FIRST}"),
        ("May 2023", DAY, "“May 2023” names no day: the first of the month was taken."),
        ("bought in 2019", date(2019, 1, 1), "“bought in 2019” names no day: 1 January was taken."),
        ("on 2027-05-01", None, "“2027-05-01” has not come yet, so it is not the purchase date."),
    ],
)  # fmt: skip
def test_a_day_that_is_not_plain_is_named(typed, day, remark):
    line = read(f"Omega Constellation {typed}")
    assert (line.purchased_on, line.remarks) == (day, (remark,))


def test_the_day_of_a_service_is_not_the_day_of_purchase():
    line = read("Omega Constellation serviced 2022-03-01 bought 2023-05-01")
    assert (line.purchased_on, line.left) == (DAY, ("serviced 2022-03-01",))


@pytest.mark.parametrize(
    ("typed", "name", "held"),
    [
        ("from Bucherer Zürich for 900 EUR", "retailer", "Bucherer Zürich"),
        ("gekauft bei Wempe am 01.05.2023", "retailer", "Wempe"),
        ("chez Bucherer", "retailer", "Bucherer"),
        ("at Phillips, Geneva", "retailer", "Phillips"),
        ("s/n 1234", "serial_number", "1234"),
        ("serial no. K-12345", "serial_number", "K-12345"),
        ("Seriennummer 77", "serial_number", "77"),
        ("1968", "production_year", 1968),
        ("ca. 1972", "production_year", 1972),
        ("from 1968", "production_year", 1968),
        ("mint", "condition", "mint"),
        ("in good condition", "condition", "good"),
        ("sehr guter Zustand", "condition", "good"),
        ("unworn", "condition", "mint"),
        ("full set", "box_papers", "full_set"),
        ("with box and papers", "box_papers", "full_set"),
        ("mit Box und Papieren", "box_papers", "full_set"),
        ("box, no papers", "box_papers", "box"),
        ("with papers", "box_papers", "papers"),
        ("without box or papers", "box_papers", "none"),
        ("watch only", "box_papers", "none"),
        ("wishlist", "status", "wishlist"),
        ("ordered", "status", "ordered"),
        ("bestellt", "status", "ordered"),
        ("“Pie Pan”", "nickname", "Pie Pan"),
        ('"Pie Pan"', "nickname", "Pie Pan"),
    ],
)
def test_the_small_words(typed, name, held):
    line = read(f"Omega Constellation {typed}")
    assert (line.brand, line.model) == ("Omega", "Constellation")
    assert facts(line)[name] == held


def test_what_is_not_understood_comes_back():
    line = read("lovely Omega Constellation, gold capped, bought 2023-05-01, runs well")
    assert (line.model, line.left) == ("Constellation", ("lovely", "gold capped", "runs well"))


def test_a_watch_on_the_wishlist_was_not_bought():
    line = read("Omega Constellation wishlist 2023-05-01")
    assert (line.purchased_on, line.left) == (None, ("2023-05-01",))


def test_an_empty_line_says_nothing():
    assert vars(read(" \0\t ")) == vars(Line())


WORDS = st.sampled_from(["bought", "for", "EUR", "from", "s/n", "ref.", "1.2.2023", "May", "'", '"',
                         "6.500", "$", "Lange", "box", "no", "1968", "\ue000", "1e9", "١٢"])  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(max_size=5_000), st.lists(WORDS, max_size=200).map(" ".join)))
def test_no_text_is_too_strange(typed):
    line = read(typed)
    assert all(isinstance(words, str) and words for words in (*line.left, *line.remarks))


@pytest.mark.parametrize("piece", ["1 ", "a", "9", "1.", "box ", "bought ", "from a", "6 500 EUR "])
def test_a_long_line_is_read_at_once(piece):
    begun = time.perf_counter()
    read("Omega " + piece * (5_000 // len(piece)))
    assert time.perf_counter() - begun < 2  # a second at most on a slow machine; usually 0.1


NAME = st.text(string.ascii_lowercase, min_size=4, max_size=9).map(lambda word: f"X{word}")
LINE_FACTS = st.fixed_dictionaries(
    {
        "brand": st.sampled_from(sorted(set(BRANDS.values()))),
        "model": st.lists(NAME, min_size=1, max_size=3).map(" ".join),
    },
    optional={
        "reference": st.from_regex(r"[1-9][0-9]{5}[A-EG-JL-Z][A-Z]|[1-9][0-9]{2}\.[0-9]{2}\.[0-9]{2}",
                                   fullmatch=True),
        "nickname": NAME,
        "serial_number": st.from_regex(r"[A-Z][0-9]{4,8}", fullmatch=True),
        "production_year": st.integers(1900, 2026),
        "retailer": st.lists(NAME, min_size=1, max_size=2).map(" ".join),
        "purchased_on": st.dates(date(1900, 1, 1), TODAY),
        "paid": st.tuples(st.decimals(1, 999_999, places=2), st.sampled_from(sorted(CURRENCIES))),
        "condition": st.sampled_from(["mint", "excellent", "good", "fair", "poor"]),
        "box_papers": st.sampled_from(["full_set", "box", "papers"]),
    },
)  # fmt: skip
WRITTEN = {
    "reference": "{}", "nickname": '"{}"', "serial_number": "s/n {}", "production_year": "ca. {}",
    "condition": "in {} condition", "purchased_on": "bought {}", "retailer": "from {}",
}  # fmt: skip
ORDER = ("nickname", "reference", "production_year", "serial_number", "condition", "box_papers")


@settings(deadline=None)
@given(LINE_FACTS)
def test_a_line_made_of_facts_gives_the_facts_back(known):
    parts = [known["brand"], known["model"]]
    parts += [
        WRITTEN.get(name, "{}").format(str(known[name]).replace("_", " "))
        for name in (*ORDER, "purchased_on", "retailer")
        if name in known
    ]
    wanted = {name: held for name, held in known.items() if name != "paid"}
    if "paid" in known:
        amount, currency = known["paid"]
        parts.append(f"for {amount:,} {currency}")
        wanted |= {"purchase_price": amount, "purchase_currency": currency}
    line = read(" ".join(parts))
    assert facts(line) == wanted
    assert line.left == ()
