"""The colours, light and dark, for charts and CSS: the same as in .streamlit/config.toml."""

from dataclasses import dataclass, fields
from typing import Literal

import streamlit as st


@dataclass(frozen=True)
class Palette:
    """One mode's colours, as ``#RRGGBB``; hashable, so that a cached figure can be keyed by it."""

    mode: Literal["light", "dark"]
    background: str
    surface: str
    border: str
    text: str
    muted: str
    accent: str
    gain: str
    loss: str
    categorical: tuple[str, ...]  # eight, for things without an order
    sequential: tuple[str, ...]  # ten, from little to much


LIGHT = Palette(
    mode="light",
    background="#FBFAF7",
    surface="#F2F0EA",
    border="#E2DED4",
    text="#1B1E23",
    muted="#62666D",
    accent="#84622A",
    gain="#1B7553",
    loss="#B23B29",
    categorical=(
        "#84622A",
        "#5E8CD0",
        "#253778",
        "#A48223",
        "#829189",
        "#702709",
        "#646D92",
        "#4A5164",
    ),
    sequential=(
        "#F1E8D6",
        "#D8C9AF",
        "#C0AB89",
        "#A88D64",
        "#90703E",
        "#7B5B27",
        "#6B4F20",
        "#5A421A",
        "#4A3614",
        "#3B2A0E",
    ),
)
DARK = Palette(
    mode="dark",
    background="#0F1216",
    surface="#171B21",
    border="#2A2F37",
    text="#E9E6DF",
    muted="#9AA0A8",
    accent="#D6B36A",
    gain="#4FC393",
    loss="#F08A72",
    categorical=(
        "#D6B36A",
        "#7C97E2",
        "#9D5031",
        "#A5B6BC",
        "#696BAB",
        "#C3853E",
        "#CFD6F5",
        "#938994",
    ),
    sequential=(
        "#2B2518",
        "#4A3E25",
        "#6C5832",
        "#8F7440",
        "#A6884E",
        "#BE9D5C",
        "#D6B36A",
        "#E0C489",
        "#EAD5A7",
        "#F4E6C4",
    ),
)


def current() -> Palette:
    """The palette of the theme this visitor sees; the only place that asks which one it is."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def css_variables() -> str:
    """``--cb-text: light-dark(…, …); …``: each colour in both modes, so CSS needs no rerun."""
    names = [f.name for f in fields(Palette) if f.name not in {"mode", "categorical", "sequential"}]
    return " ".join(
        f"--cb-{n}: light-dark({getattr(LIGHT, n)}, {getattr(DARK, n)});" for n in names
    )
