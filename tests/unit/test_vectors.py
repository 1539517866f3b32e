"""Known answers of other tools: each runs, waits for the analytics, or defines things otherwise."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.calc.missing import Missing
from data.calc.returns import CashFlow, annualised, money_weighted, simple_return
from data.calc.series import Point, all_time_high
from tests import oracle

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "money.json"

# Not computed yet: TTWROR, volatility, drawdown, performance over a period.
WAITING = ["pp_ttwror_excel_sample", "pp_ttwror_deposit_last_day_neutral", "pp_ttwror_no_assets"]
WAITING += ["pp_ttwror_transfers_do_not_change_performance", "pp_volatility", "pp_volatility_empty"]
WAITING += ["pp_volatility_single", "pp_volatility_constant", "pp_drawdown_none"]
WAITING += ["pp_drawdown_simple_peak", "pp_absolute_delta", "wf_tiny_start_large_deposit"]
# Run now, but further numbers of theirs wait as well.
PARTLY_WAITING = {
    "pp_missing_quotes_before_first_valuation": "irr, ttwror, max_drawdown, volatility",
    "pp_fx_cost_uses_transaction_rate": "irr, ttwror, gain split into watch and currency",
    "gf_googl_fx_effect": "gain split into watch and currency",
    "wf_holdings_mode": "twr not available without flows",
}
OTHER_DEFINITION = {
    "pp_npv_growth_factor": "we show no net present value",
    "pp_cost_fifo_vs_moving_average": "a watch is one piece, not a lot of shares",
    "pp_ttwror_annualized": "annualises 222 days; we say nothing under a year",
    "gf_roai_buy_and_buy": "divides by time-weighted investment; we divide by cost",
}


@pytest.fixture(scope="module")
def money():
    if not VECTORS.exists():
        pytest.skip(f"{VECTORS} is not here: the known answers live beside the repository")
    return {vector["id"]: vector for vector in json.loads(VECTORS.read_text("utf-8"))["vectors"]}


def dec(number):
    return Decimal(str(number))


def check_return(cost, value, expected):
    answer = simple_return(dec(cost), dec(value))
    assert answer == pytest.approx(expected, rel=1e-9)


def check_xirr(v):
    flows = [CashFlow(date.fromisoformat(day), dec(amount)) for day, amount in v["input"]["flows"]]
    assert money_weighted(flows) == pytest.approx(v["expected"], abs=v["tolerance"])


def check_annualised(v):
    answer = annualised(Decimal(1), 1 + dec(v["input"]["performance"]), v["input"]["days"])
    assert answer == pytest.approx(v["expected"], abs=v["tolerance"])


def check_annualised_under_a_year(v):
    performance, days = v["input"]["performance"], v["input"]["days"]
    assert isinstance(annualised(Decimal(1), 1 + dec(performance), days), Missing)


def check_annualise_rule(v):
    """A total loss is -100 %; two years are taken twice, as ours counts whole days."""
    _, _, (two_years, days) = v["input"]
    assert annualised(Decimal(1), Decimal(0), 900) == v["expected"][0]
    answer = annualised(Decimal(1), (1 + dec(two_years)) ** 2, int(2 * days))
    assert answer == pytest.approx(v["expected"][2])


def check_all_time_high(v):
    prices = enumerate(v["input"]["prices_from_2022-06-02_daily"])
    points = [Point(date(2022, 6, 2) + timedelta(days=n), dec(price)) for n, price in prices]
    after, until = v["input"].get("interval", ["2022-06-01", "2022-12-31"])
    high = all_time_high([p for p in points if after < p.day.isoformat() <= until])
    assert (high.amount, high.day.isoformat()) == (v["expected"]["ath"], v["expected"]["ath_date"])
    assert high.distance == pytest.approx(v["expected"]["distance"], abs=v["tolerance"])


def check_last_rate_before_a_weekend(v):
    for pair, by_day in v["input"].items():
        rates = {pair[3:]: [(date.fromisoformat(d), dec(r)) for d, r in by_day.items()]}
        friday, sunday = dec(by_day["2015-01-02"]), date(2015, 1, 4)
        assert oracle.rate(rates, "EUR", pair[3:], sunday) == friday
        assert oracle.rate(rates, pair[3:], "EUR", sunday) == 1 / friday


def check_value_at_a_days_rate(v):
    day = date.fromisoformat(v["input"]["date"])
    rates = {"USD": [(day, dec(v["input"]["EURUSD"]))]}
    in_eur = dec(v["input"]["amount_usd"]) * oracle.rate(rates, "USD", "EUR", day)
    assert round(in_eur, 2) == dec(v["expected_eur"])


def check_cost_at_the_days_rate(v):
    for (day, currency, amount, *eur_rate), part in zip(
        v["input"]["flows"], v["expected"]["parts"], strict=True
    ):
        on = date.fromisoformat(day)
        rates = {"USD": [(on, dec(rate)) for rate in eur_rate]}
        watch = oracle.OracleWatch("owned", on, dec(amount), currency, None, None, [])
        assert round(oracle.net_invested([watch], rates, "EUR", on), 2) == dec(part)
    known = v["expected"]
    check_return(known["cost_eur"], known["market_value_eur"], known["delta_percent"])


def check_currency_effect(v):
    """Gross: a fee is part of the cost for us, and beside it for Ghostfolio."""
    given, cost = v["input"], dec(v["input"]["buy"][2])
    then, now = dec(given["USDCHF_2023-01-03"]), dec(given["USDCHF_2023-07-10"])
    value = dec(given["price_2023-07-10"]) * now
    check_return(cost * then, value, v["expected"]["gross_pct_with_fx"])
    check_return(cost * now, value, v["expected"]["gross_pct_no_fx"])


def check_bought_and_sold(v):
    (_, _, pieces, bought, _), (_, _, _, sold, _) = v["input"]["activities"]
    check_return(pieces * dec(bought), pieces * dec(sold), v["expected"]["gross_pct"])


def check_gross_without_dividend(v):
    price = v["input"]["price_today"]
    check_return(v["input"]["activities"][0][3], price, v["expected"]["gross_pct"])


def check_delta_percent(v):
    given = v["input"]
    check_return(given["cost"], given["market_value"], v["expected"]["delta_percent"])


def check_value_only(v):
    end = v["input"]["end"]
    check_return(end["cost"], end["mv"], v["expected"]["all_time"])


def check_negative_value(v):
    first, last = v["input"]["values"]
    assert "missing from the record" in simple_return(dec(first), dec(last)).reason


def check_never_valued(v):
    ((day, _, _, cost, _),) = v["input"]["activities"]
    bought = date.fromisoformat(day)
    watch = oracle.OracleWatch("owned", bought, dec(cost), v["input"]["currency"], None, None, [])
    value, _ = oracle.value_on(watch, date.fromisoformat(v["input"]["today"]))
    assert value == v["expected"]["value"]
    check_return(cost, value, v["expected"]["gross_pct"])


RUN = {
    "pp_irr_simple": check_xirr,
    "pp_irr_slow_curve": check_xirr,
    "pp_irr_small_convergence_interval": check_xirr,
    "pp_missing_quotes_before_first_valuation": check_delta_percent,
    "pp_all_time_high": check_all_time_high,
    "pp_all_time_high_window": check_all_time_high,
    "fx_ecb_sample_rates": check_last_rate_before_a_weekend,
    "pp_fx_valuation_at_date": check_value_at_a_days_rate,
    "pp_fx_cost_uses_transaction_rate": check_cost_at_the_days_rate,
    "gf_googl_fx_effect": check_currency_effect,
    "gf_roai_closed": check_bought_and_sold,
    "gf_manual_valuable_without_valuation": check_never_valued,
    "gf_dividend_excluded_from_performance": check_gross_without_dividend,
    "gf_annualized_65d": check_annualised_under_a_year,
    "gf_annualized_365d": check_annualised,
    "gf_annualized_575d": check_annualised,
    "wf_negative_value_rejected": check_negative_value,
    "wf_holdings_mode": check_value_only,
    "wf_annualize_rule": check_annualise_rule,
}


@pytest.mark.parametrize("vector_id", RUN)
def test_our_number_is_the_known_one(money, vector_id):
    RUN[vector_id](money[vector_id])


def test_no_vector_is_forgotten(money):
    assert sorted([*RUN, *WAITING, *OTHER_DEFINITION]) == sorted(money)
    assert set(PARTLY_WAITING) <= set(RUN)
