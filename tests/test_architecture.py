"""The rules of docs/architecture.md, checked: which room may open which door."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "pages": {"app", "data", "streamlit"},
    "app": {"data", "streamlit", "starlette"},
    "data": {"sqlalchemy", "psycopg"},
}
GUARDED = {"app", "pages", "data", "tests", "streamlit", "starlette", "sqlalchemy", "psycopg"}
SQL = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\b",
    re.IGNORECASE | re.DOTALL,
)
LIMITS = {"pages": 150, "app": 300, "data": 400}
MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
TYPES_ONLY = {"sqlalchemy"}  # app/session.py and app/cache.py name the type of a connection


def imports(tree: ast.AST) -> set[str]:
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    return names | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def strings(tree: ast.AST) -> list[str]:
    """Every string of a module that is no docstring."""
    bodies = [n.body for n in ast.walk(tree) if isinstance(getattr(n, "body", None), list)]
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    constants = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs]
    return [n.value for n in constants if isinstance(n.value, str)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_to_its_room(path):
    room, source = path.relative_to(ROOT).parts[0], path.read_text("utf-8")
    tree = ast.parse(source)
    imported = imports(tree)
    doors = ROOMS[room] | {room} | (TYPES_ONLY if room == "app" else set())
    foreign = {name.split(".")[0] for name in imported} & GUARDED - doors
    if "calc" in path.parts:
        foreign |= {
            name for name in imported if re.match(r"sqlalchemy|psycopg|data\.(?!calc|said$)", name)
        }
    assert not foreign, f"{room}/ must not import {foreign}"
    assert not any(name.startswith("pages") for name in imported), "nothing imports a page"
    assert not [text for text in strings(tree) if SQL.search(text)], "SQL belongs in sql/"
    assert "session_state" not in source or path.name == "session.py" or room == "data", (
        "state belongs to app/session.py"
    )
    assert "unsafe_allow_html" not in source, "HTML belongs to app/ui.py"
    assert "st.html(" not in source or path.name == "ui.py", "HTML belongs to app/ui.py"
    assert ast.get_docstring(tree), "a module says what it is for"
    assert source.count("\n") <= LIMITS[room], "split this module"


def test_every_page_is_in_the_menu():
    menu = (ROOT / "app" / "navigation.py").read_text("utf-8")
    pages = {path.name for path in (ROOT / "pages").glob("[!_]*.py")}
    assert sorted(name for name in pages if f'"{name}"' not in menu) == []


def test_every_query_file_has_a_module_of_the_same_noun():
    nouns = {path.stem for path in (ROOT / "data").glob("*.py")} | {
        "session",
        "reference",
    }  # data/reference/ is a folder
    assert {path.stem for path in (ROOT / "sql" / "queries").glob("*.sql")} <= nouns


def test_no_error_is_swallowed_outside_the_one_door():
    broad = re.compile(r"except (Exception|BaseException)|except:")
    found = [path.name for path in MODULES if broad.search(path.read_text("utf-8"))]
    assert set(found) <= {"server.py", "scheduler.py"}
