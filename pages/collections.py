"""Collections: coloured groups of watches, and the tags across them.

``?edit=…`` opens a collection, ``?tag=…`` a tag.
"""

from uuid import UUID

import streamlit as st

from app import collection_form, session, share_panel, tag_form, ui
from app import format as say
from app.cache import cached
from app.language import N_, _
from data import collections
from data.collections import Collection

WHAT_FOR = N_(
    "Group watches as you think of them: divers, dress watches, the ones in the safe. "
    "A watch is in one collection at most; new watches go to the default one."
)
member = session.member()
may_edit = member.role != "viewer"


def listed(groups: list[Collection]) -> None:
    """Every collection with its colour and how many watches it holds."""
    ui.groups(
        ui.Group(
            href=f"/watches?collection={one.collection_id}",
            name=one.name,
            colour=one.colour,
            detail=_("Default: new watches go here") if one.is_default else "",
            text=say.count(one.watches, "watch", "watches"),
            edit_href=f"/collections?edit={one.collection_id}" if may_edit else "",
        )
        for one in groups
    )


def asked() -> Collection | None:
    """The collection of the URL; None when there is none of ours."""
    try:
        return collection_form.opened(UUID(st.query_params.get("edit", "")))
    except ValueError:
        return None


chosen = asked() if may_edit else None
tag = tag_form.asked() if may_edit and not chosen else None
with st.container(width=720):
    if tag:
        ui.page_title(
            _("Edit tag"), _("On {watches}", watches=say.count(tag.watches, "watch", "watches"))
        )
        tag_form.edit(tag)
    elif chosen:
        ui.page_title(_("Edit collection"), chosen.name)
        collection_form.edit(chosen)
        share_panel.collection(chosen)
    else:
        ui.page_title(_("Collections"))
        if may_edit and "edit" in st.query_params:
            st.info(_("The collection you wanted to edit is not here any more."))
        groups = cached(collections.every)
        if groups:
            listed(groups)
        else:
            ui.empty(_("No collections yet"), _(WHAT_FOR))
        if may_edit:
            collection_form.create(groups)
        tag_form.section()
