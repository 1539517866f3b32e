"""The user guide, a chapter at a time: ``/guide?chapter=analytics``."""

import streamlit as st

from app import guide, language, ui
from app.language import _

shown = guide.find(st.query_params.get("chapter", ""))
ui.page_title(_("Guide"))
left, right = st.columns([1, 3], gap="large")
with left:
    links = [(one.title, guide.address(one.key), one == shown) for one in guide.chapters()]
    ui.contents(_("Chapters"), links)
with right:
    if language.reader().language != "en":
        st.caption(_("The guide is written in English."))
    st.header(ui.plain(shown.title), anchor=False)
    st.markdown(shown.text)
