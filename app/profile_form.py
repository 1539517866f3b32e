"""The form of a person's profile: name, currency, time zone, language, number format, theme."""

from collections.abc import Callable
from decimal import Decimal
from zoneinfo import available_timezones

import streamlit as st
from babel import Locale

from app import auth, language, session
from app import format as say
from app.authenticator import LONGEST_NAME, check_name
from app.language import LANGUAGES, N_, NUMBER_FORMATS, _
from data import accounts
from data.accounts import Member

ZONES = ["", *sorted(available_timezones() - {"localtime", "Factory"})]
THEMES = {"": N_("As this device says"), "light": N_("Light"), "dark": N_("Dark")}
AS_THE_BROWSER = N_("As this browser says")
EXAMPLE = Decimal("12390.50")


def section(member: Member) -> None:
    """The form, and what it says when it is saved."""
    with st.form("profile"):
        name = st.text_input(
            _("Your name"),
            member.name,
            max_chars=LONGEST_NAME,
            autocomplete="name",
            key="profile.name",
        )
        places = {"name": st.container()}
        st.text_input(_("E-mail"), member.email, disabled=True, key="profile.email")
        currency = auth.choose_currency(member.currency, key="profile.currency")
        zone = _choose_zone(member)
        spoken, numbers = _choose_language(member)
        theme = _choose("theme", _("Theme"), list(THEMES), member.theme, lambda one: _(THEMES[one]))
        pressed = st.form_submit_button(_("Save profile"), type="primary")
    if pressed:
        with auth.problems_at(places):
            check_name(name.strip(), "name", N_("Write your name."))
            with session.write() as db:
                accounts.change_profile(
                    db,
                    member,
                    accounts.Profile(
                        name=name.strip(),
                        currency=currency,
                        time_zone=zone or None,
                        language=spoken or None,
                        number_format=numbers or None,
                        theme=theme or None,
                    ),
                )
            session.notice(_("Profile saved."))
            st.rerun()


def _choose_zone(member: Member) -> str:
    return st.selectbox(
        _("Time zone"),
        ZONES,
        index=ZONES.index(member.time_zone) if member.time_zone in ZONES else 0,
        format_func=lambda zone: zone or _(AS_THE_BROWSER),
        help=_("Decides what “today” is: for wear, readings and due dates."),
        key="profile.time_zone",
    )


def _choose_language(member: Member) -> tuple[str, str]:
    left, right = st.columns(2)
    with left:
        spoken = _choose(
            "language",
            _("Language"),
            ["", *LANGUAGES],
            member.language,
            lambda one: LANGUAGES.get(one) or _(AS_THE_BROWSER),
        )
    with right:
        numbers = _choose(
            "number_format",
            _("Numbers and dates"),
            ["", *NUMBER_FORMATS],
            member.number_format,
            lambda one: _written(one) if one else _("As in the language"),
        )
    return spoken, numbers


def _choose(
    key: str, label: str, options: list[str], chosen: str | None, shown: Callable[[str], str]
) -> str:
    return st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=shown,
        key=f"profile.{key}",
    )


def _written(numbers: str) -> str:
    """A number format as an example: ``12’390.50 · Switzerland``."""
    spoken = language.reader().language
    with language.used(language.Reader(spoken, numbers)):
        number = say.localised(f"{EXAMPLE:,}")
    land = Locale.parse(numbers).get_territory_name(spoken)
    return f"{number} · {land} ({numbers[:2]})"
