"""The user guide, a chapter at a time: ``/guide?chapter=analytics``."""

import streamlit as st

from app import guide, ui

shown = guide.find(st.query_params.get("chapter", ""))
ui.page_title("Guide")
left, right = st.columns([1, 3], gap="large")
with left:
    links = [(one.title, guide.address(one.key), one == shown) for one in guide.chapters()]
    ui.contents("Chapters", links)
with right:
    st.header(ui.plain(shown.title), anchor=False)
    st.markdown(shown.text)
