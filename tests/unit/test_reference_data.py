"""The reference data and the demo household that ship with the project are sound."""

import csv
import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
REFERENCE = DATA / "reference"
DEMO = DATA / "demo"

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# fmt: off
COUNTRIES = {
    "AT", "AU", "BE", "CA", "CH", "CN", "CZ", "DE", "DK", "ES", "FI", "FR",
    "GB", "HK", "IE", "IL", "IM", "IN", "IT", "JP", "KR", "MY", "NL", "NO",
    "NZ", "PL", "RU", "SE", "SG", "TW", "UA", "US",
}
# fmt: on
BEAT_RATES = {14400, 18000, 19800, 21600, 25200, 28800, 36000, 43200, 72000}
MECHANICAL = {"automatic", "manual"}
CURRENCIES = {"USD", "EUR", "CHF", "GBP", "JPY"}
HEADERS = {
    "reference/brands.csv": "brand_slug,name,country,founded,aliases",
    "reference/movement_types.csv": "movement_type_slug,name,description",
    "reference/complications.csv": "complication_slug,name,description",
    "reference/calibres.csv": (
        "calibre_slug,maker,name,movement_type_slug,beat_rate_vph,lift_angle_deg,"
        "lift_angle_source,power_reserve_h,jewels"
    ),
    "demo/watches.csv": (
        "key,brand,model,reference,serial_number,nickname,production_year,status,condition,"
        "box_papers,collection,tags,notes,purchased_months_ago,purchased_day,retailer,"
        "purchase_price,purchase_fees,purchase_taxes,currency,disposed_months_ago,disposed_day,"
        "buyer,sale_price,sale_fees,movement_type_slug,calibre,complications,case_material,"
        "case_diameter_mm,thickness_mm,lug_to_lug_mm,lug_width_mm,water_resistance_m,"
        "power_reserve_h,crystal,dial_colour,bezel,strap,target_price,target_currency"
    ),
    "demo/valuations.csv": "watch_key,months_ago,day,amount,currency,kind,source,note",
}
WATCH_NUMBERS = (
    "purchase_price",
    "purchase_fees",
    "purchase_taxes",
    "sale_price",
    "sale_fees",
    "case_diameter_mm",
    "thickness_mm",
    "lug_to_lug_mm",
    "lug_width_mm",
    "water_resistance_m",
    "power_reserve_h",
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def column(path: Path, name: str) -> list[str]:
    return [row[name] for row in rows(path)]


def sort_key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.casefold()


def watches() -> list[dict[str, str]]:
    return rows(DEMO / "watches.csv")


def valuations() -> list[dict[str, str]]:
    return rows(DEMO / "valuations.csv")


def market_months(key: str) -> list[int]:
    return [
        int(row["months_ago"])
        for row in valuations()
        if row["watch_key"] == key and row["kind"] == "market"
    ]


@pytest.mark.parametrize("name", HEADERS)
def test_every_file_is_utf8_with_lf_endings_and_the_agreed_columns(name: str) -> None:
    raw = (DATA / name).read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\n")
    assert raw.decode("utf-8").splitlines()[0] == HEADERS[name]


@pytest.mark.parametrize("name", HEADERS)
def test_every_row_has_every_column_and_no_stray_spaces(name: str) -> None:
    for row in rows(DATA / name):
        assert None not in row
        for value in row.values():
            assert value is not None
            assert value == value.strip()
            assert "  " not in value


@pytest.mark.parametrize(
    ("name", "slug", "at_least"),
    [
        ("brands.csv", "brand_slug", 140),
        ("movement_types.csv", "movement_type_slug", 8),
        ("complications.csv", "complication_slug", 24),
        ("calibres.csv", "calibre_slug", 100),
    ],
)
def test_there_is_enough_of_everything_and_slugs_are_unique(
    name: str, slug: str, at_least: int
) -> None:
    slugs = column(REFERENCE / name, slug)
    assert len(slugs) >= at_least
    assert len(set(slugs)) == len(slugs)
    assert [value for value in slugs if not SLUG.fullmatch(value)] == []


@pytest.mark.parametrize("name", ["brands.csv", "movement_types.csv", "complications.csv"])
def test_names_are_unique_and_sorted(name: str) -> None:
    names = column(REFERENCE / name, "name")
    assert len({value.casefold() for value in names}) == len(names)
    assert names == sorted(names, key=sort_key)


def test_calibres_are_unique_and_sorted_by_maker_and_name() -> None:
    pairs = [(row["maker"], row["name"]) for row in rows(REFERENCE / "calibres.csv")]
    assert len(set(pairs)) == len(pairs)
    assert pairs == sorted(pairs, key=lambda pair: (sort_key(pair[0]), sort_key(pair[1])))


def test_brands_come_from_a_known_country_and_a_plausible_year() -> None:
    this_year = datetime.now(tz=UTC).year
    for row in rows(REFERENCE / "brands.csv"):
        assert row["country"] in COUNTRIES, row
        assert 1500 <= int(row["founded"]) <= this_year, row


def test_an_alias_belongs_to_one_brand_and_is_no_other_brands_name() -> None:
    brands = rows(REFERENCE / "brands.csv")
    names = {row["name"] for row in brands}
    aliases = [alias for row in brands for alias in row["aliases"].split("|") if row["aliases"]]
    assert all(aliases)
    assert [alias for alias, count in Counter(aliases).items() if count > 1] == []
    assert names & set(aliases) == set()


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("AP", "Audemars Piguet"),
        ("JLC", "Jaeger-LeCoultre"),
        ("VC", "Vacheron Constantin"),
        ("GS", "Grand Seiko"),
        ("IWC Schaffhausen", "IWC"),
        ("Lange", "A. Lange & Söhne"),
    ],
)
def test_collectors_shorthand_finds_the_brand(alias: str, name: str) -> None:
    found = [
        row["name"] for row in rows(REFERENCE / "brands.csv") if alias in row["aliases"].split("|")
    ]
    assert found == [name]


def test_movement_types_are_the_eight_the_product_knows() -> None:
    assert set(column(REFERENCE / "movement_types.csv", "movement_type_slug")) == {
        "automatic",
        "manual",
        "quartz",
        "solar",
        "kinetic",
        "spring-drive",
        "tuning-fork",
        "smart",
    }


@pytest.mark.parametrize("name", ["movement_types.csv", "complications.csv"])
def test_descriptions_are_one_short_sentence(name: str) -> None:
    for text in column(REFERENCE / name, "description"):
        assert text.endswith(".")
        assert 10 <= len(text) <= 100
        assert ". " not in text


def test_calibres_have_a_known_movement_type() -> None:
    known = set(column(REFERENCE / "movement_types.csv", "movement_type_slug"))
    assert set(column(REFERENCE / "calibres.csv", "movement_type_slug")) <= known


def test_beat_rates_are_plausible_and_only_mechanical_calibres_have_one() -> None:
    for row in rows(REFERENCE / "calibres.csv"):
        if row["beat_rate_vph"]:
            assert int(row["beat_rate_vph"]) in BEAT_RATES, row
            assert row["movement_type_slug"] in MECHANICAL, row


def test_a_lift_angle_is_plausible_and_never_without_its_source() -> None:
    with_angle = 0
    for row in rows(REFERENCE / "calibres.csv"):
        assert bool(row["lift_angle_deg"]) == bool(row["lift_angle_source"]), row
        if row["lift_angle_deg"]:
            with_angle += 1
            assert 30 <= Decimal(row["lift_angle_deg"]) <= 70, row
            assert row["movement_type_slug"] in MECHANICAL, row
    assert with_angle >= 20


def test_a_lift_angle_that_sources_dispute_says_so() -> None:
    sources = {
        row["name"]: row["lift_angle_source"]
        for row in rows(REFERENCE / "calibres.csv")
        if row["lift_angle_deg"]
    }
    for name in ("3235", "4R36", "6R15", "6R35", "7750", "8215"):
        assert "also published" in sources[name]


def test_power_reserves_and_jewels_are_plausible_numbers() -> None:
    for row in rows(REFERENCE / "calibres.csv"):
        if row["power_reserve_h"]:
            assert 24 <= Decimal(row["power_reserve_h"]) <= 800, row
            assert row["movement_type_slug"] in MECHANICAL | {"spring-drive"}, row
        if row["jewels"]:
            assert 0 <= int(row["jewels"]) <= 150, row


def test_the_demo_household_has_the_promised_mix_of_watches() -> None:
    statuses = Counter(row["status"] for row in watches())
    assert 30 <= statuses["owned"] <= 36
    assert (statuses["sold"], statuses["gifted"]) == (4, 1)
    assert (statuses["wishlist"], statuses["ordered"]) == (5, 1)
    assert set(statuses) <= {"owned", "wishlist", "ordered", "sold", "gifted", "lost"}
    assert len({row["brand"] for row in watches()}) >= 20


def test_demo_keys_are_unique_slugs() -> None:
    keys = column(DEMO / "watches.csv", "key")
    assert len(set(keys)) == len(keys)
    assert all(SLUG.fullmatch(key) for key in keys)


def test_demo_watches_use_only_what_the_reference_data_knows() -> None:
    brands = set(column(REFERENCE / "brands.csv", "name"))
    movements = set(column(REFERENCE / "movement_types.csv", "movement_type_slug"))
    complications = set(column(REFERENCE / "complications.csv", "complication_slug"))
    for row in watches():
        assert row["brand"] in brands, row["brand"]
        assert row["movement_type_slug"] in movements, row
        assert set(row["complications"].split("|")) - {""} <= complications, row


def test_demo_watches_use_only_the_products_own_words() -> None:
    for row in watches():
        assert row["condition"] in {"", "mint", "excellent", "good", "fair", "poor"}, row
        assert row["box_papers"] in {"", "none", "box", "papers", "full_set"}, row
    assert len({row["collection"] for row in watches()} - {""}) == 4


def test_demo_numbers_parse_and_are_not_negative() -> None:
    for row in watches():
        for name in WATCH_NUMBERS:
            if row[name]:
                assert Decimal(row[name]) >= 0, (row["key"], name)
        if row["production_year"]:
            assert 1900 <= int(row["production_year"]) <= datetime.now(tz=UTC).year
    for row in valuations():
        assert Decimal(row["amount"]) > 0, row


def test_a_demo_price_has_a_currency_and_every_currency_occurs() -> None:
    assert all(row["currency"] in CURRENCIES for row in watches() if row["purchase_price"])
    assert {row["currency"] for row in watches()} - {""} == CURRENCIES
    assert {row["currency"] for row in valuations()} == CURRENCIES


def test_demo_days_exist_in_every_month_and_none_lies_in_the_future() -> None:
    for row in watches():
        for event in ("purchased", "disposed"):
            months, day = row[f"{event}_months_ago"], row[f"{event}_day"]
            assert bool(months) == bool(day), row
            if months:
                assert int(months) >= 1, row
                assert 1 <= int(day) <= 28, row
    for row in valuations():
        assert 0 <= int(row["months_ago"]) <= 60, row
        assert 1 <= int(row["day"]) <= (28 if int(row["months_ago"]) else 1), row


def test_sold_demo_watches_have_a_price_fees_a_buyer_and_a_day_after_purchase() -> None:
    for row in watches():
        gone = row["status"] in {"sold", "gifted"}
        assert gone == bool(row["disposed_months_ago"]), row
        if gone:
            assert int(row["disposed_months_ago"]) < int(row["purchased_months_ago"]), row
        if row["status"] == "sold":
            assert Decimal(row["sale_price"]) > 0
            assert row["sale_fees"]
            assert row["buyer"]
        else:
            assert not row["sale_price"]


def test_a_wish_has_no_purchase_and_everything_else_has_a_purchase_day() -> None:
    for row in watches():
        assert bool(row["purchased_months_ago"]) == (row["status"] != "wishlist"), row
        if row["status"] == "wishlist":
            assert not row["purchase_price"]


def test_four_owned_demo_watches_have_no_value_and_one_of_them_no_price() -> None:
    valued = set(column(DEMO / "valuations.csv", "watch_key"))
    without = [row for row in watches() if row["status"] == "owned" and row["key"] not in valued]
    assert len(without) == 4
    assert len([row for row in without if not row["purchase_price"]]) == 1


def test_two_owned_demo_watches_have_a_stale_value_and_the_rest_a_fresh_one() -> None:
    newest = [
        min(market_months(row["key"]))
        for row in watches()
        if row["status"] == "owned" and market_months(row["key"])
    ]
    stale = [months for months in newest if months > 12]
    assert len(stale) == 2
    assert all(14 <= months <= 20 for months in stale)


def test_every_valuation_belongs_to_a_demo_watch_while_it_was_in_the_household() -> None:
    by_key = {row["key"]: row for row in watches()}
    for row in valuations():
        watch = by_key[row["watch_key"]]
        months = int(row["months_ago"])
        if watch["status"] == "wishlist":  # what it is offered for
            continue
        assert months < int(watch["purchased_months_ago"]), row
        assert months > int(watch["disposed_months_ago"] or -1), row


def test_valuations_are_unique_per_day_and_kind_and_keep_one_currency_per_watch() -> None:
    seen = Counter(
        (row["watch_key"], row["months_ago"], row["day"], row["kind"]) for row in valuations()
    )
    assert seen.most_common(1)[0][1] == 1
    pairs = {(row["watch_key"], row["currency"]) for row in valuations()}
    assert len(pairs) == len({key for key, _ in pairs})
    assert {row["kind"] for row in valuations()} == {"market", "insured", "appraisal"}
    assert {row["source"] for row in valuations()} == {"manual", "chrono24"}


def test_some_demo_watches_are_valued_in_another_currency_than_they_were_bought_in() -> None:
    bought = {row["key"]: row["currency"] for row in watches()}
    assert any(bought[row["watch_key"]] != row["currency"] for row in valuations())


def test_steel_sports_prices_peaked_and_fell_while_dress_watches_stayed_flat() -> None:
    def path(key: str) -> list[tuple[int, Decimal]]:
        return [
            (int(row["months_ago"]), Decimal(row["amount"]))
            for row in valuations()
            if row["watch_key"] == key and row["kind"] == "market"
        ]

    batman = path("rolex-batman")
    peak_month, peak = max(batman, key=lambda point: point[1])
    assert 50 <= peak_month <= 56
    low = min(amount for months, amount in batman if months <= 35)
    assert low < peak * Decimal("0.75")
    tangente = [amount for _, amount in path("nomos-tangente")]
    assert max(tangente) < min(tangente) * Decimal("1.15")


def test_the_demo_valuations_stay_a_small_file() -> None:
    assert (DEMO / "valuations.csv").stat().st_size < 120_000
