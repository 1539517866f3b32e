"""Prices of a watch: what a file says is shown, what is unclear is asked, and only then it is stored."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest

from app import format as say
from app import price_preview
from data import benchmarks, db, valuations, watches
from data.calc.price_rows import Reported
from data.calc.series import Point
from tests.collector import add_value, add_watch
from tests.pages.watch_pages import as_viewer, html, press, problems

PRICES = Path(__file__).parents[3] / "shared" / "data" / "prices"
CLEAR = "Date,Price (CHF)\n2024-05-01,0\n2024-05-02,5000\n2024-05-03,5100\n"
UNCLEAR = "03/04/2021;$1.234\n04/04/2021;$1.240\n05/04/2021;$28.234\n"


@pytest.fixture
def watch_id(member):
    return add_watch(member, price="4800 CHF", purchased_on=date(2020, 1, 1))


@pytest.fixture
def open_import(open_page, watch_id):
    return lambda who, **query: open_page(
        "import_prices.py", who, **({"watch": str(watch_id)} | query)
    )


def bring(at, text, name="prices.csv"):
    """Choose a file with this in it."""
    content = text.encode() if isinstance(text, str) else text
    at.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not at.exception, at.exception
    return at


def words(at):
    """What is on the page, as a person reads it."""
    assert not at.exception, at.exception
    said = " ".join(unescape(re.sub(r"<[^>]*>", " ", block.proto.body)) for block in at.html)
    plain = [each.value for kind in (at.markdown, at.caption, at.warning, at.info) for each in kind]
    text = " ".join([said, *(re.sub(r"\\(.)", r"\1", each) for each in plain)])
    return re.sub(r"\s+", " ", text.replace(say.SPACE, " "))


def tiles(at):
    found = re.findall(
        r'cb-label">(New|Already here|Different|Kept).*?cb-number">(.*?)<', html(at), re.DOTALL
    )
    return dict(found)


def named(at, label):
    """A field by its label."""
    every = [*at.selectbox, *at.button_group, *at.checkbox, *at.toggle, *at.text_input]
    return next(one for one in every if label in one.label)


def links(at):
    """The links of Streamlit's own kind, by what they say."""
    return [link.proto.label for link in at.main.get("page_link")]


def button(at, label):
    return next(one for one in at.button if label in one.label)


def stored(who, watch_id):
    with db.read(who) as connection:
        return [
            (value.valued_on.isoformat(), int(value.amount), value.currency, value.source)
            for value in reversed(valuations.of_watch(connection, who, watch_id))
        ]


def test_a_file_is_shown_before_anything_is_stored(member, open_import, watch_id):
    at = bring(open_import(member), CLEAR)
    said = words(at)
    assert "2 of 3 rows can be imported: 2 May 2024 to 3 May 2024, CHF 5,000 to CHF 5,100." in said
    assert "0 means that there is no price" in said
    assert tiles(at) == {"New": "2", "Already here": "0", "Different": "0", "Kept": "0"}
    assert len(at.get("plotly_chart")) == 1
    assert stored(member, watch_id) == []


def test_one_click_stores_it_and_one_takes_it_back(member, open_import, watch_id):
    at = bring(open_import(member), CLEAR)
    press(at, f"Import 2{say.SPACE}values")
    assert stored(member, watch_id) == [
        ("2024-05-02", 5000, "CHF", "import"),
        ("2024-05-03", 5100, "CHF", "import"),
    ]
    assert at.query_params["id"] == str(watch_id)
    assert "2 values were imported." in words(at)
    press(at, "Undo")
    assert stored(member, watch_id) == []
    assert [toast.value for toast in at.toast] == ["2 values are in the bin."]
    assert "Undo" not in [one.label for one in at.button]


def test_the_way_back_can_be_put_away(member, open_import, watch_id):
    at = press(bring(open_import(member), CLEAR), f"Import 2{say.SPACE}values")
    press(at, "Keep")
    assert "Undo" not in [one.label for one in at.button]
    assert len(stored(member, watch_id)) == 2


def test_importing_again_adds_nothing(member, open_import, watch_id):
    press(bring(open_import(member), CLEAR), f"Import 2{say.SPACE}values")
    at = bring(open_import(member), CLEAR)
    assert tiles(at)["Already here"] == "2"
    assert "Everything in it is recorded already." in words(at)
    assert button(at, "Import 0").disabled


def test_what_a_person_recorded_is_kept_and_said_so(member, open_import, watch_id):
    add_value(member, watch_id, "4900 CHF", date(2024, 5, 2))
    at = bring(open_import(member), CLEAR)
    assert tiles(at)["Kept"] == "1"
    assert "kept as recorded, never overwritten" in words(at)
    press(at, f"Import 1{say.SPACE}value")
    assert [amount for _, amount, *_ in stored(member, watch_id)] == [4900, 5100]


def test_other_prices_of_an_earlier_import_are_asked_about_once(member, open_import, watch_id):
    press(bring(open_import(member), CLEAR), f"Import 2{say.SPACE}values")
    other = CLEAR.replace("5100", "5150") + "2024-05-04,5200\n"
    at = bring(open_import(member), other)
    assert button(at, "Import").disabled
    named(at, "1\xa0day was imported before").set_value("keep").run()
    assert button(at, "Import 1").label == f"Import 1{say.SPACE}value"
    named(at, "1\xa0day was imported before").set_value("replace").run()
    press(at, f"Import 2{say.SPACE}values")
    assert [amount for _, amount, *_ in stored(member, watch_id)] == [5000, 5150, 5200]
    press(at, "Undo")
    assert [amount for _, amount, *_ in stored(member, watch_id)] == [5000, 5100]


def test_what_can_be_read_in_two_ways_is_asked_and_nothing_is_stored_before(
    member, open_import, watch_id
):
    at = bring(open_import(member), UNCLEAR)
    assert button(at, "Import").disabled
    assert "Answer what is asked above first." in words(at)
    named(at, "Which day is").set_value("month").run()
    named(at, "How much is").set_value(",").run()
    named(at, "Which currency").set_value("CAD").run()
    assert button(at, "Import").disabled  # the price jumps
    jumps = named(at, "The price jumps once")
    assert len(jumps.options) == 2
    jumps.set_value([date(2021, 3, 4)]).run()
    press(at, f"Import 2{say.SPACE}values")
    assert stored(member, watch_id) == [
        ("2021-03-04", 1234, "CAD", "import"),
        ("2021-04-04", 1240, "CAD", "import"),
    ]


def test_an_answer_stays_on_the_page_and_can_be_another(member, open_import, watch_id):
    at = bring(open_import(member), UNCLEAR)
    named(at, "Which day is").set_value("month").run()
    assert "4 Mar 2021" in words(at)
    named(at, "Which day is").set_value("day").run()
    assert "3 Apr 2021 to 5 Apr 2021" in words(at)


def test_how_it_is_read_can_be_changed(member, open_import):
    at = bring(open_import(member), "day;first;second (CHF)\n2024-05-03;10;20\n2024-05-04;11;21\n")
    assert "Which column has the price?" in [one.label for one in at.selectbox]
    price = named(at, "Price")
    assert price.options[0] == "Not found"
    price.set_value(price.options.index("second (CHF)")).run()
    assert "Which column has the price?" not in [one.label for one in at.selectbox]
    assert "CHF 20 to CHF 21" in words(at)
    heading = named(at, "Heading")
    heading.set_value(heading.options.index("There is none")).run()
    assert "of 3 rows" in words(at)


def test_the_encoding_is_shown_and_can_be_changed(member, open_import):
    at = bring(
        open_import(member), "Datum;Preis in € für die Uhr\n03.05.2024;5.000,00\n".encode("cp1252")
    )
    encoding = named(at, "Encoding")
    assert "(found)" in encoding.options[0]
    assert "3 May 2024, EUR 5,000" in words(at)
    encoding.set_value(encoding.options.index("Unicode, UTF-8")).run()
    assert not at.exception


def test_days_of_excel_are_read_when_somebody_says_so(member, open_import):
    at = bring(open_import(member), "date,price CHF\n43598,5000\n43599,5100\n")
    assert "None of its 2 rows" in words(at)
    named(at, "Read numbers as days").set_value(True).run()
    assert "All 2 rows can be imported: 13 May 2019" in words(at)


def test_pasted_lines_are_read_the_same_way(member, open_import, watch_id):
    at = open_import(member)
    at.button_group[0].set_value("paste").run()
    assert "Read it" in [one.label for one in at.button]
    at.text_area[0].set_value("3 May 2024 12 390 CHF\n4 May 2024 12 400 CHF").run()
    press(at, f"Import 2{say.SPACE}values")
    assert [amount for _, amount, *_ in stored(member, watch_id)] == [12390, 12400]


def test_a_series_of_another_watch_has_to_be_confirmed(member, open_import, watch_id):
    add_value(member, watch_id, "50000 CHF", date(2024, 5, 1))
    at = bring(open_import(member), CLEAR)
    assert "Is it the series of this watch?" in words(at)
    assert button(at, "Import").disabled
    named(at, "Yes, it is right").set_value(True).run()
    assert not button(at, "Import").disabled


def test_values_that_will_not_count_are_said_so(member, open_page):
    late = add_watch(member, purchased_on=date(2024, 5, 3))
    assert "It was bought on 3 May 2024" in words(
        bring(open_page("import_prices.py", member, watch=str(late)), CLEAR)
    )
    undated = add_watch(member)
    assert "no purchase date" in words(
        bring(open_page("import_prices.py", member, watch=str(undated)), CLEAR)
    )
    gone = add_watch(
        member, status="sold", purchased_on=date(2020, 1, 1), disposed_on=date(2024, 5, 2)
    )
    assert "It is gone since 2 May 2024" in words(
        bring(open_page("import_prices.py", member, watch=str(gone)), CLEAR)
    )


@pytest.mark.parametrize(
    "content",
    [b"\x00", b"\xff\xfe", b"PK\x03\x04" + bytes(range(256)) * 9, b"%PDF-1.7\n", b"<script>alert(1)</script>",
     b'"' * 999, ("=cmd()," * 99).encode(), "2024-05-03,<b>5</b>\n".encode("utf-16")],
)  # fmt: skip
def test_an_odd_file_gets_a_sentence(member, open_import, watch_id, content):
    at = bring(open_import(member), content)
    said = words(at)
    assert "There is nothing in it" in said or "can be imported as it is read now" in said
    assert "<script>" not in html(at)
    assert stored(member, watch_id) == []


def test_an_empty_file_is_said_to_be_empty(member, open_import):
    assert "This file is empty." in problems(bring(open_import(member), b""))


def test_the_limits_stand_at_the_field(member, open_import):
    assert open_import(member).file_uploader[0].label == "CSV or text, up to 2 MB and 20,000 rows"


def test_too_many_rows_are_refused_with_a_sentence(member, open_import):
    at = bring(open_import(member), "2024-05-03,5\n" * 20_001)
    assert "It has 20,001 rows; 20,000 is the most." in words(at)


def test_many_rows_that_are_left_out_are_a_file(member, open_import):
    at = bring(open_import(member), "date,price CHF\n" + "2024-05-03,about 5\n2024-05-04,6\n" * 40)
    assert [one.label for one in at.get("download_button")] == ["All of them as CSV"]
    assert f"And 54{say.SPACE}rows more." in [one.value for one in at.caption]


def test_a_file_of_what_is_left_out_is_harmless_in_a_spreadsheet():
    content = price_preview.written([Reported(3, "=x", "@cmd", "This is no amount.")])
    assert content.decode("utf-8-sig").splitlines() == [
        "line,column,text,reason",
        "3,'=x,'@cmd,This is no amount.",
    ]


def test_neighbours_with_one_reason_are_one_line_and_others_are_not():
    reported = [
        Reported(n, "price", text, "No.") for n, text in ((2, "0"), (3, "0"), (4, "-"), (9, "0"))
    ]
    found = price_preview.runs(reported)
    assert [(run.first.line, run.last.line, run.rows, run.alike) for run in found] == [
        (2, 4, 3, False),
        (9, 9, 1, True),
    ]


def test_who_may_only_look_cannot_import(member, owner, open_import, open_page, watch_id):
    viewer = as_viewer(owner, member)
    at = open_import(viewer)
    assert not at.file_uploader
    assert "You can look at this collection" in words(at)
    assert not open_page("import_prices.py", viewer, series="new").file_uploader
    assert "Import prices" not in links(open_page("watch.py", viewer, id=str(watch_id)))


@pytest.mark.parametrize("watch", ["", "x", "\x00", str(uuid4()), "a" * 999])
def test_an_address_without_a_watch_says_so(member, open_page, watch):
    at = open_page("import_prices.py", member, watch=watch)
    assert [title.value for title in at.title] == [watches.NOT_HERE.replace(".", "\\.")]


def test_a_watch_of_others_or_in_the_bin_takes_nothing(member, other, open_page, watch_id):
    assert not open_page("import_prices.py", other, watch=str(watch_id)).file_uploader
    with db.write(member) as connection:
        watches.remove(connection, member, watch_id, 1)
    assert not open_page("import_prices.py", member, watch=str(watch_id)).file_uploader


def test_the_value_tab_leads_here_also_from_a_watch_without_values(member, open_page, watch_id):
    at = open_page("watch.py", member, id=str(watch_id))
    assert "Import prices" in links(at)
    add_value(member, watch_id, "5000 CHF", date(2024, 5, 1))
    at = open_page("watch.py", member, id=str(watch_id))
    assert "Import prices" in links(at)


def test_a_new_series_gets_a_name_and_a_currency_or_points(member, open_page):
    at = bring(
        open_page("import_prices.py", member, series="new"),
        "Date,Index Value\n2024-05-03,100.123456\n",
    )
    assert button(at, "Add series").disabled
    named(at, "Which currency").set_value("").run()
    assert named(at, "Name").value == "Index Value"
    named(at, "Name").set_value("My index")
    press(at, f"Add series of 1{say.SPACE}day")
    with db.read(member) as connection:
        (one,) = benchmarks.every(connection, member)
    assert (one.name, one.currency, one.last_amount) == ("My index", None, Decimal("100.123456"))
    assert at.query_params["series"] == str(one.benchmark_id)


def test_a_name_that_is_taken_is_refused_at_its_field_and_what_was_typed_stays(member, open_page):
    with db.write(member) as connection:
        benchmarks.add(connection, member, "Index", "CHF", [Point(date(2024, 1, 1), Decimal(1))])
    for name, sentence in (("index", "already"), (" ", "Give the series a name")):
        at = bring(open_page("import_prices.py", member, series="new"), CLEAR)
        named(at, "Name").set_value(name)
        press(at, f"Add series of 2{say.SPACE}days")
        assert sentence in problems(at)[0]
        assert named(at, "Name").value == name


@pytest.fixture
def series(member):
    with db.write(member) as connection:
        points = [Point(date(2024, 5, 2), Decimal(5000)), Point(date(2024, 4, 1), Decimal(1))]
        return benchmarks.add(connection, member, "Index", "CHF", points)


def points(member, benchmark_id):
    with db.read(member) as connection:
        return [
            int(point.amount) for point in benchmarks.own_points(connection, member, benchmark_id)
        ]


def test_days_are_added_to_a_series_and_taken_back(member, open_page, series):
    at = bring(open_page("import_prices.py", member, series=str(series)), CLEAR)
    assert tiles(at) == {"New": "1", "Already here": "1", "Different": "0"}
    press(at, "Add these days")
    assert points(member, series) == [1, 5000, 5100]
    at.switch_page("../pages/benchmarks.py")
    at.query_params["series"] = str(series)
    press(at.run(), "Undo")
    assert points(member, series) == [1, 5000]


def test_a_file_may_take_the_place_of_the_whole_series(member, open_page, series):
    at = bring(open_page("import_prices.py", member, series=str(series)), CLEAR)
    named(at, "What becomes of the days").set_value("replace").run()
    press(at, "Replace the whole series")
    assert points(member, series) == [5000, 5100]


def test_a_series_takes_prices_in_its_own_currency_only(member, open_page, series):
    at = bring(open_page("import_prices.py", member, series=str(series)), "2024-05-03,EUR 5\n")
    assert "This is EUR, but the prices are in CHF." in words(at)


def test_nothing_new_for_a_series_is_said_so(member, open_page, series):
    at = bring(open_page("import_prices.py", member, series=str(series)), "2024-05-02,CHF 5000\n")
    assert "Everything in it is here already." in words(at)
    assert button(at, "Add these days").disabled


@pytest.mark.parametrize("key", ["x", str(uuid4()), "\x00"])
def test_a_series_that_is_not_here_says_so(member, open_page, key):
    at = open_page("import_prices.py", member, series=key)
    assert not at.file_uploader
    assert [title.value for title in at.title] == [benchmarks.NOT_HERE.replace(".", "\\.")]


@pytest.mark.skipif(
    not PRICES.exists(), reason="the shared price series are not beside this checkout"
)
def test_a_real_series_of_five_years_comes_in_whole(member, open_import, watch_id):
    at = bring(open_import(member), (PRICES / "chronext_Rolex.csv").read_bytes())
    assert "All 1,826 rows can be imported" in words(at)
    named(at, "Yes, it is right").set_value(True).run() if at.checkbox else None
    press(at, f"Import 1,826{say.SPACE}values")
    found = stored(member, watch_id)
    assert len(found) == 1826
    assert found[0][:2] == ("2019-05-13", 21665)
    assert date.fromisoformat(found[-1][0]) - date.fromisoformat(found[0][0]) > timedelta(1800)
