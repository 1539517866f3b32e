"""How often a kind of service is due, in a dialog: for many watches, or for the one of a page.

``?plan=new`` and ``?plan=<id>`` open a plan of the household, ``?care=<kind>`` what holds for the
watch of the page.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import streamlit as st
from sqlalchemy import Connection

from app import session, ui
from app.cache import cached
from app.language import _
from app.service_words import every
from data import care_plans, reference_data
from data.care_plans import CarePlan, Interval
from data.errors import AppError, ConflictError, RefusedError
from data.services import KINDS

PLAN, CARE, NEW = "plan", "care", "new"  # in the URL
REMOVED = "plan.removed"  # the plan removed last, to be undone
FIELD_OF = {"care_plan_once": "kind", "care_plan_months_plausible": "months"}
ALL = ""  # as a movement type: all watches


def open_new() -> None:
    """Ask for a new plan."""
    st.query_params[PLAN] = NEW


def open_care() -> None:
    """Ask how often the watch of this page needs something that is not planned yet."""
    st.query_params[CARE] = NEW


def address(name: str, value: object) -> str:
    """This page as it is, with that dialog open."""
    return "?" + urlencode(st.query_params.to_dict() | {name: str(value)})


def show(plans: list[CarePlan]) -> None:
    """The dialog for a plan of the household, if one is open; never for a viewer."""
    wanted = st.query_params.get(PLAN)
    if not wanted or session.member().role == "viewer":
        return
    found = next((one for one in plans if str(one.plan_id) == wanted), None)
    title = _("Add plan") if wanted == NEW else _("Edit plan")
    st.dialog(title, on_dismiss=_close)(partial(_plan, found, is_new=wanted == NEW))()


def show_for_watch(watch_id: UUID, intervals: list[Interval]) -> None:
    """The dialog for what one watch needs, if it is open; never for a viewer."""
    wanted = st.query_params.get(CARE)
    if not wanted or session.member().role == "viewer":
        return
    found = next((one for one in intervals if one.kind == wanted), None)
    known = {one.kind for one in intervals}
    kinds = [found.kind] if found else [kind for kind in care_plans.KINDS if kind not in known]
    title = _("How often this watch needs it")
    st.dialog(title, on_dismiss=_close)(partial(_care, watch_id, found, kinds))()


def undo_removal() -> None:
    """After a plan was removed: the way back."""
    gone: CarePlan | None = session.get(REMOVED, None)
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(ui.plain(_("“{name}” was removed.", name=name(gone))), width="content")
        if st.button(_("Undo"), icon=":material/undo:", key="plan.undo"):
            session.drop(REMOVED)
            try:
                with session.write() as db:
                    care_plans.add(
                        db,
                        session.member(),
                        gone.kind,
                        gone.months,
                        movement_type=gone.movement_type,
                        watch_id=gone.watch_id,
                    )
            except AppError as error:
                session.notice(_(str(error)))
            st.rerun()


def name(plan: CarePlan) -> str:
    """A plan in a few words: ``Service, every 5 years, Automatic``."""
    return f"{_(KINDS[plan.kind])}, {every(plan.months)}, {whose(plan)}"


def whose(plan: CarePlan) -> str:
    """What a plan is for."""
    if plan.watch_id:
        return f"{plan.brand} {plan.model}"
    return _(plan.movement_name or "") or _("All watches")


def _plan(old: CarePlan | None, *, is_new: bool) -> None:
    """A plan of the household: its interval, and when it is new what it is for."""
    if old is None and not is_new:
        st.info(_("This plan is not here any more."))
        return
    member = session.member()
    form = f"plan.{old.plan_id}.{old.version}" if old else "plan.new"
    with st.form(form, border=False):
        kind, movement = (old.kind, old.movement_type) if old else _what(form)
        if old:
            st.markdown(ui.plain(f"{_(KINDS[old.kind])}, {whose(old)}"))
        kind_place = st.container()
        typed, place = _months(form, old.months if old else None)
        pressed = st.form_submit_button(
            _("Save") if old else _("Add plan"), type="primary", width="stretch"
        )

    def save(db: Connection) -> None:
        months = _read(typed)
        if old:
            care_plans.change(db, member, old, months)
        else:
            care_plans.add(db, member, kind, months, movement_type=movement or None)

    if pressed:
        _attempt(save, {"kind": kind_place, "months": place})
    if old and st.button(
        _("Remove plan"), icon=":material/delete:", type="tertiary", key=f"{form}.gone"
    ):
        _attempt(partial(_remove, old), {})


def _remove(old: CarePlan, db: Connection) -> None:
    care_plans.remove(db, session.member(), old)
    session.put(REMOVED, old)


def _care(watch_id: UUID, old: Interval | None, kinds: list[str]) -> None:
    """What one watch needs: as planned, an interval of its own, or none."""
    if not kinds:
        st.info(_("Every type of service is planned for this watch already."))
        return
    form = f"care.{watch_id}.{kinds[0] if old else NEW}"
    kind, choice = _choose(form, old, kinds)
    typed, place = "", None
    with st.form(form, border=False):
        if choice == "own":
            typed, place = _months(form, old.months if old else None)
        elif choice == "none":
            st.caption(_("It is never due for this watch."))
        pressed = st.form_submit_button(_("Save"), type="primary", width="stretch")
    if pressed:
        places = {"months": place} if place else {}
        _attempt(partial(_save_care, watch_id, old, kind, choice, typed), places)


def _choose(form: str, old: Interval | None, kinds: list[str]) -> tuple[str, str]:
    """The kind of service, and how its interval is decided."""
    kind = kinds[0]
    if old is None:
        kind = st.selectbox(
            _("Type"), kinds, format_func=lambda kind: _(KINDS[kind]), key=f"{form}.kind"
        )
    else:
        st.markdown(f"**{_(KINDS[kind])}**")
    planned = (
        _("As planned, {interval}", interval=every(old.planned_months))
        if old and old.planned_months
        else _("No plan")
    )
    choices = {"planned": planned, "own": _("Own interval"), "none": _("Not needed")}
    if old is None:
        del choices["planned"]
    choice = st.segmented_control(
        _("How often"),
        list(choices),
        default=_held(old),
        required=True,
        format_func=choices.__getitem__,
        key=f"{form}.choice",
    )
    return kind, choice


def _save_care(
    watch_id: UUID, old: Interval | None, kind: str, choice: str, typed: str, db: Connection
) -> None:
    """Keep what was chosen: the watch's own plan is made, changed or taken away."""
    member = session.member()
    months = _read(typed) if choice == "own" else None
    if choice == "own" and months is None:
        raise RefusedError({"months": _("Give the interval in months.")})
    if old is None or old.plan_id is None:
        if choice != "planned":
            care_plans.add(db, member, kind, months, watch_id=watch_id)
    elif choice == "planned":
        care_plans.remove(db, member, old)
    else:
        care_plans.change(db, member, old, months)


def _held(old: Interval | None) -> str:
    """Which of the choices holds now."""
    if old is None:
        return "own"
    if old.plan_id is None:
        return "planned"
    return "own" if old.own_months else "none"


def _what(form: str) -> tuple[str, str]:
    """What a new plan is about, and for which watches."""
    kind = st.selectbox(
        _("Type"), care_plans.KINDS, format_func=lambda kind: _(KINDS[kind]), key=f"{form}.kind"
    )
    names = {ALL: _("All watches")} | {
        one.key: _(one.name) for one in cached(reference_data.movement_types)
    }
    movement = st.selectbox(
        _("For"), list(names), format_func=names.__getitem__, key=f"{form}.movement_type"
    )
    return kind, movement


def _months(form: str, held: int | None) -> tuple[str, st.delta_generator.DeltaGenerator]:
    typed = st.text_input(
        _("Every so many months"),
        "" if held is None else str(held),
        key=f"{form}.months",
        autocomplete="off",
        placeholder="60",
    )
    return typed, st.container()


def _read(typed: str) -> int | None:
    """The months typed. Raises RefusedError."""
    text = typed.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):  # noqa: PLR2004
        raise RefusedError({"months": _("Write the months as a whole number, such as 60.")})
    return int(text)


def _attempt(
    change: Callable[[Connection], object],
    places: dict[str, st.delta_generator.DeltaGenerator],
) -> None:
    """Do it and close; or say at the field what to change."""
    try:
        with session.write() as db:
            change(db)
    except RefusedError as error:
        for problem, sentence in error.problems.items():
            field = FIELD_OF.get(problem, problem)
            with places.get(field) or st.container():
                ui.field_problem({field: sentence}, field)
    except ConflictError as error:
        st.warning(ui.plain(_(str(error))))
    else:
        _close()
        st.rerun()


def _close() -> None:
    """Close the dialog."""
    st.query_params.pop(PLAN, None)
    st.query_params.pop(CARE, None)
