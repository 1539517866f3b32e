import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.calc.table_text import (
    ENCODINGS,
    SPACES,
    Line,
    column_names,
    decode,
    lines,
    said_delimiter,
)

TEXTS = {
    "utf-8": "Datum;Preis (€)\n01.02.2023;1.234,56\n",
    "utf-16": "Datum;Preis (€)\n01.02.2023;1.234,56\n",
    "cp1252": "Datum;Preis (€)\n01.02.2023;1.234,56 für die Uhr, sehr schön und außergewöhnlich\n"
    * 9,
    "cp1250": "Datum;Cena, Kč\n1.2.2023;12 390 Kč, příjemné hodinky, žádné škrábance, čisté\n" * 9,
    "cp1251": "Дата;Цена часов\n01.02.2023;1 234,56 рублей за часы в хорошем состоянии\n" * 9,
    "cp932": "日付,価格\n2023/01/02,時計の価格は一万円です\n" * 9,
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_encoding_of_a_file_is_found(encoding):
    assert decode(TEXTS[encoding].encode(encoding)) == (TEXTS[encoding], encoding)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_a_file_of_unicode_is_read_with_or_without_its_mark(encoding):
    text, found = decode(TEXTS["utf-8"].encode(encoding))
    assert text.lstrip("\ufeff") == TEXTS["utf-8"]
    assert found in {"utf-8", "utf-16"}


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(content=st.binary(max_size=200))
@settings(deadline=None)
def test_a_person_may_say_any_encoding_and_nothing_raises(encoding, content):
    text, found = decode(content, encoding)
    assert isinstance(text, str)
    assert found in ENCODINGS


@given(content=st.binary(max_size=3_000))
@settings(deadline=None)
def test_no_bytes_raise(content):
    text, found = decode(content)
    assert found in ENCODINGS
    for delimiter in (",", ";", "\t", "|", SPACES):
        assert all(any(line.cells) for line in lines(text, delimiter))


@given(
    rows=st.lists(
        st.lists(st.text("ab 1,;|\"'\t", min_size=1, max_size=6), min_size=2, max_size=4)
    ),
    end=st.sampled_from(["\n", "\r", "\r\n"]),
    delimiter=st.sampled_from(",;|\t"),
)
def test_cells_come_back_as_a_spreadsheet_wrote_them(rows, end, delimiter):
    quoted = [[cell.replace('"', '""') for cell in row] for row in rows]
    text = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in quoted)
    expected = [tuple(cell.strip() for cell in row) for row in rows]
    assert [line.cells for line in lines(text, delimiter)] == [row for row in expected if any(row)]


def test_a_line_keeps_its_number_over_empty_ones_and_line_breaks_in_cells():
    text = 'date,price\r\n\r\n"2024-05-03","a note\r\nof two lines"\r\n,,\r\n2024-05-04,5'
    assert lines(text, ",") == [
        Line(1, ("date", "price")),
        Line(3, ("2024-05-03", "a note\nof two lines")),
        Line(6, ("2024-05-04", "5")),
    ]


def test_a_quote_that_is_never_closed_costs_one_line():
    found = lines('a,"b\n' + "1,2\n" * 50, ",")
    assert len(found) == 51


def test_a_byte_of_zero_is_a_blank():
    assert lines("a\0b,c", ",")[0].cells == ("a b", "c")


def test_inches_are_no_quotes():
    assert [line.cells for line in lines('5" strap,1\n6" strap,2', ",")] == [
        ('5" strap', "1"),
        ('6" strap', "2"),
    ]


def test_a_cell_without_end_does_not_stop_the_others():
    assert [line.number for line in lines(f'"{"x" * 200_000}\n1,2', ",")] == [1, 2]


def test_the_line_of_excel_that_names_the_delimiter_is_obeyed_and_no_row():
    assert said_delimiter("sep=;\na;b") == ";"
    assert said_delimiter("\ufeffsep=\t\r\na") == "\t"
    assert said_delimiter("a;b") is None
    assert lines("sep=;\na;b", ";") == [Line(2, ("a", "b"))]


def test_a_line_that_is_too_short_has_empty_cells():
    assert Line(1, ("a",)).cell(3) == ""
    assert Line(1, ("a",)).cell(-1) == ""


def test_columns_without_a_name_or_with_the_same_one_are_told_apart():
    assert column_names(Line(1, ("date", "", "date")), 4) == (
        "date",
        "Column 2",
        "date (3)",
        "Column 4",
    )
    assert column_names(None, 2) == ("Column 1", "Column 2")


def test_two_blanks_part_cells_where_nothing_else_does():
    assert lines("3 May 2024   12 390 CHF", SPACES)[0].cells == ("3 May 2024", "12 390 CHF")
