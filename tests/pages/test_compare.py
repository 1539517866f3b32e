"""Compare: the address decides which watches stand side by side; the list leads there."""

import re
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest

from data import comparing, db, figures, services, watches
from data.services import ServiceDraft
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.pages.watch_pages import as_viewer

DAY = date(2026, 10, 1)


@pytest.fixture
def sub(member):
    watch_id = add_watch(
        member, "Rolex", "Submariner", price="8000 EUR", purchased_on=date(2024, 1, 10),
        water_resistance_m=300, power_reserve_h=Decimal(70), case_material="Steel",
    )  # fmt: skip
    add_value(member, watch_id, "10000 EUR", DAY)
    return str(watch_id)


@pytest.fixture
def speedy(member):
    watch_id = add_watch(
        member, "Omega", "Speedmaster", price="6000 EUR", purchased_on=date(2025, 3, 1),
        water_resistance_m=50, case_material="steel", nickname="Moonwatch",
    )  # fmt: skip
    add_value(member, watch_id, "5000 EUR", DAY)
    return str(watch_id)


@pytest.fixture
def three_more(member):
    return [str(add_watch(member, "Seiko", f"Number {n}")) for n in range(3)]


def html(at, mark):
    assert not at.exception, at.exception
    return "".join(b.proto.body for b in at.get("html") if mark in b.proto.body[:300])


def names(at):
    """The models of the columns, in order."""
    return re.findall(r'<th scope="col">.*?cb-model">(.*?)</span>', html(at, "cb-compare"))


def rows(at):
    """Label → what the cells say."""
    found = {}
    for label, cells in re.findall(
        r'<tr><th scope="row"><span>(.*?)</span>.*?</th>(.*?)</tr>', html(at, "cb-compare")
    ):
        found[label] = [
            unescape(re.sub(r"<[^>]*>", " ", re.sub(r'<span class="cb-icon.*?</span>', "", cell)))
            .replace("\N{NO-BREAK SPACE}", " ").strip()
            for cell in re.findall(r"<td.*?>(.*?)</td>", cells)
        ]  # fmt: skip
    return found


def best(at, label):
    """The places of a row that are marked as best."""
    (cells,) = re.findall(rf'"row"><span>{label}</span>.*?</th>(.*?)</tr>', html(at, "cb-compare"))
    return [place for place, end in enumerate(re.findall('<td class="(.*?)"', cells)) if end]


def differing(at):
    return set(
        re.findall(r'<span>([^<]*)</span><span class="cb-differs" role', html(at, "cb-compare"))
    )


def said(at):
    return " ".join(re.sub(r"\\(.)", r"\1", one.value) for one in at.caption).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def links(at, mark):
    return [unescape(to) for to in re.findall(r'<a [^>]*href="([^"]*)"', html(at, mark))]


def removals(at):
    found = re.findall(r'class="cb-out" href="([^"]*)"', html(at, "cb-compare"))
    return [unescape(to) for to in found]


def query(address):
    return dict(parse_qsl(urlsplit(address).query))


def test_watches_stand_side_by_side_in_the_order_of_the_address(open_page, member, sub, speedy):
    assert names(open_page("compare.py", member, ids=f"{speedy},{sub}")) == [
        "Speedmaster",
        "Submariner",
    ]
    at = open_page("compare.py", member, ids=f"{sub},{speedy}")
    assert names(at) == ["Submariner", "Speedmaster"]
    table = rows(at)
    assert table["Cost"] == ["EUR 8,000", "EUR 6,000"]
    assert table["Gain"] == ["+EUR 2,000", "−EUR 1,000"]
    assert table["Return"] == ["+25.0%", "−16.7%"]
    assert "EUR 10,000" in table["Value"][0]
    assert "of 1 Oct 2026" in table["Value"][0]
    assert [title.value for title in at.title] == ["Compare"]


def test_the_best_and_the_differences_are_marked(open_page, member, sub, speedy):
    at = open_page("compare.py", member, ids=f"{speedy},{sub}")
    assert best(at, "Water resistance") == [1]
    assert best(at, "Value") == [1]
    assert best(at, "Power reserve") == []  # only one is known
    assert best(at, "Cost") == []  # nobody can say
    assert {"Cost", "Nickname", "Water resistance"} <= differing(at)
    assert "Case material" not in differing(at)  # steel is Steel
    assert "Status" not in differing(at)


def test_what_nobody_recorded_is_left_out_and_what_one_lacks_is_a_dash(
    open_page, member, sub, speedy
):
    table = rows(open_page("compare.py", member, ids=f"{sub},{speedy}"))
    assert table["Nickname"] == ["–", "Moonwatch"]
    assert "Bezel" not in table
    assert "Serial number" not in table


def test_only_differences_is_in_the_address_and_hides_what_is_the_same(
    open_page, member, sub, speedy
):
    at = open_page("compare.py", member, ids=f"{sub},{speedy}")
    assert "Case material" in rows(at)
    at.toggle[0].set_value(True).run()
    assert at.query_params["only"] == "differences"
    assert "Case material" not in rows(at)
    assert "Cost" in rows(at)
    again = open_page("compare.py", member, ids=f"{sub},{speedy}", only="differences")
    assert rows(again) == rows(at)
    assert all(query(one)["only"] == "differences" for one in removals(again))
    again.toggle[0].set_value(False).run()
    assert "only" not in again.query_params


def test_a_watch_is_removed_and_another_added_by_a_link(open_page, member, sub, speedy, three_more):
    at = open_page("compare.py", member, ids=f"{sub},{speedy}")
    assert [query(one)["ids"] for one in removals(at)] == [speedy, sub]
    at.text_input[0].set_value("number 2").run()
    assert [query(one)["ids"] for one in links(at, "cb-lists")] == [
        f"{sub},{speedy},{three_more[2]}"
    ]


def test_a_search_offers_nothing_that_is_there_already(open_page, member, sub, speedy):
    at = open_page("compare.py", member, ids=f"{sub},{speedy}")
    at.text_input[0].set_value("submariner").run()
    assert links(at, "cb-lists") == []
    assert "Nothing else matches “submariner”" in said(at)


def test_a_slip_in_the_search_is_understood(open_page, member, sub, speedy):
    at = open_page("compare.py", member, ids=sub)
    at.text_input[0].set_value("speedmastr").run()
    assert [query(one)["ids"] for one in links(at, "cb-lists")] == [f"{sub},{speedy}"]


def test_four_are_the_most_and_the_rest_of_a_link_is_left_out(
    open_page, member, sub, speedy, three_more
):
    at = open_page("compare.py", member, ids=",".join([sub, speedy, *three_more]))
    assert names(at) == ["Submariner", "Speedmaster", "Number 0", "Number 1"]
    assert "the first four of this link" in said(at)
    assert not at.text_input
    four = open_page("compare.py", member, ids=",".join([sub, speedy, *three_more[:2]]))
    assert "first four" not in said(four)


def test_foreign_unknown_and_removed_watches_are_left_out_with_a_sentence(
    open_page, member, other, sub, speedy
):
    foreign = add_watch(other, "Rolex", "Secret")
    watch = get_watch(member, speedy)
    with db.write(member) as connection:
        watches.remove(connection, member, watch.watch_id, watch.version)
    ids = f"{foreign},{sub},{uuid4()},nonsense,{speedy},{sub}"
    at = open_page("compare.py", member, ids=ids)
    assert names(at) == ["Submariner"]
    assert "4 watches of this link are not in your collection and were left out" in said(at)
    assert "Secret" not in html(at, "cb-")


def test_one_watch_invites_to_add_another(open_page, member, sub, speedy):
    at = open_page("compare.py", member, ids=sub)
    assert names(at) == ["Submariner"]
    assert "Add one to three more watches" in said(at)
    assert [query(one)["ids"] for one in links(at, "cb-lists")] == [f"{sub},{speedy}"]
    assert not at.toggle  # nothing to differ from
    assert differing(at) == set()


def test_nothing_chosen_offers_the_newest(open_page, member, sub, speedy):
    at = open_page("compare.py", member)
    assert "Choose two to four watches" in said(at)
    assert {query(one)["ids"] for one in links(at, "cb-lists")} == {sub, speedy}
    assert html(at, "cb-compare") == ""


def test_a_household_without_a_watch_is_led_to_add_one(open_page, member):
    at = open_page("compare.py", member)
    assert "side by side" in html(at, "cb-empty")
    assert not at.text_input


def test_amounts_follow_the_currency_of_the_link(open_page, member, sub, speedy):
    at = open_page("compare.py", member, ids=f"{sub},{speedy}", currency="CHF")
    assert rows(at)["Cost"][0].startswith("CHF ")
    assert "EUR 8,000 at the rate of" in rows(at)["Cost"][0]
    assert all(query(one)["currency"] == "CHF" for one in removals(at))


def test_a_wanted_and_a_sold_watch_say_why_they_have_no_gain_or_value(open_page, member, sub):
    wanted = add_watch(member, "Patek Philippe", "Nautilus", status="wishlist", price="90000 EUR")
    sold = add_watch(
        member, "Tudor", "Pelagos", status="sold", price="3000 EUR", purchased_on=date(2023, 1, 1),
        disposed_on=date(2024, 6, 1), sale_price=Decimal(3300), sale_currency="EUR",
    )  # fmt: skip
    table = rows(open_page("compare.py", member, ids=f"{wanted},{sold},{sub}"))
    assert table["Gain"][0].split() == ["–", "not", "here", "yet"]
    assert table["Gain"][1].split() == ["+EUR", "300", "realised"]
    assert "sold on 1 Jun 2024" in table["Value"][1]
    assert table["Proceeds"][1].startswith("EUR 3,300")


def test_names_are_shown_as_they_are_written(open_page, member, sub):
    odd = add_watch(member, "Rolex", "<script>alert(1)</script> & 'x'")
    at = open_page("compare.py", member, ids=f"{sub},{odd}")
    assert "<script>" not in html(at, "cb-compare")
    assert "&lt;script&gt;" in html(at, "cb-compare")


def test_the_chart_has_a_line_for_each_and_says_what_100_is(open_page, member, sub, speedy):
    unknown = add_watch(member, "Seiko", "Unpriced")
    at = open_page("compare.py", member, ids=f"{sub},{speedy},{unknown}")
    assert "100 is what each was worth on" in said(at)
    assert "No value over time is known of Seiko Unpriced" in said(at)
    (chart,) = at.get("plotly_chart")
    assert "Submariner" in chart.proto.spec
    assert "Unpriced" not in chart.proto.spec


def test_a_viewer_compares_too_and_finds_the_way_from_the_watch(
    open_page, member, owner, sub, speedy
):
    viewer = as_viewer(owner, member)
    assert names(open_page("compare.py", viewer, ids=f"{sub},{speedy}")) == [
        "Submariner",
        "Speedmaster",
    ]
    at = open_page("watch.py", viewer, id=sub)
    assert "Compare" in [link.proto.label for link in at.main.get("page_link")]


def test_the_menu_of_a_watch_leads_to_its_comparison(open_page, member, sub):
    at = open_page("watch.py", member, id=sub)
    at.menu_button(key="more").set_value("Compare").run()
    assert at.query_params["ids"] == sub


# ── choosing on the list ───────────────────────────────────────────────────────────────────


def test_compare_on_the_list_turns_cards_into_choices(open_page, member, sub, speedy):
    at = open_page("watches.py", member)
    at.button(key="watches.compare").click().run()
    assert at.query_params["compare"] == "pick"
    assert {query(one)["compare"] for one in links(at, "cb-cards")} == {sub, speedy}
    assert "Choose two to four watches" in html(at, "cb-compare-bar")
    assert "Compare 2" not in html(at, "cb-compare-bar")


@pytest.mark.parametrize(("view", "mark"), [("grid", "cb-cards"), ("table", "cb-table")])
def test_a_chosen_watch_is_marked_and_can_be_taken_out(open_page, member, sub, speedy, view, mark):
    at = open_page("watches.py", member, compare=sub, view=view, sort="name")
    choices = [query(one)["compare"] for one in links(at, mark) if "compare=" in one]
    assert f"{sub},{speedy}" in choices
    assert "pick" in choices
    assert html(at, mark).count('aria-label="Chosen"') == 1
    assert "Rolex Submariner" in html(at, "cb-compare-bar")


def test_the_bar_leads_to_the_comparison_in_the_order_of_choosing(open_page, member, sub, speedy):
    at = open_page("watches.py", member, compare=f"{speedy},{sub}")
    assert f"/compare?ids={speedy},{sub}" in links(at, "cb-compare-bar")
    assert "Compare 2 watches" in html(at, "cb-compare-bar")


def test_a_fifth_choice_changes_nothing(open_page, member, sub, speedy, three_more):
    four = ",".join([speedy, *three_more])
    at = open_page("watches.py", member, compare=four)
    assert four in [query(one).get("compare") for one in links(at, "cb-cards")]
    assert all(sub not in one for one in links(at, "cb-cards"))
    assert "no more fit" in html(at, "cb-compare-bar")


def test_the_choice_outlives_filters_and_a_search(open_page, member, sub, speedy):
    at = open_page("watches.py", member, compare=sub, status="owned", q="speed")
    chips = [one for one in links(at, "cb-summary") if one != "#copy"]
    assert chips
    assert all(query(one)["compare"] == sub for one in chips)
    assert f"{sub},{speedy}" in [query(one)["compare"] for one in links(at, "cb-cards")]


def test_a_foreign_choice_has_no_name_in_the_bar(open_page, member, other, sub):
    foreign = add_watch(other, "Rolex", "Secret")
    at = open_page("watches.py", member, compare=f"{foreign},{sub}")
    assert "Secret" not in html(at, "cb-compare-bar")
    assert "Rolex Submariner" in html(at, "cb-compare-bar")


def test_without_the_choice_a_card_opens_its_watch(open_page, member, sub):
    at = open_page("watches.py", member)
    assert links(at, "cb-cards") == [f"/watch?id={sub}"]
    at.button(key="watches.compare").click().run()
    at.button(key="watches.compare").click().run()
    assert "compare" not in at.query_params
    assert links(at, "cb-cards") == [f"/watch?id={sub}"]


def test_held_for_counts_from_the_purchase(open_page, member, sub):
    today = date.today()  # noqa: DTZ011  (the page's own today, in the tests' time zone)
    held = rows(open_page("compare.py", member, ids=sub))["Held for"][0]
    assert held == f"{(today - date(2024, 1, 10)) // timedelta(days=1):,} days"


def test_services_are_compared_where_there_are_any(open_page, member, sub, speedy):
    assert "Last service" not in rows(open_page("compare.py", member, ids=f"{sub},{speedy}"))
    draft = ServiceDraft(
        serviced_on=date(2026, 5, 4), cost=Decimal(700), currency="EUR",
        next_due_on=date(2031, 5, 4),
    )  # fmt: skip
    with db.write(member) as connection:
        services.add(connection, member, get_watch(member, sub).watch_id, draft, TODAY)
    table = rows(open_page("compare.py", member, ids=f"{sub},{speedy}"))
    assert table["Last service"][0].startswith("4 May 2026")
    assert table["Last service"][1] == "–"
    assert table["Next due"][0].startswith("4 May 2031")
    assert table["Cost of services"][0].startswith("EUR 700")
    assert table["Cost of ownership"] == ["EUR 8,700", "EUR 6,000"]


def test_the_figures_are_those_of_the_page_of_the_watch(member, sub, speedy):
    ids = [get_watch(member, one).watch_id for one in (sub, speedy)]
    with db.read(member) as connection:
        together = comparing.money(connection, member, ids, "CHF", TODAY)
        for one in ids:
            alone = figures.of_watch(connection, member, one, "CHF", TODAY)
            assert {k: v for k, v in asdict(together[one]).items() if k != "watch_id"} == asdict(
                alone
            )
