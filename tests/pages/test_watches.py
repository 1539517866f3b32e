"""The list of watches: what is typed and what is in the address decide what is shown."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.format import money
from app.search_hits import spans
from data import collections, db, listing, valuations, watches
from data.listing import Sort, WatchFilter
from tests.collector import TODAY, add_value, add_watch, get_watch

COLLECTION = {
    "sub": {"brand": "Rolex", "model": "Submariner Date", "reference": "116610LN", "serial_number": "Z-482.913"},
    "speedy": {"brand": "Omega", "model": "Speedmaster", "reference": "310.30.42.50.01.002", "nickname": "Moonwatch"},
    "lange": {"brand": "A. Lange & Söhne", "model": "Lange 1", "retailer": "Wempe München"},
    "gmt": {"brand": "Rolex", "model": "GMT-Master II", "reference": "126710", "notes": "Scratch at seven"},
}  # fmt: skip


@pytest.fixture
def ids(member):
    return {str(add_watch(member, **facts)): key for key, facts in COLLECTION.items()}


def html(at, mark):
    """The pieces of our own HTML that hold this mark."""
    return [block.proto.body for block in at.get("html") if mark in block.proto.body[:400]]


def listed(at):
    """The ids of the watches on the page, in order."""
    assert not at.exception, at.exception
    found = [*html(at, "cb-cards"), *html(at, "cb-table")]
    return re.findall(r'href="/watch\?id=([-0-9a-f]{36})"', "".join(found))


def said(at):
    """Counts, sentences and empty states, as they are read."""
    own = "".join(html(at, "cb-summary") + html(at, "cb-empty") + html(at, "cb-problem"))
    quiet = " ".join(caption.value for caption in at.caption)
    return unescape(re.sub(r"<[^>]*>", " ", own)) + re.sub(r"\\(.)", r"\1", quiet)


def links(at, mark):
    """Text → address of the links in the pieces with this mark."""
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', "".join(html(at, mark)))
    icon = r'<span class="cb-icon".*?</span>'
    return {re.sub(r"<[^>]*>", "", re.sub(icon, "", text)): unescape(to) for to, text in found}


def asked(address):
    """What an address asks for, as keywords of open_page."""
    return dict(parse_qsl(urlsplit(address).query))


def field(at, watch_id):
    """The field for today's value of a watch."""
    return at.text_input(key=f"page.values.{watch_id}")


# ── search ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("subm", {"sub"}), ("sohne", {"lange"}), ("116610ln", {"sub"}), ("116610 LN", {"sub"}),
        ("310.30.42", {"speedy"}), ("482913", {"sub"}), ("913", {"sub"}), ("scratch", {"gmt"}),
        ("wempe", {"lange"}), ("rolex", {"sub", "gmt"}), ("  ROLEX\tgmt ", {"gmt"}),
    ],
)  # fmt: skip
def test_a_search_finds_by_any_word_and_its_beginning(open_page, member, ids, typed, found):
    assert {ids[one] for one in listed(open_page("watches.py", member, q=typed))} == found


def test_typing_narrows_the_list_and_puts_best_match_first(open_page, member, ids):
    at = open_page("watches.py", member)
    assert len(listed(at)) == 4
    assert "Best match" not in at.selectbox[0].options
    at.text_input(key="q").set_value("submariner").run()
    assert [ids[one] for one in listed(at)] == ["sub"]
    assert at.selectbox[0].value == "best"


def test_what_was_hit_is_marked(open_page, member, ids):
    at = open_page("watches.py", member, q="SÖH 31030")
    assert listed(at) == []
    cards = "".join(html(open_page("watches.py", member, q="310 3"), "cb-cards"))
    assert "<mark>310.3</mark>" in cards or "<mark>310</mark>" in cards
    assert "<mark>Söh</mark>ne" in "".join(html(open_page("watches.py", member, q="soh"), "cards"))


@pytest.mark.parametrize(
    ("text", "typed", "hit"),
    [
        ("116610LN", "116610 ln", ["116610LN"]), ("310.30.42.50", "31030", ["310.30"]),
        ("GMT-Master II", "gmt mas", ["GMT", "Mas"]), ("Straße", "strasse", ["Straße"]),
        ("Speedmaster", "peed", []), ("Panthère", "PANTHER", ["Panthèr"]), ("%_", "%", []),
        ("Ærø", "aero", ["Ærø"]), ("Omega", None, []), ("Omega", "omega ome", ["Omega"]),
    ],
)  # fmt: skip
def test_hits_are_where_the_search_looks(text, typed, hit):
    assert [text[start:end] for start, end in spans(text, typed)] == hit


def test_a_typo_is_corrected_and_said(open_page, member, ids):
    at = open_page("watches.py", member, q="sbmariner")
    assert [ids[one] for one in listed(at)] == ["sub"]
    assert "Nothing matches “sbmariner”. Showing “submariner”." in said(at)


def test_a_search_that_finds_nothing_says_what_to_change(open_page, member, ids):
    at = open_page("watches.py", member, q="qqqqqq")
    assert "Nothing matches “qqqqqq”" in said(at)
    assert links(at, "cb-links") == {"Clear search": "/watches"}


def test_only_the_first_200_characters_are_looked_at(open_page, member, ids):
    at = open_page("watches.py", member, q="rolex " * 30 + "x" * 5000)
    assert {ids[one] for one in listed(open_page("watches.py", member, q="rolex " * 900))} == {
        "sub",
        "gmt",
    }
    assert not at.exception


# ── filters in the address ─────────────────────────────────────────────────────────────────


@pytest.fixture
def two(member):
    """A watch that has everything, and one that has next to nothing."""
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
    full = add_watch(
        member, "Omega", "Speedmaster", price="1000 EUR", purchased_on=date(2020, 5, 1), condition="mint",
        movement_type="manual", tags=["space"], complications=["chronograph", "date"], collection_id=group,
    )  # fmt: skip
    bare = add_watch(member, "Tudor", "Ranger", status="wishlist", complications=["date"])
    add_value(member, full, "2000 EUR", TODAY - timedelta(500))
    return {str(full): "full", str(bare): "bare"}, str(group)


FILTERS = [
    ({"status": "owned"}, {"full"}, "Owned"),
    ({"status": "wishlist"}, {"bare"}, "On the wishlist"),
    ({"movement": "manual"}, {"full"}, "Manual winding"),
    ({"condition": "mint"}, {"full"}, "Mint"),
    ({"complication": "date"}, {"full", "bare"}, "Date"),
    ({"tag": "space"}, {"full"}, "space"),
    ({"cost_min": "1000"}, {"full"}, f"Cost from {money(Decimal(1000), 'EUR')}"),
    ({"cost_max": "999"}, set(), f"Cost to {money(Decimal(999), 'EUR')}"),
    ({"value_min": "1500"}, {"full"}, f"Value from {money(Decimal(1500), 'EUR')}"),
    ({"value_max": "1500"}, set(), f"Value to {money(Decimal(1500), 'EUR')}"),
    ({"from": "2020-05-01"}, {"full"}, "Bought from 1 May 2020"),
    ({"to": "2020-04-30"}, set(), "Bought to 30 Apr 2020"),
    ({"valued": "yes"}, {"full"}, "With a recorded value"),
    ({"valued": "no"}, {"bare"}, "Without a recorded value"),
    ({"valued": "stale"}, {"full"}, "Valued over a year ago"),
]


@pytest.mark.parametrize(("query", "found", "chip"), FILTERS, ids=[chip for *_, chip in FILTERS])
def test_a_filter_in_the_address_narrows_the_list_and_has_a_chip(
    open_page, member, two, query, found, chip
):
    at = open_page("watches.py", member, **query)
    assert {two[0][one] for one in listed(at)} == found
    chips = links(at, "cb-summary")
    assert chips[chip] == chips["Clear all"] == "/watches"


def test_a_chip_takes_away_its_own_filter_only(open_page, member, two):
    ids, group = two
    at = open_page("watches.py", member)
    brands = {brand.name: str(brand.brand_id) for brand in _brands(member)}
    at = open_page("watches.py", member, collection=group, brand=brands["Omega"], q="speed")
    assert [ids[one] for one in listed(at)] == ["full"]
    chips = links(at, "cb-summary")
    assert asked(chips["Daily"]) == {"q": "speed", "brand": brands["Omega"]}
    assert asked(chips["Omega"]) == {"q": "speed", "collection": group}
    assert asked(chips["Clear all"]) == {"q": "speed"}


def _brands(member):
    with db.read(member) as connection:
        return watches.brands(connection, member)


def test_amounts_are_in_the_currency_of_the_address(open_page, member, two):
    at = open_page("watches.py", member, value_min="100000", currency="JPY")
    assert [two[0][one] for one in listed(at)] == ["full"]
    assert f"Value from {money(Decimal(100000), 'JPY')}" in links(at, "cb-summary")
    assert "JPY" in "".join(html(at, "cb-cards"))


GARBAGE = ["x" * 5000, "'", '"', "%", "\\", "⌚", "\0", "--", "null", "-1", "1e999", "NaN", "0",
           "99999999999999999999", "2020-13-45", "0001-01-01", "9999-12-31", "<b>", "00000000-0000-0000-0000-000000000000"]  # fmt: skip
NAMES = ["q", "collection", "brand", "status", "movement", "condition", "complication", "tag", "cost_min", "cost_max",
         "value_min", "value_max", "from", "to", "valued", "sort", "dir", "view", "after", "currency"]  # fmt: skip


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda text: repr(text[:12]))
def test_garbage_in_the_address_never_breaks_the_page(open_page, member, two, garbage):
    at = open_page("watches.py", member, **{name: garbage for name in NAMES if name != "q"})
    assert not at.exception
    assert listed(at) or "No watch matches" in said(at)
    at = open_page("watches.py", member, q=garbage)
    assert not at.exception
    assert listed(at) or "Nothing matches" in said(at)


def test_what_is_not_known_is_left_out_and_named(open_page, member, two):
    at = open_page("watches.py", member, brand="no id", status="melted", **{"from": "yesterday"})
    assert len(listed(at)) == 2
    assert "not known here and was left out: brand, status, bought from." in said(at)


CURSORS = ["x", "~", "{id}~", "{id}~x", "{id}~2020-99-99", "{id}~1e999", "{id}~{long}", "{id}~\0", "{id}~NaN",
           "{id}~2020-01-01 00:00:00+99", "{id}~\uff11", "{id}~0000-01-01", "{id}~9e-99"]  # fmt: skip


@pytest.mark.parametrize("sort", Sort)
def test_a_cursor_that_is_none_never_breaks_the_list(member, two, sort):
    wanted = WatchFilter(search="s" if sort is Sort.BEST else None)
    for cursor in CURSORS:
        after = cursor.format(id=next(iter(two[0])), long="9" * 5000)
        with db.read(member) as connection:
            listing.page(connection, member, wanted, sort, True, "EUR", TODAY, after, 5)


def test_a_page_that_is_not_there_any_more_is_the_first_one(open_page, member, two):
    nowhere = "00000000-0000-0000-0000-000000000000~zzz"
    assert len(listed(open_page("watches.py", member, sort="name", after=nowhere))) == 2


def test_another_households_brand_is_not_known_here(open_page, member, other, two):
    add_watch(other, "Seiko", "Alpinist")
    theirs = str(_brands(other)[0].brand_id)
    at = open_page("watches.py", member, brand=theirs)
    assert "left out: brand" in said(at)
    assert "Seiko" not in "".join(html(at, "cb-cards"))


# ── the panel ──────────────────────────────────────────────────────────────────────────────


def panel(at):
    at.button(key="watches.filters_button").click().run()
    return at


def by_label(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def show(at):
    return by_label(at.button, "Show watches").click().run()


def test_the_panel_puts_its_filters_into_the_address(open_page, member, two):
    at = panel(open_page("watches.py", member))
    by_label(at.multiselect, "Status").set_value(["owned"])
    by_label(at.text_input, "Cost from, EUR").set_value("1.000,-")
    by_label(at.date_input, "Bought to").set_value(date(2021, 1, 1))
    show(at)
    assert [two[0][one] for one in listed(at)] == ["full"]
    found = {name: text for name, text in at.query_params.items() if text}
    assert found == {"status": "owned", "cost_min": "1000.00", "to": "2021-01-01"}
    assert not at.multiselect, "the panel closes when it has done its work"
    again = panel(open_page("watches.py", member, **found))
    assert by_label(again.multiselect, "Status").value == ["owned"]
    assert by_label(again.date_input, "Bought to").value == date(2021, 1, 1)


def test_a_wrong_amount_is_refused_at_its_field_and_kept(open_page, member, two):
    at = panel(open_page("watches.py", member))
    by_label(at.text_input, "Value to, EUR").set_value("a lot")
    by_label(at.multiselect, "Status").set_value(["owned"])
    show(at)
    assert "“a lot” isn't an amount" in said(at)
    assert by_label(at.text_input, "Value to, EUR").value == "a lot"
    assert by_label(at.multiselect, "Status").value == ["owned"]
    by_label(at.text_input, "Value to, EUR").set_value("5000")
    show(at)
    assert [two[0][one] for one in listed(at)] == ["full"]


def test_the_days_must_be_in_order(open_page, member, two):
    at = panel(open_page("watches.py", member))
    by_label(at.date_input, "Bought from").set_value(date(2022, 1, 1))
    by_label(at.date_input, "Bought to").set_value(date(2021, 1, 1))
    assert "This is before the day on the left." in said(show(at))


def test_the_panel_changes_the_currency_of_the_page(open_page, member, two):
    at = panel(open_page("watches.py", member))
    by_label(at.selectbox, "Show amounts in").set_value("CHF")
    show(at)
    assert at.query_params["currency"] == "CHF"
    assert "CHF" in "".join(html(at, "cb-cards"))


# ── order and pages ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def few(member):
    """Three watches in the order of their values, and one that has none."""
    for name, amount in (("A", 100), ("B", 300), ("C", 200)):
        watch_id = add_watch(
            member, name, "One", price="100 EUR", purchased_on=date(2020, 1, amount // 100)
        )
        add_value(member, watch_id, f"{amount} EUR")
    add_watch(member, "D", "One")


def brands_shown(at):
    return re.findall(r'<span class="cb-brand">(\w+)</span>', "".join(html(at, "cb-")))


@pytest.mark.parametrize(
    ("sort", "down", "up"),
    [
        ("value", "BCAD", "ACBD"), ("gain", "BCAD", "ACBD"), ("return", "BCAD", "ACBD"),
        ("purchased", "BCAD", "ACBD"), ("name", "DCBA", "ABCD"), ("added", "DCBA", "ABCD"),
    ],
)  # fmt: skip
def test_every_order_goes_both_ways_and_what_is_missing_comes_last(
    open_page, member, few, sort, down, up
):
    for direction, order in (("down", down), ("up", up)):
        at = open_page("watches.py", member, sort=sort, dir=direction)
        assert "".join(brands_shown(at)) == order


def test_the_order_is_chosen_and_turned_on_the_page(open_page, member, few):
    at = open_page("watches.py", member)
    at.selectbox[0].select("value").run()
    assert at.query_params["sort"] == "value"
    assert "".join(brands_shown(at)) == "BCAD"
    at.button(key="watches.direction").click().run()
    assert at.query_params["dir"] == "up"
    assert "".join(brands_shown(at)) == "ACBD"
    at.selectbox[0].select("added").run()
    assert not at.query_params.get("dir"), "another order begins with its own direction"


def test_a_heading_of_the_table_sorts_and_turns(open_page, member, few):
    at = open_page("watches.py", member, view="table")
    to = links(at, "cb-table")["Value, EUR"]
    assert asked(to) == {"view": "table", "sort": "value"}
    at = open_page("watches.py", member, **asked(to))
    assert "".join(brands_shown(at)) == "BCAD"
    assert 'aria-sort="descending"' in "".join(html(at, "cb-table"))
    to = links(at, "cb-table")["Value, EUR"]
    assert "".join(brands_shown(open_page("watches.py", member, **asked(to)))) == "ACBD"


@pytest.fixture
def sixty(member, owner):
    """Sixty watches with the same of everything, added in the same instant."""
    for _ in range(60):
        add_watch(member)
    owner.execute("update watch set added_at = '2026-01-01'")


@pytest.mark.parametrize("sort", ["added", "name", "purchased", "value", "best"])
def test_pages_show_every_watch_exactly_once(open_page, member, sixty, sort):
    query = {"sort": sort} | ({"q": "omega"} if sort == "best" else {})
    at = open_page("watches.py", member, **query)
    seen, counts = listed(at), [pager(at)]
    while to := links(at, "cb-pager").get("Next"):
        at.query_params.update(asked(to))
        at.run()
        seen += listed(at)
        counts.append(pager(at))
    assert len(seen) == len(set(seen)) == 60
    assert counts == ["1–24 of 60", "25–48 of 60", "49–60 of 60"]
    back = links(at, "cb-pager")["Previous"]
    at.query_params.update(asked(back))
    assert listed(at.run()) == seen[24:48]


def pager(at):
    return re.search(r"<span>([^<]+)</span>", "".join(html(at, "cb-pager")))[1]


def test_somebody_elses_link_to_a_page_leads_back_to_the_first(open_page, member, sixty):
    at = open_page("watches.py", member)
    to = asked(links(at, "cb-pager")["Next"])
    at = open_page("watches.py", member, **to)
    assert links(at, "cb-pager")["First page"] == "/watches"
    assert "60" in pager(at)


def test_another_filter_order_or_search_begins_at_the_first_page(open_page, member, sixty):
    to = asked(links(open_page("watches.py", member), "cb-pager")["Next"])
    at = open_page("watches.py", member, **to)
    at.selectbox[0].select("name").run()
    assert not at.query_params.get("after")
    at = open_page("watches.py", member, **to)
    at.text_input(key="q").set_value("omega").run()
    assert not at.query_params.get("after")
    assert at.query_params["q"] == "omega"
    assert pager(at) == "1–24 of 60"


def test_the_table_shows_a_hundred_in_one_piece(open_page, member, sixty):
    at = open_page("watches.py", member)
    at.segmented_control(key="view.grid").set_value("table").run()
    assert at.query_params["view"] == "table"
    assert len(listed(at)) == 60
    assert len(html(at, "cb-table")) == 1


# ── values ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def valued(member):
    """One valued in CHF, one that was never valued, one that is gone."""
    worn = add_watch(member, "Omega", "Speedmaster")
    add_value(member, worn, "10000 CHF", TODAY - timedelta(90))
    new = add_watch(member, "Tudor", "Ranger")
    add_watch(
        member, "Seiko", "Alpinist", status="sold", disposed_on=TODAY, purchased_on=date(2020, 1, 1)
    )
    return worn, new


def recorded(member, watch_id):
    with db.read(member) as connection:
        found = valuations.of_watch(connection, member, watch_id)
    return [(int(one.amount), one.currency, one.confirmed) for one in found]


def test_one_field_and_enter_records_a_value_in_the_watchs_own_currency(open_page, member, valued):
    worn, new = valued
    at = open_page("watches.py", member, view="values")
    assert "2 watches owned" in said(at).replace("\N{NO-BREAK SPACE}", " ")
    field(at, worn).set_value("12'400").run()
    assert not at.exception
    assert recorded(member, worn)[0] == (12400, "CHF", False)
    assert "CHF\N{NO-BREAK SPACE}12,400 recorded for Omega Speedmaster" in texts(at)
    assert field(at, worn).value == ""
    assert field(at, worn).placeholder.startswith("CHF\N{NO-BREAK SPACE}12,400")
    field(at, new).set_value("2500").run()
    assert recorded(member, new) == [(2500, "EUR", False)], "what has no value takes the reader's"
    assert get_watch(member, new).value_currency == "EUR"


def texts(at):
    return " ".join(re.sub(r"\\(.)", r"\1", one.value) for one in at.markdown)


def test_a_value_can_be_taken_back_and_put_back(open_page, member, valued):
    at = open_page("watches.py", member, view="values")
    field(at, valued[0]).set_value("12400").run()
    at.button(key="values.undo").click().run()
    assert len(recorded(member, valued[0])) == 1
    assert "Taken back" in texts(at)
    at.button(key="values.redo").click().run()
    assert len(recorded(member, valued[0])) == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("a lot", "isn't an amount"), ("-5", "can't be negative"), ("USD 5", "looks like USD")],
)
def test_a_value_that_is_none_is_refused_at_its_field_and_kept(
    open_page, member, valued, typed, sentence
):
    at = open_page("watches.py", member, view="values")
    field(at, valued[0]).set_value(typed).run()
    assert sentence in said(at)
    assert field(at, valued[0]).value == typed
    assert len(recorded(member, valued[0])) == 1
    field(at, valued[0]).set_value("").run()
    assert sentence not in said(at)


def test_a_striking_value_is_asked_about_and_recorded_on_yes(open_page, member, valued):
    worn, _ = valued
    at = open_page("watches.py", member, view="values")
    field(at, worn).set_value("100").run()
    assert "That is far from the value before" in said(at)
    assert field(at, worn).value == "100"
    assert len(recorded(member, worn)) == 1
    at.button(key=f"values.{worn}.confirm").click().run()
    assert recorded(member, worn)[0] == (100, "CHF", True)
    assert field(at, worn).value == ""
    assert "That is far" not in said(at)


def test_a_value_for_a_watch_that_is_gone_meanwhile_is_said(open_page, member, valued):
    at = open_page("watches.py", member, view="values")
    watch = get_watch(member, valued[0])
    with db.write(member) as connection:
        watches.remove(connection, member, watch.watch_id, watch.version)
    field(at, valued[0]).set_value("12000").run()
    assert not at.exception
    assert len(recorded(member, valued[0])) == 1


def test_a_viewer_reads_and_changes_nothing(open_page, member, owner, valued):
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    at = open_page("watches.py", member, view="values")
    assert len(listed(at)) == 3, "the list itself is shown"
    assert at.segmented_control(key="view.grid").options == ["Grid", "Table"]
    assert [one.key for one in at.text_input] == ["q"]


# ── nothing yet ────────────────────────────────────────────────────────────────────────────


def test_without_watches_there_is_one_next_step(open_page, member, other, ids):
    at = open_page("watches.py", other)
    assert "Your watches will be here" in said(at)
    assert not at.text_input
    assert listed(at) == []


def test_filters_that_find_nothing_say_what_to_change(open_page, member, ids):
    at = open_page("watches.py", member, status="sold", view="table")
    assert "No watch matches these filters" in said(at)
    assert links(at, "cb-links") == {"Clear filters": "/watches?view=table"}
    at = open_page("watches.py", member, status="sold", q="rolex")
    assert links(at, "cb-links") == {
        "Search without filters": "/watches?q=rolex",
        "Clear all": "/watches",
    }


def test_long_and_strange_names_are_text(open_page, member):
    add_watch(member, "<b>B</b>" * 9, "$x$ **m** " * 19, reference="'\"&amp;")
    for view in ("grid", "table", "values"):
        at = open_page("watches.py", member, view=view)
        assert not at.exception
        assert "<b>B</b>" not in "".join(html(at, "cb-cards") + html(at, "cb-table"))
