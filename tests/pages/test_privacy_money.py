"""Privacy mode on the pages about money: charts, what-if and typed values say no amount either."""

import json
from decimal import Decimal

import pytest

from app import analytics_allocation, language
from tests.pages.test_privacy import AMOUNTS, hide, shown, watch  # noqa: F401  (a fixture)
from tests.people import again

CHARTS = [
    {"range": "all"},
    {"range": "all", "view": "brand"},
    {"tab": "allocation"},
    {"tab": "ownership", "purchases": "true"},
]


def said_by_charts(at):
    """All that is sent of the charts of a page, digits together."""
    found = [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]
    return json.dumps(found, ensure_ascii=False).replace(",", "").replace("\xa0", " ")


@pytest.mark.parametrize("query", CHARTS)
def test_charts_say_no_amount_in_privacy_mode(open_page, member, watch, query):  # noqa: F811
    at = open_page("analytics.py", again(member), **query)
    assert any(amount in said_by_charts(at) for amount in [*AMOUNTS, "12221", "11110"])
    after = said_by_charts(hide(at))
    assert "•••" in after
    assert not [amount for amount in [*AMOUNTS, "12221", "11110"] if amount in after]


def test_what_if_offers_no_prices_in_privacy_mode(open_page, member, watch):  # noqa: F811
    one, _ = watch
    at = open_page("what_if.py", again(member), sell=f"{one}~4000~EUR")
    assert "Today’s value EUR 9753" in shown(at).replace("\xa0", " ")
    after = hide(at)
    assert "9753" not in shown(after)
    assert "9753" not in " ".join(one.proto.body for one in after.html)  # nor in an address


def test_a_striking_value_is_asked_about_without_the_one_before(
    open_page,
    member,
    watch,  # noqa: F811
):
    one, _ = watch
    at = hide(open_page("update_values.py", again(member), view="fields"))
    field = next(f for f in at.text_input if str(one) in f.key)
    field.input("90").run()
    after = shown(at)
    assert "That is far from the value before" in after
    assert "9753" not in after


def test_price_bands_are_numbered_in_privacy_mode():
    with language.used(language.Reader(hides_amounts=True)):
        assert analytics_allocation.band(Decimal(1_500), "CHF") == "Band 2"
