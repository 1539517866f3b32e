"""Cached reads: ``cached(watches.page, …)`` never serves what a write has made old.

The key holds the household's ``data_version``, read at the start of the rerun and so before the
data: a write moves it on in the same transaction, and nothing is ever cleared. Functions of
data/ take ``(db, member, …)``; whatever of the member may change an answer is in the key too.
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import plotly.graph_objects as go
import streamlit as st
from sqlalchemy import Connection

from app import language, session
from data.accounts import Member
from data.db import read

P = ParamSpec("P")
T = TypeVar("T")
Query = Callable[Concatenate[Connection, Member, P], T]
Key = tuple[str, ...]


def cached(
    query: Callable[Concatenate[Connection, Member, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a read of data/ for the signed-in member; same data, same question, same answer."""
    member = session.member()
    return cast("T", _rows(_key(query, member), args, kwargs, query, member))


def shared(
    query: Callable[Concatenate[Connection, Member, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """As ``cached``, for answers of many rows: all who ask share one object, so never change it."""
    member = session.member()
    return cast("T", _shared(_key(query, member), args, kwargs, query, member))


def computed(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """What is worked out from reads, once for the same data; shared like them, never change it."""
    return cast("T", _computed(_written(work), args, kwargs, work))


def cached_figure(build: Callable[P, go.Figure], /, *args: P.args, **kwargs: P.kwargs) -> go.Figure:
    """A chart, built once for the same data; all who see it share it, so never change it."""
    return _figure(_written(build), args, kwargs, build)


def _written(function: Callable[..., Any]) -> Key:
    """As ``_key``, for what has words and amounts in it: they are the reader's."""
    return (*_key(function, session.member()), repr(language.reader()))


def _key(function: Callable[..., Any], member: Member) -> Key:
    """What an answer depends on beside its arguments."""
    return (
        f"{function.__module__}.{function.__qualname__}",
        str(member.household_id),
        str(member.data_version),
        str(member.user_id),
        member.role,
        member.currency,
        member.time_zone or "",
    )


@st.cache_data(max_entries=2_000, show_spinner=False)
def _rows(
    key: Key,  # noqa: ARG001  (the key of the cache)
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    _query: Callable[..., Any],
    _member: Member,
) -> Any:
    with read(_member) as db:
        return _query(db, _member, *args, **kwargs)


@st.cache_resource(max_entries=200, show_spinner=False)
def _shared(
    key: Key,  # noqa: ARG001  (the key of the cache)
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    _query: Callable[..., Any],
    _member: Member,
) -> Any:
    with read(_member) as db:
        return _query(db, _member, *args, **kwargs)


@st.cache_resource(max_entries=200, show_spinner=False)
def _computed(
    key: Key,  # noqa: ARG001  (the key of the cache)
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    _work: Callable[..., Any],
) -> Any:
    return _work(*args, **kwargs)


@st.cache_resource(max_entries=300, show_spinner=False)
def _figure(
    key: Key,  # noqa: ARG001  (the key of the cache)
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    _build: Callable[..., go.Figure],
) -> go.Figure:
    return _build(*args, **kwargs)
