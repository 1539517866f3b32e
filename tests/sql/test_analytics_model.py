"""The days of a collection against the slow model, for invented lives of watches."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import analytics, db
from data.scope import EVERYTHING, Scope
from tests import lives as lives_of
from tests import oracle

EXACT = Decimal("0.0000001")
START, END = date(2022, 12, 30), date(2023, 4, 7)
CALENDAR = [START + timedelta(number) for number in range((END - START).days + 1)]
PARTS = (EVERYTHING, Scope(tags=("part",)), Scope(gone=False))
MODEL = {
    "value": oracle.collection_value,
    "invested": oracle.net_invested,
    "cost": oracle.held_cost,
    "paid_in": oracle.paid_in,
    "taken_out": oracle.taken_out,
}


def of(scope, lives):
    """The lives that are in a scope; every other one has the tag."""
    if scope.tags:
        return lives[::2]
    return lives if scope.gone else [life for life in lives if life.disposed_on is None]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    lives=st.lists(lives_of.histories(), min_size=1, max_size=4),
    shown=st.sampled_from(["EUR", "CHF", "USD"]),
    since=st.sampled_from(CALENDAR),
    step=st.sampled_from([1, 7, 50]),
)
def test_days_groups_and_holdings_agree_with_the_model(member, owner, lives, shown, since, step):
    owner.execute("delete from watch where household_id = %s", [member.household_id])
    for place, life in enumerate(lives):
        tags = [] if place % 2 else ["part"]
        lives_of.bring_in(member, life, brand=f"Brand {place % 3}", tags=tags)
    rates = lives_of.rates(owner)
    for scope in PARTS:
        part = of(scope, lives)
        with db.read(member) as connection:
            asked = (connection, member, scope)
            found = analytics.days(*asked, shown, since, END, step)
            groups = analytics.grouped_days(*asked, "brand", shown, since, END, step)
            holdings = analytics.holdings(*asked, shown, END)
        agree(found, part, rates, shown)
        paid = {
            day
            for day in CALENDAR
            for amount in (oracle.paid_in, oracle.taken_out)
            if day >= since and amount(part, rates, shown, day)
        }
        assert paid <= {one.day for one in found}
        assert {day - timedelta(1) for day in paid if day > since} <= {one.day for one in found}
        for day in {row.day for row in groups}:
            total = sum(row.value for row in groups if row.day == day)
            assert abs(total - oracle.collection_value(part, rates, shown, day)) < EXACT, day
        now = sum(one.value for one in holdings if one.value is not None)
        assert abs(now - found[-1].value) < EXACT


def agree(found, part, rates, shown):
    for one in found:
        assert one.watches == oracle.count(part, one.day), one.day
        for name, expected in MODEL.items():
            difference = getattr(one, name) - expected(part, rates, shown, one.day)
            assert abs(difference) < EXACT, (name, one.day)
