"""Known answers of other tools: each runs, or its tool defines things otherwise."""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from data.calc import performance, risk, waterfall
from data.calc.missing import Missing
from data.calc.returns import CashFlow, annualised, money_weighted, simple_return
from data.calc.risk import Level
from data.calc.series import Point, all_time_high
from tests import oracle

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "money.json"

# Run, but some of their numbers come of data that is not in the vector (quotes in a file, the
# value on the first day of the interval), or are defined otherwise.
NOT_GIVEN = {
    "pp_missing_quotes_before_first_valuation": "irr, max_drawdown, volatility: the quotes",
    "pp_fx_cost_uses_transaction_rate": "irr, ttwror, gain split: the value on the first day",
    "gf_googl_fx_effect": "net_pct: divides by the cost without its fee",
    "gf_roai_buy_and_buy": "gross_pct, net_pct: divide by the time-weighted investment",
    "gf_dividend_excluded_from_performance": "net_pct: divides by the cost without its fee",
}
OTHER_DEFINITION = {
    "pp_npv_growth_factor": "we show no net present value",
    "pp_cost_fifo_vs_moving_average": "a watch is one piece, not a lot of shares",
    "pp_ttwror_annualized": "annualises 222 days; we say nothing under a year",
}


@dataclass(frozen=True)
class Day:
    day: date
    value: Decimal
    paid_in: Decimal = Decimal()
    taken_out: Decimal = Decimal()
    missing: bool = False


@dataclass(frozen=True)
class Watch:
    """A watch as the calculations want it: cost at the rate of its day, value at today's."""

    cost: Decimal
    value: Decimal
    fees: Decimal = Decimal()
    currency_gain: Decimal = Decimal()
    dated: bool = True
    acquired_on: date = date(2020, 1, 1)
    disposed_on: date | None = None
    proceeds: Decimal | None = None
    watch_id: UUID = field(default_factory=uuid4)

    @property
    def watch_gain(self):
        return self.value - self.cost - self.currency_gain


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


def days_of(v):
    """The days of transactions: what comes in counts before the day's return, what goes after."""
    first, last = map(date.fromisoformat, v["input"]["interval"])
    value, days = Decimal(), []
    for day in (first + timedelta(n) for n in range((last - first).days + 1)):
        moved = dict.fromkeys(("in", "out", "ret"), Decimal())
        for on, kind, amount in v["input"]["transactions"]:
            if on == day.isoformat():
                moved[kind] += dec(amount)
        value += moved["in"] + moved["ret"] - moved["out"]
        days.append(Day(day, value, moved["in"], moved["out"]))
    return days


def check_time_weighted_days(v):
    found = performance.time_weighted(days_of(v)).days
    near = {"abs": v["tolerance"]}
    assert [one.fraction for one in found] == pytest.approx(v["expected"]["delta"], **near)
    assert [one.total for one in found] == pytest.approx(v["expected"]["accumulated"], **near)


def check_time_weighted(v):
    found = performance.time_weighted(days_of(v)).total
    assert found == pytest.approx(v["expected"], abs=v["tolerance"])


def check_transfers(v):
    target, found = v["input"]["target_accumulated"], []
    for transfers in (v["input"]["transfers_a"], v["input"]["transfers_b"]):
        value, before, days = Decimal(), 0, []
        for at, (total, moved) in enumerate(zip(target, transfers, strict=True)):
            paid_in, taken_out = dec(max(moved, 0)), dec(max(-moved, 0))
            value = (value + paid_in) * dec(1 + total) / dec(1 + before) - taken_out
            days.append(Day(date(2012, 1, 1) + timedelta(at), value, paid_in, taken_out))
            before = total
        found.append([one.total for one in performance.time_weighted(days).days])
    assert found == [pytest.approx(target, abs=1e-5)] * 2


def check_no_assets(v):
    on = date(2012, 1, 1)
    nothing = [Day(on + timedelta(n), Decimal()) for n in range(5)]
    assert {performance.return_of_day(Decimal(), day) for day in nothing} == {0.0}
    assert "Nothing with a value" in performance.time_weighted(nothing).reason
    later = [Day(on + timedelta(5), dec(100)), Day(on + timedelta(6), dec(110))]
    found = performance.time_weighted([*nothing, *later])
    assert [one.fraction for one in found.days] == pytest.approx([0, 0, 0, 0, 0, 0, 0.1])
    assert found.from_nothing == (Point(on + timedelta(5), dec(100)),)


def check_first_value_is_the_cost(v):
    given, bought = v["input"], date(2014, 1, 2)
    days = [
        Day(bought - timedelta(1), Decimal()),
        Day(bought, dec(given["cost"]), dec(given["cost"])),
    ]
    days += [Day(date(2014, 12, 4), dec(given["market_value"]))]
    found = performance.time_weighted(days).total
    assert found == pytest.approx(v["expected"]["ttwror"], abs=v["tolerance"])
    assert performance.gained(days) == dec(v["expected"]["delta_eur"])
    check_delta_percent(v)


def check_tiny_start(v):
    """The series of the vector's words; its percentage is not the gain over the first value."""
    days = [Day(date(2026, 2, 15) + timedelta(n), dec(100)) for n in range(28)]
    days.append(Day(date(2026, 3, 15), dec(2100), paid_in=dec(2000)))
    fall = Decimal("0.7")
    days += [Day(date(2026, 3, 15) + timedelta(n), 2100 - n * fall) for n in range(1, 30)]
    days.append(Day(date(2026, 4, 14), dec("2089.16")))
    found = performance.time_weighted(days).total
    low, high = v["expected"]["period_return_range"]
    assert low < found < high
    assert found == pytest.approx(v["recomputed"]["twr"], abs=1e-12)
    assert performance.gained(days) == dec(v["expected"]["period_gain"])


def check_absolute_delta(v):
    given, on = v["input"], date(2015, 1, 2)
    days = [Day(on, dec(given["initial"]))]
    days.append(Day(on + timedelta(12), dec(v["expected"]["final"]), dec(given["transfers"])))
    assert performance.gained(days) == dec(v["expected"]["delta"])
    signs = {"fees": -1, "taxes": -1, "initial": 0, "transfers": 0}
    parts = [dec(amount) * signs.get(name, 1) for name, amount in given.items()]
    assert sum(parts) == pytest.approx(dec(v["expected"]["delta"]), abs=dec("0.01") * len(parts))
    shared = waterfall.shared_out(dec(v["expected"]["delta"]), [p + dec("0.001") for p in parts])
    assert sum(shared) == dec(v["expected"]["delta"])


def check_swing(v):
    returns, expected = v["input"]["returns"], v["expected"]
    near = {"abs": v.get("tolerance", 1e-11)}
    assert risk.swing(returns) == pytest.approx(expected["std"], **near)
    assert risk.downward_swing(returns) == pytest.approx(expected["semi"], **near)


def check_drawdown(v):
    total = v["input"]["accumulated"]
    levels = [Level(date(2015, 1, 1) + timedelta(n), 1 + one) for n, one in enumerate(total)]
    found = risk.drawdown(levels)
    assert found.deepest == pytest.approx(v["expected"]["max_drawdown"])
    assert found.longest_days == v["expected"]["duration_days"]


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
    value, known = dec(given["price_2023-07-10"]) * now, v["expected"]
    check_return(cost * then, value, known["gross_pct_with_fx"])
    check_return(cost * now, value, known["gross_pct_no_fx"])
    check_return(cost * now, value - given["fee_usd"] * now, known["net_pct_no_fx"])
    fee = dec(given["fee_usd"])
    all_in = cost + fee
    watch = Watch(all_in * then, value, fee * now, all_in * (now - then))
    assert watch.value - watch.cost == pytest.approx(dec(known["net_with_fx"]))
    assert watch.watch_gain == pytest.approx(dec(known["net_no_fx"]))
    found = waterfall.from_cost_to_value([watch], [])
    assert found.price == round(dec(known["gross_no_fx"]), 2)
    assert found.cost + found.price - found.fees + found.currency == found.value
    assert found.value == round(dec(known["value_base"]), 2)


def check_bought_and_sold(v):
    (_, _, pieces, bought, _), (_, _, _, sold, _) = v["input"]["activities"]
    check_return(pieces * dec(bought), pieces * dec(sold), v["expected"]["gross_pct"])


def check_gross_and_net(found, expected):
    """Gross is the change of the price, net what is left of it after fees."""
    assert found.price == dec(expected["gross"])
    assert found.value - found.cost == dec(expected["net"])


def check_gross_without_dividend(v):
    (_, _, _, paid, fee), _ = v["input"]["activities"]
    price = v["input"]["price_today"]
    check_return(paid, price, v["expected"]["gross_pct"])
    watch = Watch(dec(paid) + dec(fee), dec(price), dec(fee))
    check_gross_and_net(waterfall.from_cost_to_value([watch], []), v["expected"])


def check_two_purchases(v):
    price, watches = dec(v["input"]["price_today"]), []
    for _, _, pieces, paid, fee in v["input"]["activities"]:
        watches.append(Watch(pieces * dec(paid) + dec(fee), pieces * price, dec(fee)))
    found = waterfall.from_cost_to_value(watches, [])
    check_gross_and_net(found, v["expected"])
    assert found.value == dec(v["expected"]["value"])
    assert found.cost - found.fees == dec(v["expected"]["investment"])


def check_delta_percent(v):
    given = v["input"]
    check_return(given["cost"], given["market_value"], v["expected"]["delta_percent"])


def check_value_only(v):
    """Without the days on which money moved there is a return, but no rate over time."""
    end = v["input"]["end"]
    check_return(end["cost"], end["mv"], v["expected"]["all_time"])
    assert v["expected"]["twr"] is v["expected"]["mwr"] is None
    assert isinstance(performance.time_weighted([]), Missing)
    undated = Watch(dec(end["cost"]), dec(end["mv"]), dated=False)
    found = performance.money_weighted_of([undated], [], date(2026, 1, 1))
    assert isinstance(found.rate, Missing)
    assert found.left_out == ((undated.watch_id, performance.NO_DAY),)


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
    "pp_ttwror_excel_sample": check_time_weighted_days,
    "pp_ttwror_deposit_last_day_neutral": check_time_weighted,
    "pp_ttwror_transfers_do_not_change_performance": check_transfers,
    "pp_ttwror_no_assets": check_no_assets,
    "pp_missing_quotes_before_first_valuation": check_first_value_is_the_cost,
    "pp_volatility": check_swing,
    "pp_volatility_empty": check_swing,
    "pp_volatility_single": check_swing,
    "pp_volatility_constant": check_swing,
    "pp_drawdown_none": check_drawdown,
    "pp_drawdown_simple_peak": check_drawdown,
    "pp_absolute_delta": check_absolute_delta,
    "pp_all_time_high": check_all_time_high,
    "pp_all_time_high_window": check_all_time_high,
    "fx_ecb_sample_rates": check_last_rate_before_a_weekend,
    "pp_fx_valuation_at_date": check_value_at_a_days_rate,
    "pp_fx_cost_uses_transaction_rate": check_cost_at_the_days_rate,
    "gf_googl_fx_effect": check_currency_effect,
    "gf_roai_buy_and_buy": check_two_purchases,
    "gf_roai_closed": check_bought_and_sold,
    "gf_manual_valuable_without_valuation": check_never_valued,
    "gf_dividend_excluded_from_performance": check_gross_without_dividend,
    "gf_annualized_65d": check_annualised_under_a_year,
    "gf_annualized_365d": check_annualised,
    "gf_annualized_575d": check_annualised,
    "wf_tiny_start_large_deposit": check_tiny_start,
    "wf_negative_value_rejected": check_negative_value,
    "wf_holdings_mode": check_value_only,
    "wf_annualize_rule": check_annualise_rule,
}


@pytest.mark.parametrize("vector_id", RUN)
def test_our_number_is_the_known_one(money, vector_id):
    RUN[vector_id](money[vector_id])


def test_no_vector_is_forgotten(money):
    assert sorted([*RUN, *OTHER_DEFINITION]) == sorted(money)
    assert set(NOT_GIVEN) <= set(RUN)
