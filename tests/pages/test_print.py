"""A list on paper, and the same as a file: what is asked for, exact, escaped, and nobody else's."""

import csv
import io
from datetime import date

import pytest

from app import print_routes, watch_csv
from app.format import SPACE
from app.print_routes import PATH, address, read_ids
from data import db, watches
from tests.asking import Browser
from tests.collector import add_value, add_watch, get_watch


def on_paper(member, *watch_ids, currency="EUR"):
    return Browser(member).get(address(watch_ids, currency))


def test_the_list_holds_what_was_asked_for_in_its_order_with_totals(member):
    one = add_watch(
        member,
        model="Speedmaster",
        reference="310.30",
        price="6500 EUR",
        purchased_on=date(2025, 1, 2),
    )
    two = add_watch(member, "Rolex", "Explorer", serial_number="X1", price="100 EUR")
    left_out = add_watch(member, "Seiko", "Turtle")
    add_value(member, one, "7200.50 EUR")
    answer = on_paper(member, two, one)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    page = answer.text.replace(SPACE, " ")
    assert page.index("Explorer") < page.index("Speedmaster")
    assert "Turtle" not in page
    assert str(left_out) not in page
    for said in ("310.30", "X1", "6,500.00", "7,200.50", "6,600.00", "7,300.50", "2 watches"):
        assert said in page


def test_totals_say_what_they_leave_out(member):
    page = on_paper(member, add_watch(member), add_watch(member, price="5 EUR")).text
    page = page.replace(SPACE, " ")
    assert "1 watch without a cost; 1 watch without a value" in page


def test_what_people_wrote_is_text_on_paper(member):
    page = on_paper(member, add_watch(member, model="<script>alert(1)</script>")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_strangers_and_other_households_get_nothing(member, other):
    watch_id = add_watch(member)
    assert Browser().get(address([watch_id], "EUR")).status_code == 401
    assert Browser(token="made up").get(address([watch_id], "EUR")).status_code == 401
    theirs, none = on_paper(other, watch_id), Browser(other).get(f"{PATH}?ids=nonsense")
    assert (theirs.status_code, theirs.text) == (none.status_code, none.text) == (404, none.text)


def test_a_watch_in_the_bin_is_not_printed(member):
    kept, gone = add_watch(member), add_watch(member, model="Railmaster")
    with db.write(member) as connection:
        watches.remove(connection, member, gone, get_watch(member, gone).version)
    assert "Railmaster" not in on_paper(member, kept, gone).text
    assert on_paper(member, gone).status_code == 404


def test_an_address_holds_ids_in_either_way_each_once_and_skips_what_is_none(member):
    one, two = add_watch(member), add_watch(member)
    short = address([two], "CHF").partition("ids=")[2]
    assert read_ids(f"{one},,nonsense,{short},%00,{one},{'x' * 5000}") == [one, two]
    assert len(read_ids(",".join([short] * 2000))) == 1


def test_the_script_of_the_page_is_a_file(member):
    script = Browser().get("/print/print.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.text == print_routes.print_markup.SCRIPT


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_file_holds_every_field_exactly(member):
    watch_id = add_watch(
        member, price="12390.50 CHF", tags=["b", "a"], complications=["date"], notes="Line\nbreak; “quoted”, 日本",
        purchased_on=date(2024, 2, 29), case_diameter_mm="40.5",
    )  # fmt: skip
    (line,) = lines(watch_csv.written([get_watch(member, watch_id)]))
    assert tuple(line) == watch_csv.HEADERS
    assert line["watch_id"] == str(watch_id)
    assert (line["brand"], line["model"]) == ("Omega", "Speedmaster")
    assert (line["purchase_price"], line["purchase_currency"]) == ("12390.50", "CHF")
    assert (line["tags"], line["complications"]) == ("a; b", "date")
    assert (line["purchased_on"], line["case_diameter_mm"]) == ("2024-02-29", "40.5")
    assert line["notes"] == "Line\nbreak; “quoted”, 日本"
    assert line["sale_price"] == ""


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula_in_a_spreadsheet(member, typed):
    (line,) = lines(watch_csv.written([get_watch(member, add_watch(member, model=typed))]))
    assert line["model"] == f"'{typed}"
