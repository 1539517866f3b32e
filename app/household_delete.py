"""On the page of members, for an owner: the whole household goes."""

import streamlit as st

from app import auth, leaving_form, session, ui
from app.language import _, ngettext
from data import leaving
from data.accounts import Member
from data.db import read


def section(member: Member) -> None:
    """What goes, and the name to write; the members keep their accounts."""
    if member.role != "owner":
        return
    with st.expander(_("Delete this household")):
        with read(member) as db:
            plan = leaving.plan(db, member.user_id)
        here = next((one for one in plan if one.household_id == member.household_id), None)
        if here is None:  # removed a moment ago; the next run knows
            return
        name = ui.plain(member.household)
        said = _(
            "**{household}** goes with all in it, and nobody can bring it back:", household=name
        )
        others = ngettext(
            "{number} other member loses sight of it at once.",
            "{number} other members lose sight of it at once.",
            here.others,
        )
        st.markdown(f"{said} {leaving_form.held(here)}. {others if here.others else ''}")
        with st.form("delete_household", border=False):
            typed = st.text_input(
                _("Write {word} to go on", word=f"“{name}”"),
                autocomplete="off",
                key="delete_household.typed",
            )
            places = {"typed": st.container()}
            pressed = st.form_submit_button(_("Delete household"), icon=":material/delete_forever:")
        if pressed:
            with auth.problems_at(places):
                leaving.check_typed(typed, member.household)
                with session.write() as db:
                    leaving.delete_household(db, member, session.visitor())
                st.rerun()
