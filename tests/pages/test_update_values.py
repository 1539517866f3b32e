"""Update values: typed down a column, kept over filters and refusals, saved and taken back at once."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from app import value_round_cells
from data import collections, db, valuations, watches
from data.valuations import ValuationDraft
from data.watches import draft_of
from tests.collector import add_watch, get_watch
from tests.pages.test_watches import html, links, listed
from tests.pages.watch_pages import TODAY, as_viewer, press, problems

PAGE = "update_values.py"
SAVE = "Save {}\N{NO-BREAK SPACE}value"


def add_value(member, watch_id, worth, day=TODAY):
    """A value as of the page's own today."""
    amount, currency = worth.split()
    draft = ValuationDraft(Decimal(amount), currency, day, confirmed=True)
    with db.write(member) as connection:
        valuations.add(connection, member, watch_id, draft, TODAY)


@pytest.fixture
def ids(member):
    """A never valued, B valued three years ago, C last week; in that order on the page."""
    found = [add_watch(member, model=model, price="5000 EUR") for model in "ABC"]
    add_value(member, found[1], "6000 CHF", TODAY - timedelta(1100))
    add_value(member, found[2], "7000 EUR", TODAY - timedelta(7))
    return found


def grid(at):
    return f"update_values.{at.session_state['page.update_values.round']}"


def type_in(at, **cells):
    """``type_in(at, r0="6,100", r1=("7,000", "CHF"))`` types into the first two lines."""
    rows = {}
    for line, typed in cells.items():
        amount, currency = typed if isinstance(typed, tuple) else (typed, None)
        rows[int(line[1:])] = {"amount": amount} | ({"currency": currency} if currency else {})
    at.session_state[grid(at)] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return at.run()


def column(at, name):
    return [cell or "" for cell in at.dataframe[0].value[name]]


def worth(member, ids):
    return [get_watch(member, one).value_amount for one in ids]


def button(at, label):
    return next(one for one in at.button if one.label.startswith(label))


def said(at):
    every = " ".join(one.value for one in [*at.caption, *at.markdown, *at.toast])
    return re.sub(r"\\(.)", r"\1", every)


def recorded(at):
    return unescape("".join(html(at, "cb-table")))


def test_watches_stand_in_the_order_of_their_need(open_page, member, ids):
    at = open_page(PAGE, member)
    assert not at.exception
    assert column(at, "watch") == ["Omega A", "Omega B", "Omega C"]
    assert column(at, "valued")[0] == "never valued, at cost"
    assert column(at, "valued")[1].startswith("3 years ago, ")
    assert column(at, "last") == [f"{c}\N{NO-BREAK SPACE}{n}" for c, n in [("EUR", "5,000"), ("CHF", "6,000"), ("EUR", "7,000")]]  # fmt: skip
    assert column(at, "currency") == ["EUR", "CHF", "EUR"]
    assert "3\N{NO-BREAK SPACE}watches owned: 1 valued over a year ago and 1 never valued" in said(
        at
    )


def test_the_address_says_which_and_in_which_order(open_page, member, ids):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
        watch = watches.get(connection, member, ids[2])
        draft = replace(draft_of(watch), collection_id=group)
        watches.change(connection, member, ids[2], watch.version, draft, TODAY)
    for query, shown in (
        ({"show": "stale"}, "B"), ({"show": "never"}, "A"), ({"collection": str(group)}, "C"),
        ({"collection": "none"}, "AB"), ({"sort": "name"}, "ABC"), ({"show": "x", "page": "99"}, "ABC"),
        ({"collection": "\0", "sort": "'", "view": "9", "page": "-1"}, "ABC"), ({"page": "\u0661"}, "ABC"),
    ):  # fmt: skip
        at = open_page(PAGE, member)
        at.query_params.update(query)
        at.run()
        assert column(at, "watch") == [f"Omega {one}" for one in shown], query


def test_nothing_matches(open_page, member, ids):
    add_value(member, ids[0], "5000 EUR")
    at = open_page(PAGE, member, show="never")
    assert "No watch matches" in "".join(html(at, "cb-empty"))
    assert not at.exception


def test_amounts_typed_down_the_column_are_shown_and_saved_at_once(open_page, member, ids):
    at = type_in(open_page(PAGE, member), r0="5,200", r1="CHF 6'300.-", r2=("6.000,50", "CHF"))
    assert worth(member, ids) == [5000, 6000, 7000]
    for text in ("EUR 5,200", "CHF 6,300", "+5.0%", "CHF 6,001"):
        assert text in recorded(at).replace("\N{NO-BREAK SPACE}", " ")
    press(at, SAVE.format(3) + "s")
    assert not at.exception
    assert worth(member, ids) == [5200, 6300, Decimal("6000.50")]
    assert get_watch(member, ids[2]).value_currency == "CHF"
    assert get_watch(member, ids[0]).valued_on == TODAY
    assert column(at, "amount") == [""] * 3
    assert "3\N{NO-BREAK SPACE}values recorded." in said(at)


def test_what_was_saved_is_taken_back_and_recorded_again(open_page, member, ids):
    at = press(type_in(open_page(PAGE, member), r0="5,200", r1="6,300"), SAVE.format(2) + "s")
    press(at, "Undo")
    assert worth(member, ids) == [5000, 6000, 7000]
    assert "2\N{NO-BREAK SPACE}values taken back." in said(at)
    press(at, "Record again")
    assert worth(member, ids) == [5200, 6300, 7000]


def test_day_kind_and_source_are_those_of_all(open_page, member, ids):
    at = open_page(PAGE, member)
    at.date_input(key="update_values.valued_on").set_value(TODAY - timedelta(3)).run()
    at.selectbox(key="update_values.kind").set_value("insured").run()
    at.selectbox(key="update_values.source").set_value("chrono24").run()
    press(type_in(at, r0="90,000"), SAVE.format(1))
    with db.read(member) as connection:
        kept = valuations.of_watch(connection, member, ids[0])[0]
    assert (kept.valued_on, kept.kind, kept.source) == (
        TODAY - timedelta(3),
        "insured",
        "chrono24",
    )


def test_a_day_to_come_is_refused_and_nothing_is_lost(open_page, member, ids):
    at = type_in(open_page(PAGE, member), r0="5,200")
    at.date_input(key="update_values.valued_on").set_value(TODAY + timedelta(1)).run()
    assert "This day has not come yet." in problems(at)
    assert button(at, "Save").disabled
    at.date_input(key="update_values.valued_on").set_value(TODAY).run()
    press(at, SAVE.format(1))
    assert worth(member, ids[:1]) == [5200]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.234", "could mean 1234 or 1.23"), ("abc", "isn't an amount"), ("-5", "can't be negative"),
        ("CHF 100", "This looks like CHF, but the currency is EUR."), ("1e9", "isn't an amount"),
        ("9" * 13, "too large"), ("9" * 5000, "too large"), ("\0", None), ("   ", None),
        ("=1+1", "isn't an amount"),
    ],
)  # fmt: skip
def test_an_amount_that_cannot_be_read_names_its_watch(open_page, member, ids, typed, sentence):
    at = type_in(open_page(PAGE, member), r0=typed, r1="6,100")
    if sentence is None:
        assert problems(at) == []
        assert button(at, SAVE.format(1))
        return
    assert [one for one in problems(at) if one.startswith("Omega A: ") and sentence in one]
    assert button(at, "Save").disabled
    assert "1\N{NO-BREAK SPACE}amount to correct" in said(at)
    assert worth(member, ids) == [5000, 6000, 7000]


def test_a_striking_amount_must_be_confirmed_before_anything_is_saved(open_page, member, ids):
    at = type_in(open_page(PAGE, member), r1="60,000", r2="7,100")
    assert problems(at) == [
        "Omega B: That is far from the value before, CHF\N{NO-BREAK SPACE}6,000."
    ]
    assert button(at, "Save").disabled
    press(at, "Yes, it is right")
    press(at, SAVE.format(2) + "s")
    assert worth(member, ids) == [5000, 60000, 7100]


def test_another_striking_amount_is_asked_about_again(open_page, member, ids):
    at = press(type_in(open_page(PAGE, member), r1="60,000"), "Yes, it is right")
    assert not button(at, "Save").disabled
    type_in(at, r1="70,000")
    assert button(at, "Save").disabled
    type_in(at, r1="70,000", r2="70")
    press(at, "Yes, all 2 are right")
    assert not button(at, "Save").disabled


def test_a_refused_save_keeps_what_was_typed(open_page, member, ids):
    at = type_in(open_page(PAGE, member), r0="5,200", r2="7,100")
    add_value(member, ids[2], "90 EUR", TODAY)  # somebody else, a moment ago
    button(at, "Save").click()
    at.run()
    assert any(one.startswith("Omega C: That is far") for one in problems(at))
    assert worth(member, ids) == [5000, 6000, 90]
    assert "EUR\N{NO-BREAK SPACE}5,200" in recorded(at)
    press(at, "Yes, it is right")
    press(at, SAVE.format(2) + "s")
    assert worth(member, ids) == [5200, 6000, 7100]


def test_another_filter_or_view_loses_nothing_that_was_typed(open_page, member, ids):
    at = type_in(open_page(PAGE, member), r0="5,200", r1=("6,300", "USD"))
    at.query_params["show"] = ["never"]
    at.run()
    assert column(at, "amount") == ["5,200"]
    assert "Omega B" in recorded(at)
    at.query_params["show"] = []
    at.query_params["view"] = ["fields"]
    at.run()
    assert [one.value for one in at.text_input] == ["5,200", "6,300", ""]
    at.text_input[2].set_value("7,100").run()
    at.query_params["view"] = ["grid"]
    at.run()
    assert column(at, "amount") == ["5,200", "6,300", "7,100"]
    assert column(at, "currency") == ["EUR", "USD", "EUR"]
    press(at, SAVE.format(3) + "s")
    assert worth(member, ids) == [5200, 6300, 7100]


def test_starting_over_can_be_undone(open_page, member, ids):
    at = press(type_in(open_page(PAGE, member), r0="5,200", r1="x"), "Start over")
    assert column(at, "amount") == [""] * 3
    press(at, "Undo")
    assert column(at, "amount") == ["5,200", "x", ""]


def test_a_field_a_watch_for_a_phone(open_page, member, ids):
    at = open_page(PAGE, member, view="fields")
    assert not at.dataframe
    at.text_input[0].set_value("1.234").run()
    assert "could mean" in problems(at)[0]
    at.text_input[0].set_value("5,200").run()
    at.selectbox(key=f"{at.text_input[1].key}.currency").set_value("USD").run()
    at.text_input[1].set_value("6,300").run()
    press(at, SAVE.format(2) + "s")
    assert worth(member, ids) == [5200, 6300, 7000]
    assert get_watch(member, ids[1]).value_currency == "USD"
    assert [one.value for one in at.text_input] == [""] * 3


def test_fields_come_in_pages_and_keep_what_was_typed(open_page, member):
    for number in range(30):
        add_watch(member, model=f"M{number:02}", price="100 EUR")
    at = open_page(PAGE, member, view="fields")
    assert len(at.text_input) == 24
    at.text_input[0].set_value("101").run()
    assert set(links(at, "cb-pager")) == {"Next"}
    at.query_params["page"] = ["2"]
    at.run()
    assert len(at.text_input) == 6
    assert "Omega M00" in recorded(at)
    press(at, SAVE.format(1))
    assert "1\N{NO-BREAK SPACE}value recorded." in said(at)


def test_a_watch_put_into_the_bin_meanwhile_is_named_and_the_others_are_saved(
    open_page, member, ids
):
    at = type_in(open_page(PAGE, member), r0="5,200", r1="6,300")
    with db.write(member) as connection:
        watches.remove(connection, member, ids[0], get_watch(member, ids[0]).version)
    button(at, "Save").click()
    at.run()
    assert not at.exception
    assert worth(member, ids[1:]) == [6300, 7000]
    assert "Omega A is in the bin meanwhile" in said(at)


def test_a_viewer_sees_no_cell(open_page, member, owner, ids):
    at = open_page(PAGE, as_viewer(owner, member))
    assert not at.dataframe
    assert not at.text_input
    assert "can look at this collection" in at.info[0].value


def test_without_a_watch_there_is_one_next_step(open_page, member):
    at = open_page(PAGE, member)
    assert "Nothing to value yet" in "".join(html(at, "cb-empty"))
    assert [one.proto.label for one in at.main.get("page_link")] == ["Add watch"]


def test_other_households_watches_are_not_there(open_page, member, other, ids):
    assert "Nothing to value yet" in "".join(html(open_page(PAGE, other), "cb-empty"))


def test_overview_and_list_lead_here(open_page, member, owner, ids):
    at = open_page("overview.py", member)
    assert links(at, "cb-lists")["Update values"] == "/update_values"
    at = open_page("watches.py", member, valued="stale")
    assert len(listed(at)) == 1
    labels = {one.proto.label: one.proto.query_string for one in at.main.get("page_link")}
    assert labels["Update values down a table"] == "show=stale"
    viewer = as_viewer(owner, member)
    assert "Update values" not in links(open_page("overview.py", viewer), "cb-lists")
    at = open_page("watches.py", viewer, valued="stale")
    assert not [one for one in at.main.get("page_link") if "Update" in one.proto.label]


def test_hostile_names_stay_text(open_page, member):
    add_watch(member, brand="<b>B</b>", model="=cmd|' /C calc'!A0 [x](y) **z**", price="100 EUR")
    at = type_in(open_page(PAGE, member), r0="101")
    assert "&lt;b&gt;" in "".join(html(at, "cb-table"))
    assert not open_page(PAGE, member, view="fields").exception


def test_a_grid_of_many_comes_in_pages_and_keeps_what_was_typed(
    open_page, member, ids, monkeypatch
):
    monkeypatch.setitem(value_round_cells.AT_ONCE, "grid", 2)
    at = type_in(open_page(PAGE, member), r1="6,300")
    assert column(at, "watch") == ["Omega A", "Omega B"]
    assert links(at, "cb-pager")["Next"].endswith("page=2")
    at.query_params["page"] = ["2"]
    at.run()
    assert column(at, "watch") == ["Omega C"]
    assert not at.exception
    press(type_in(at, r0="7,100"), SAVE.format(2) + "s")
    assert worth(member, ids) == [5000, 6300, 7100]
