"""The hot queries: what pages ask most, with the parameters they ask it with.

Their speed is measured by ``make bench``, their plans are tested at 10,000 watches, and
docs/schema.md names the index of each.
"""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from app.period import Period
from data.listing import WatchFilter
from data.scope import EVERYTHING
from tests.bench.build import TODAY

LIMIT = 24
PAGE = "analytics"  # the labels of what the analytics page asks begin so


def queries(
    household: UUID, deep: tuple[str, UUID], watch: UUID
) -> dict[str, tuple[str, dict[str, object]]]:
    """Label → (query name, parameters). ``deep`` is the cursor of a page far down the list."""
    asked = {"household_id": household, "currency": "CHF", "today": TODAY}
    first = {**asdict(WatchFilter()), **asked, "after_key": None, "after_id": None, "limit": LIMIT}
    back = Period(date(TODAY.year - 5, TODAY.month, TODAY.day), TODAY, "")
    five_years = {"from": back.start, "to": back.end, "step": back.step}
    return {
        "search, one word": ("watch_page_best", {**first, "typed": "subm"}),
        "search, two words": ("watch_page_best", {**first, "typed": "sohne zeitw"}),
        "search, a serial number": ("watch_page_best", {**first, "typed": "s0000012"}),
        "first list page": ("watch_page_added_down", first),
        "first page by name": ("watch_page_name_up", first),
        "first page by purchase": ("watch_page_purchased_down", first),
        "filtered page": (
            "watch_page_added_down",
            {**first, "statuses": ["sold"], "movement_types": ["quartz"], "conditions": ["mint"]},
        ),
        "deep page": (
            "watch_page_added_down",
            {**first, "after_key": deep[0], "after_id": deep[1]},
        ),
        "page by value": ("watch_page_figure", {**first, "figure": "value", "direction": -1}),
        "count": ("watch_count", {**asdict(WatchFilter()), **asked}),
        "watch": ("watch_get", {"household_id": household, "watch_id": watch}),
        "watch figures": ("watch_money_of", {**asked, "watch_id": watch}),
        "watch values": ("valuation_list", {"household_id": household, "watch_id": watch}),
        "timeline of a watch": (
            "timeline_page",
            {
                "household_id": household,
                "watch_id": watch,
                "topic": None,
                "zone": "UTC",
                "after_day": None,
                "after_at": None,
                "after_key": None,
                "limit": 101,
            },
        ),
        "edits of a minute": (
            "history_minute",
            {"household_id": household, "watch_id": watch, "event_id": 1},
        ),
        "bin": (
            "bin_page",
            {
                "household_id": household,
                "kind": None,
                "after_at": None,
                "after_id": None,
                "limit": 51,
            },
        ),
        "what is in the bin": ("bin_counts", {"household_id": household}),
        "overview totals": ("household_totals", {**asked, **EVERYTHING.params()}),
        "five-year trend": (
            "value_trend",
            {"household_id": household, "currency": "CHF", "watch_id": None, **five_years},
        ),
        "allocation": ("allocation_by_brand", asked),
        "performers": ("performers", asked),
        "service due": (
            "care_due_list",
            {"household_id": household, "today": TODAY, "soon": 90, "limit": 50},
        ),
        "at the watchmaker": ("at_the_watchmaker", {"household_id": household, "limit": 100}),
        "service history": (
            "service_page",
            {
                "household_id": household,
                "currency": "CHF",
                "year": None,
                "provider": None,
                "after_day": None,
                "after_id": None,
                "limit": 26,
            },
        ),
        "service costs": ("service_costs", {"household_id": household, "currency": "CHF"}),
        "care of a watch": ("care_due_of", {"household_id": household, "watch_id": watch}),
        "other costs of a watch": (
            "expense_list",
            {"household_id": household, "today": TODAY, "watch_id": watch},
        ),
        "payments for a watch": ("expense_payments", {**asked, "watch_ids": [watch]}),
        "needing a value": (
            "needing_value",
            {"household_id": household, "today": TODAY, "limit": 5},
        ),
        "watches to value": ("value_round_watches", {"household_id": household}),
        "wishlist": ("wishlist", asked),
        **_analytics(household),
    }


def _analytics(household: UUID) -> dict[str, tuple[str, dict[str, object]]]:
    """What the analytics page asks, all its tabs; "of a part" is asked in place of the others."""
    asked = {"household_id": household, "currency": "CHF", **EVERYTHING.params()}
    part = {**asked, "tags": ["bought", "gift", "patina"], "narrowed": True}
    back = Period(date(TODAY.year - 5, TODAY.month, TODAY.day), TODAY, "")
    ever = Period(date(TODAY.year - 11, TODAY.month, TODAY.day), TODAY, "")
    five = {"from": back.start, "to": back.end, "step": back.step}
    whole = {"from": ever.start, "to": ever.end, "step": ever.step}
    last_year = date(TODAY.year - 1, TODAY.month, TODAY.day)  # the page's usual period
    series = {"currency": "CHF", "from": ever.start, "to": ever.end}
    return {
        f"{PAGE} first day": ("first_day", {"household_id": household}),
        f"{PAGE} totals": ("household_totals", {**asked, "today": TODAY}),
        f"{PAGE} five years": ("collection_days", {**asked, **five, "narrowed": False}),
        f"{PAGE} all time": ("collection_days", {**asked, **whole, "narrowed": False}),
        f"{PAGE} by brand": ("collection_days_by", {**asked, **five, "by": "brand"}),
        f"{PAGE} holdings": ("holdings", {**asked, "today": TODAY}),
        f"{PAGE} payments": ("ownership_payments", {**asked, "today": TODAY, "whole": True}),
        f"{PAGE} moves": (
            "collection_moves",
            {**asked, "from": back.start, "to": back.end, "limit": 60},
        ),
        f"{PAGE} movers": (
            "watch_movements",
            {**asked, "from": last_year, "to": TODAY, "limit": 5},
        ),
        f"{PAGE} benchmark": (
            "benchmark_points",
            {**series, "household_id": household, "benchmark_id": household},
        ),
        f"{PAGE} gold": ("gold_points", series),
        f"{PAGE} outlook": (
            "outlook_months",
            {**asked, "from": ever.start, "today": TODAY, "fresh": 183, "most": 200},
        ),
        "days of a part": ("collection_days", {**part, **five}),
        "all days of a part": ("collection_days", {**part, **whole}),
    }
