"""The demo household: rich, young on any day, and made once."""

from datetime import date

import pytest

from data import db, demo_household, figures
from tests.collector import TODAY


@pytest.mark.parametrize("today", [TODAY, date(2029, 3, 31)])
def test_the_demo_household_is_made_once_and_has_something_of_everything(database, owner, today):
    demo_household.seed(today)
    demo_household.seed(today)
    assert owner.execute("select email::text from app_user").fetchall() == [(demo_household.EMAIL,)]
    counts = dict(owner.execute("select status, count(*) from watch group by status").fetchall())
    assert counts["owned"] >= 30
    assert {"sold", "wishlist", "ordered", "gifted"} < set(counts)
    newest, first = owner.execute("select max(valued_on), min(valued_on) from valuation").fetchone()
    assert newest <= today
    assert (today - newest).days <= 31
    assert (today - first).days > 4.5 * 365
    household_id, user_id = owner.execute("select household_id, user_id from membership").fetchone()

    class Demo:
        pass

    member = Demo()
    member.household_id, member.user_id = household_id, user_id
    with db.read(member) as connection:
        found = figures.totals(connection, member, "CHF", today)
    assert found.value > 100_000
    assert found.without_value >= 1
    assert found.stale >= 2
