"""The bank's prices of gold: what it says is read, and nothing else is believed."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import gold
from data.calc.series import Point
from tests.bank import every_day, opened, said

START, END = date(2024, 5, 1), date(2024, 5, 31)


def test_the_bank_s_list_is_read_to_the_grosz():
    content = b'[{"data":"2024-05-02","cena":299.99},{"data":"2024-05-06","cena":300}]'
    assert gold.read(content, START, END) == [
        Point(date(2024, 5, 2), Decimal("299.99")),
        Point(date(2024, 5, 6), Decimal(300)),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<html>", b"{", b"{}", b"null", b'"x"', b"[1]", b"[null]", b"[[]]", b"\xff\xfe", b"[" * 100_000,
        b'[{"data":"2024-05-02"}]', b'[{"cena":300}]', b'[{"data":20240502,"cena":300}]',
        b'[{"data":"2024-05-02","cena":"300"}]', b'[{"data":"2024-05-02","cena":null}]',
        b'[{"data":"2024-05-02","cena":true}]', b'[{"data":"2024-05-02","cena":NaN}]',
        b'[{"data":"2024-05-02","cena":Infinity}]', b'[{"data":"2024-05-02","cena":0}]',
        b'[{"data":"2024-05-02","cena":-300}]', b'[{"data":"2024-05-02","cena":1e5}]',
        b'[{"data":"2024-05-02","cena":1e-9}]', b'[{"data":"2024-05-02","cena":1e999999}]',
        b'[{"data":"2024-05-02","cena":1e99999999999999999999}]',
        b'[{"data":"2024-05-02","cena":300.' + b"1" * 50_000 + b"}]",
        b'[{"data":"2024-05-02","cena":' + b"9" * 50_000 + b"}]",
        b'[{"data":"2 May","cena":300}]', b'[{"data":"2024-02-30","cena":300}]',
        b'[{"data":"2023-05-02","cena":300}]', b'[{"data":"2024-06-01","cena":300}]',
        b'[{"data":"2024-05-02","cena":300},{"data":"2024-05-02","cena":301}]',
        b'[{"data":"2024-05-03","cena":300},{"data":"2024-05-02","cena":301}]',
    ],
)  # fmt: skip
def test_anything_odd_is_refused(content):
    with pytest.raises(ValueError):  # noqa: PT011  (json's own is one too)
        gold.read(content, START, END)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(content):
    with suppress(ValueError):
        assert isinstance(gold.read(content, START, END), list)


@pytest.fixture
def bank() -> Iterator[Callable[..., str]]:
    """``bank(answer)``: the address of a bank that answers so."""
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(opened(answer))


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(gold, "PAUSE", 0)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_the_days_since_the_last_are_asked_for_a_year_at_a_time(bank):
    asked = []

    def answer(path):
        asked.append(path)
        return every_day(path)

    known, today = date(2023, 1, 1), date(2024, 12, 31)
    found = list(gold.fetch(known, today, bank(answer)))
    assert asked == [
        "/api/cenyzlota/2023-01-02/2023-12-28/?format=json",
        "/api/cenyzlota/2023-12-29/2024-12-23/?format=json",
        "/api/cenyzlota/2024-12-24/2024-12-31/?format=json",
    ]
    days = [point.day for points in found for point in points]
    assert days == [known + timedelta(n) for n in range(1, 731)]


def test_without_any_the_bank_is_asked_from_its_first_day(bank):
    first = next(iter(gold.fetch(None, date(2026, 1, 1), bank(every_day))))
    assert first[0].day == gold.FIRST_DAY


def test_nothing_is_asked_when_nothing_can_be_new(bank):
    address = bank(lambda _: pytest.fail("nobody should ask"))
    assert list(gold.fetch(END, END, address)) == []


def test_a_weekend_has_no_prices_and_is_no_fault(bank):
    address = bank(lambda _: (404, {}, b"404 NotFound - Not Found - Brak danych"))
    assert list(gold.fetch(date(2024, 5, 3), date(2024, 5, 5), address)) == [[]]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(bank, status):
    elsewhere = bank(lambda _: pytest.fail("nobody should come here"))
    address = bank(lambda _: (status, {"Location": elsewhere}, b""))
    with pytest.raises(OSError, match=str(status)):
        list(gold.fetch(START, END, address))


@pytest.mark.parametrize("status", [400, 403, 429, 500, 503])
def test_a_refusal_is_an_error_of_the_net(bank, status):
    with pytest.raises(OSError, match=str(status)):
        list(gold.fetch(START, END, bank(lambda _: (status, {}, b"no"))))


@pytest.mark.parametrize(
    "content", [b"<html>", b'[{"data":"2024-05-02","cena":1e9}]', b" " * (gold.LIMIT + 1)]
)
def test_an_answer_that_is_no_list_or_too_long_is_refused(bank, content):
    with pytest.raises(ValueError):  # noqa: PT011
        list(gold.fetch(START, END, bank(lambda _: (200, {}, content))))


def test_an_answer_that_breaks_off_is_refused(bank):
    address = bank(lambda _: (200, {"Content-Length": "900"}, said(("2024-05-02", 300))[:-3]))
    with pytest.raises((OSError, ValueError)):
        list(gold.fetch(START, END, address))


def test_an_answer_that_does_not_end_is_cut(bank, monkeypatch):
    monkeypatch.setattr(gold, "SECONDS_IN_ALL", -1)
    with pytest.raises(OSError, match="does not end"):
        list(gold.fetch(START, END, bank(every_day)))


def test_a_bank_that_is_not_there_is_an_error_of_the_net():
    with pytest.raises(OSError, match="refused"):
        list(gold.fetch(START, END, "http://127.0.0.1:1/api"))


def test_gold_is_asked_for_only_where_somebody_switched_it_on(monkeypatch):
    monkeypatch.delenv("WATCH_FETCH_GOLD", raising=False)
    assert not gold.allowed()
    for setting, allowed in (("0", False), ("yes", False), ("1", True)):
        monkeypatch.setenv("WATCH_FETCH_GOLD", setting)
        assert gold.allowed() is allowed
