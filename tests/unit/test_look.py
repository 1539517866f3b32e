"""The look: contrast, one palette in two places, nothing a person typed becomes HTML, charts."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from app import chart_layout, charts, list_markup, markup, overview_markup, palette, ui
from app.list_markup import Link

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
MODES = [palette.LIGHT, palette.DARK]
EVIL = """<script>alert('x')</script>"><img src=x onerror="alert(1)">&amp;{0}{evil}"""
DEFAULT_COLOURS = re.compile("(?i)#(636efa|ef553b|00cc96|ab63fa|1f77b4|ff7f0e|0068c9|83c9ff)")


@dataclass(frozen=True)
class Point:
    day: date
    value: Decimal | None
    invested: Decimal | None = None
    cost: Decimal | None = None
    recorded: bool = True


POINTS = [
    Point(date(2025, 1, 1) + timedelta(i), Decimal(900 + i), Decimal(800), Decimal(800), i % 9 == 0)
    for i in range(90)
]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


class Tags(HTMLParser):
    """Every tag with its attributes, and the text, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize(
    "ink",
    [
        "textColor",
        "grayTextColor",
        "primaryColor",
        "linkColor",
        "greenTextColor",
        "redTextColor",
        "blueTextColor",
        "violetTextColor",
        "orangeTextColor",
        "yellowTextColor",
    ],
)
def test_text_can_be_read_on_background_and_surface(mode, ground, ink):
    theme = CONFIG["theme"][mode]
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("colours", MODES, ids=lambda p: p.mode)
def test_chart_colours_stand_out_from_the_page(colours):
    assert all(contrast(c, colours.background) >= 2.9 for c in colours.categorical)
    assert len(set(colours.categorical)) == 8
    assert len(set(colours.sequential)) == 10


@pytest.mark.parametrize("colours", MODES, ids=lambda p: p.mode)
def test_the_palette_in_code_is_the_one_in_the_config(colours):
    theme = CONFIG["theme"][colours.mode]
    assert colours.background == theme["backgroundColor"]
    assert colours.surface == theme["secondaryBackgroundColor"]
    assert colours.border == theme["borderColor"]
    assert colours.text == theme["textColor"]
    assert colours.muted == theme["grayTextColor"]
    assert colours.accent == theme["primaryColor"]
    assert colours.gain == theme["greenColor"]
    assert colours.loss == theme["redColor"]
    assert list(colours.categorical) == theme["chartCategoricalColors"]
    assert list(colours.sequential) == theme["chartSequentialColors"]


def test_streamlit_knows_every_option_we_set():
    known = set(config.get_config_options())

    def options(table, prefix=""):
        for key, value in table.items():
            name = f"{prefix}{key}"
            if isinstance(value, dict) and name != "server.trustedUserHeaders":
                yield from options(value, f"{name}.")
            else:
                yield name

    assert [name for name in options(CONFIG) if name not in known] == []


def test_the_display_face_is_small_and_licensed():
    assert (ROOT / "app/static/display.woff2").stat().st_size < 60_000
    assert "SIL OPEN FONT LICENSE" in (ROOT / "app/static/OFL.txt").read_text("utf-8").upper()


SHAPES = {
    "hero": lambda t: markup.hero(t, t, [markup.Line(t, "gain", t)], [t]),
    "figures": lambda t: markup.figures([markup.Figure(t, t, t, "loss", [1, 2, 3], t)]),
    "cards": lambda t: markup.cards([markup.Card(t, t, t, t, t, t, "gain", t, "muted", t)]),
    "rows": lambda t: markup.rows([markup.Row(t, t, t, t, t, "loss", t)]),
    "bars": lambda t: overview_markup.bars(t, [overview_markup.Bar(t, t, t, 0.5)]),
    "lists": lambda t: overview_markup.lists(
        [overview_markup.Listed(t, [markup.Row("/watch", t)], [Link(t, t)])]
    ),
    "section": lambda t: overview_markup.strip(t, Link(t, t), [markup.Card("/watch", t, t)]),
    "facts": lambda t: list_markup.facts([(t, t)]),
    "badges": lambda t: markup.badges([markup.Badge(t, "accent")]),
    "empty": lambda t: markup.empty(t, t),
    "problem": markup.problem,
    "marked": lambda t: markup.marked(t, ["script", "<", '"', "amp"]),
}


def skeleton(html):
    return [(tag, sorted(attributes)) for tag, attributes in Tags(html).tags if tag != "mark"]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_a_person_typed_never_becomes_html(shape):
    html = SHAPES[shape](EVIL)
    assert skeleton(html) == skeleton(SHAPES[shape]("plain"))
    assert EVIL in Tags(html).text


@pytest.mark.parametrize("shape", SHAPES)
@given(text=st.text(min_size=1))
def test_no_text_at_all_changes_the_tags(shape, text):
    assert skeleton(SHAPES[shape](text)) == skeleton(SHAPES[shape]("plain"))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "http://x", "data:x", ""]
)
def test_a_link_that_is_not_ours_leads_nowhere(url):
    tags = Tags(markup.rows([markup.Row(url, "x")])).tags
    assert [a["href"] for tag, a in tags if tag == "a"] == ["#"]


def test_hits_are_marked_in_any_case_and_the_alternative_text_stays_plain():
    brand = markup.marked("Audemars & Piguet", ["PIG", "&"])
    assert brand == "Audemars <mark>&amp;</mark> <mark>Pig</mark>uet"
    assert markup.marked("Omega", []) == "Omega"
    html = markup.cards([markup.Card("/watch", brand, "Oak", photo_url="/photo/1")])
    assert [a["alt"] for tag, a in Tags(html).tags if tag == "img"] == ["Audemars & Piguet Oak"]


def test_every_picture_has_an_alternative_text_and_a_place_without_one_is_drawn():
    html = markup.cards([markup.Card("/watch", "Omega", "x"), markup.Card("/w", "a", "b")])
    assert html.count("cb-dial") == 2
    pictured = markup.rows([markup.Row("/w", "a", photo_url="/p/1"), markup.Row("/w", "b")])
    assert 'alt="a"' in pictured
    assert pictured.count("cb-photo") == 2


def test_plain_keeps_markdown_from_being_read():
    assert markup.plain("*a* :red[b] $x$") == r"\*a\* \:red\[b\] \$x\$"


@pytest.mark.parametrize("points", [[], [1.0], [3.0, 3.0], [1.0, 5.0, 2.0]])
def test_a_sparkline_of_any_length_is_one_line_at_most(points):
    assert markup.sparkline(points).count("polyline") == (len(points) > 1)


@pytest.mark.parametrize("many", [2, 119, 120, 121, 366, 5_000])
def test_a_sparkline_has_no_more_points_than_can_be_seen_and_keeps_both_ends(many):
    line = unquote(markup.sparkline([float(i) for i in range(many)]))
    drawn = line.split("points='")[1].split("'")[0].split()
    assert min(many, 60) <= len(drawn) <= 121
    assert (drawn[0], drawn[-1]) == ("0.0,27.0", "100.0,3.0")


@pytest.mark.parametrize("colours", MODES, ids=lambda p: p.mode)
@pytest.mark.parametrize("draw", [charts.value_trend, charts.watch_trend])
def test_a_trend_has_units_and_our_colours(draw, colours):
    figure = draw(POINTS, "CHF", colours)
    assert figure.layout.yaxis.tickprefix == "CHF "
    assert figure.layout.xaxis.tickformatstops
    assert {trace.type for trace in figure.data} == {"scatter"}  # SVG: no WebGL under the CSP
    assert not DEFAULT_COLOURS.search(figure.to_json())
    assert figure.layout.showlegend is False
    assert {a.text for a in figure.layout.annotations} >= {"Value"}
    assert figure.data[1].text[0] == "CHF\N{NO-BREAK SPACE}900"


def test_a_bar_is_as_long_as_its_part_of_the_longest():
    html = overview_markup.bars("Value by brand", [overview_markup.Bar("A", "EUR 1", "25%", 0.333)])
    assert [a.get("aria-label") for tag, a in Tags(html).tags if tag == "ul"] == ["Value by brand"]
    assert [a["style"] for _, a in Tags(html).tags if "style" in a] == ["--length:33.3%"]
    assert Tags(html).text == "AEUR 1 · 25%"
    assert Tags(overview_markup.bars("Value by brand", [])).text == "Nothing to divide yet"


@pytest.mark.parametrize(("many", "columns"), [(1, "2"), (2, "2"), (3, "3")])
def test_lists_stand_side_by_side_and_one_alone_takes_half(many, columns):
    html = overview_markup.lists([overview_markup.Listed("Title", [markup.Row("/w", "a")])] * many)
    assert f'style="--columns:{columns}"' in html
    assert html.count("<h2>Title</h2>") == many


@pytest.mark.parametrize("draw", [charts.value_trend, charts.watch_trend])
def test_a_chart_is_drawn_once_until_its_data_changes(draw):
    first, again, other = (
        draw(points, "CHF", palette.LIGHT).to_dict()["layout"]
        for points in (POINTS, POINTS, POINTS[1:])
    )
    assert first["datarevision"] == again["datarevision"] != other["datarevision"]
    assert "template" not in first
    for axis in ("xaxis", "yaxis"):  # Plotly forgets a range of its own when it draws nothing anew
        assert len(first[axis]["range"]) == 2
    low, high = first["yaxis"]["range"]
    assert low <= 800
    assert high > 989


@pytest.mark.parametrize("draw", [charts.value_trend, charts.watch_trend])
def test_an_empty_chart_says_so(draw):
    figure = draw([], "CHF", palette.LIGHT)
    assert len(figure.layout.annotations) == 1
    assert figure.layout.height > 0


def test_an_unknown_value_is_a_gap_not_a_zero():
    points = [POINTS[0], replace(POINTS[1], value=None, invested=None, cost=None), POINTS[2]]
    for draw in (charts.value_trend, charts.watch_trend):
        figure = draw(points, "CHF", palette.LIGHT)
        assert [trace.y[1] for trace in figure.data] == [None, None]
        assert not figure.data[1].connectgaps
    unknown = [replace(POINTS[1], value=None, invested=None, cost=None)]
    assert charts.describe(unknown, "CHF") == "No values in this period."
    assert charts.value_trend(unknown, "CHF", palette.LIGHT).data[1].y == (None,)


def test_the_trend_is_told_in_words():
    said = charts.describe(POINTS, "CHF").replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Value from CHF 900 on 1 Jan 2025 to CHF 989 on 31 Mar 2025."


def test_css_names_each_colour_in_both_modes():
    assert "--cb-accent: light-dark(#84622A, #D6B36A);" in palette.css_variables()
    used = set(re.findall(r"var\((--cb-\w+)", (ROOT / "app/assets/look.css").read_text("utf-8")))
    named = set(re.findall(r"(--cb-\w+):", palette.css_variables())) | {"--cb-dial"}
    assert used <= named


def test_drawings_are_small_and_self_contained():
    for name in ("favicon", "icon", "wordmark", "wordmark_dark", "dial"):
        svg = (ui.ASSETS / f"{name}.svg").read_text("utf-8")
        assert len(svg) < 8_000
        assert not re.search(r"<script|href=|<image|url\(", svg)
    assert chart_layout.CONFIG["displayModeBar"] is False


def every_shape():
    """A page that uses all of app/ui.py; runs inside AppTest."""
    from datetime import date  # noqa: PLC0415  (AppTest takes the source of this function alone)
    from decimal import Decimal  # noqa: PLC0415
    from types import SimpleNamespace  # noqa: PLC0415

    from app import charts, palette, ui  # noqa: PLC0415

    ui.styles()
    ui.logo()
    ui.in_app_links(["/", "/watches"])
    ui.page_title("Seamaster *300*", "Omega")
    ui.hero(
        "Value today", "CHF 1", delta_lines=[ui.Line("▲ +CHF 1", "gain")], notes=["One left out."]
    )
    ui.figures([ui.Figure("Gain", "CHF 1", spark=[1, 2])])
    card = ui.Card("/watch?id=1", ui.marked("Omega", ["me"]), "Seamaster")
    ui.cards([card])
    ui.heading("Newest")
    ui.strip("Newest", ui.Link("All", "/watches"), [card])
    ui.lists([ui.Listed("Highest returns", [ui.Row("/watch?id=1", "Omega", text="CHF 1")])])
    ui.bars("Value by brand", [ui.Bar("Omega", "CHF 1", "100%", 1)])
    ui.facts([("Case", "41 mm")])
    ui.badges([ui.Badge("Mint")])
    ui.empty("No photos yet", "Add one.")
    ui.field_problem({"price": "Write a price above zero."}, "price")
    ui.field_problem({"price": "Write a price above zero."}, "model")
    point = SimpleNamespace(day=date(2025, 1, 1), value=Decimal(1), invested=Decimal(1))
    ui.chart(charts.value_trend([point], "CHF", palette.current()), alt="One day.", key="trend")


def test_every_shape_stands_on_a_page():
    app = AppTest.from_function(every_shape).run()
    assert not app.exception
    assert app.title[0].value == r"Seamaster \*300\*"
    html = "".join(block.proto.body for block in app.get("html"))
    assert html.count('role="alert"') == 1
    assert "O<mark>me</mark>ga" in html


@pytest.mark.parametrize(("theme", "mode"), [("dark", "dark"), ("light", "light")])
def test_the_palette_follows_the_theme_of_the_visitor(theme, mode):
    def page():
        import streamlit as st  # noqa: PLC0415

        from app import palette  # noqa: PLC0415

        st.write(palette.current().mode)

    app = AppTest.from_function(page)
    app.context = {"theme": theme}
    assert app.run().markdown[0].value == mode
