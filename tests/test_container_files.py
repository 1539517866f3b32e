"""The container files agree with the app: paths, port, health check, user, settings."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml
from streamlit import config

from app import __main__ as start
from app import routes
from data import embedded

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
POSTGRES_SETTINGS = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}  # the image's own


def instructions() -> list[tuple[str, str]]:
    """(name, arguments) of each instruction of the Dockerfile; continued lines are joined."""
    text = (ROOT / "Dockerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.split("\n"))]


def given(name: str) -> list[str]:
    return [rest for found, rest in instructions() if found == name]


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in given("ENV") for pair in shlex.split(line))


def ignored() -> list[str]:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def settings_in_the_code() -> set[str]:
    """The environment variables that the app itself reads."""
    code = "\n".join(
        path.read_text("utf-8") for room in ("app", "data") for path in (ROOT / room).rglob("*.py")
    )
    return set(re.findall(r"environ(?:\.get|\.setdefault)?[\[(]\"(\w+)\"", code))


def test_the_dockerfile_holds_only_instructions():
    known = {"FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}  # fmt: skip
    assert {name for name, _ in instructions()} <= known
    assert [name for name, _ in instructions()].count("FROM") == 1


def test_what_is_copied_exists_and_is_not_ignored():
    sources = [source for line in given("COPY") for source in line.split()[:-1]]
    assert {"app", "data", "pages", "sql", ".streamlit"} <= set(sources)
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert ignored()[0] == "*"
    assert {f"!{source}" for source in sources} == {
        line for line in ignored() if line.startswith("!")
    }


def test_every_room_the_app_imports_from_is_copied():
    sources = {source for line in given("COPY") for source in line.split()[:-1]}
    imports = re.compile(r"(?m)^\s*(?:from|import) (\w+)")
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir()}
    code = [path.read_text("utf-8") for room in ("app", "data", "pages") for path in (ROOT / room).rglob("*.py")]  # fmt: skip
    assert {name for text in code for name in imports.findall(text)} & rooms <= sources


def test_requirements_are_installed_without_a_cache_and_before_the_code():
    lines = instructions()
    install = next(place for place, (_, rest) in enumerate(lines) if "pip install" in rest)
    assert "--no-cache-dir" in lines[install][1]
    assert "-r requirements.txt" in lines[install][1]
    assert install < lines.index(("COPY", "app ./app"))
    pins = [line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()]  # fmt: skip
    assert [pin for pin in pins if pin and "==" not in pin] == []


def test_the_python_of_the_image_is_the_projects():
    image, tag = given("FROM")[0].split(":")
    version = re.match(r"\d+\.\d+", tag)[0]
    assert image == "python"
    assert PROJECT["project"]["requires-python"] == f">={version}"
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{version.replace('.', '')}"
    assert f"python{version}" in (ROOT / "Makefile").read_text("utf-8")


def test_the_port_is_the_apps():
    port = str(SETTINGS["server"]["port"])
    assert given("EXPOSE") == [port]
    assert COMPOSE["services"]["app"]["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_the_health_check_asks_the_health_route():
    (check,) = given("HEALTHCHECK")
    port, path = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", check).groups()
    assert int(port) == SETTINGS["server"]["port"]
    assert path in {getattr(route, "path", "") for route in routes.ROUTES}


def test_the_health_check_is_a_program_that_compiles():
    (check,) = given("HEALTHCHECK")
    command = yaml.safe_load(check.partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "healthcheck", "exec")


def test_the_app_is_started_without_a_shell_by_a_user_who_is_not_root():
    names = [name for name, _ in instructions()]
    assert given("CMD") == ['["python", "-m", "app"]']
    (user,) = given("USER")
    assert user not in ("root", "0")
    assert any(f"useradd --system --uid 10001 --home-dir /caseback --shell /usr/sbin/nologin {user}" in line for line in given("RUN"))  # fmt: skip
    assert names.index("USER") > max(n for n, name in enumerate(names) if name in ("RUN", "COPY"))


def test_what_the_app_keeps_is_on_a_volume(monkeypatch):
    monkeypatch.delenv("WATCH_VAR", raising=False)
    inside = f"{given('WORKDIR')[0]}/{embedded.var().relative_to(ROOT)}"
    assert given("VOLUME") == [f'["{inside}"]']
    assert COMPOSE["services"]["app"]["volumes"] == [f"var:{inside}"]
    assert "-m 0755 var" in " ".join(given("RUN"))


def test_the_settings_of_the_image_are_streamlits_and_reach_it(monkeypatch):
    given_here = {
        name: text for name, text in environment().items() if name.startswith("STREAMLIT")
    }
    known = {option.env_var: name for name, option in config._config_options_template.items()}
    assert given_here.keys() <= known.keys()
    for name, text in given_here.items():
        monkeypatch.setenv(name, text)
    found = start._settings()
    assert found["server.address"] == "0.0.0.0"
    assert found["logger.hideWelcomeMessage"] is True


def test_the_app_asks_for_the_settings_compose_gives():
    app = COMPOSE["services"]["app"]
    text = (ROOT / "compose.yaml").read_text("utf-8")
    offered = set(re.findall(r"(?m)^ +# ([A-Z_]+):", text))
    assert app["environment"].keys() | offered <= settings_in_the_code()
    assert COMPOSE["services"]["database"]["environment"].keys() == POSTGRES_SETTINGS


def test_compose_names_only_services_and_volumes_it_has():
    services = COMPOSE["services"]
    assert services["app"]["depends_on"].keys() <= services.keys()
    used = {volume.split(":")[0] for one in services.values() for volume in one["volumes"]}
    assert used == COMPOSE["volumes"].keys()
    assert "healthcheck" in services["database"]


def test_the_app_reaches_the_database_of_compose():
    url = COMPOSE["services"]["app"]["environment"]["DATABASE_URL"]
    database = COMPOSE["services"]["database"]["environment"]
    user, host, name = re.fullmatch(r"postgresql://(\w+):\$\{[^}]+\}@(\w+):5432/(\w+)", url).groups()  # fmt: skip
    assert host in COMPOSE["services"]
    assert (user, name) == (database["POSTGRES_USER"], database["POSTGRES_DB"])


@pytest.mark.parametrize("image", [given("FROM")[0], COMPOSE["services"]["database"]["image"]])
def test_images_are_pinned_to_a_version(image):
    assert re.fullmatch(r"\w+:\d[\w.-]*", image)


def test_the_database_is_new_enough():
    version = int(COMPOSE["services"]["database"]["image"].split(":")[1])
    assert version >= 16
    # since 18 the image keeps its data under a folder of the version, one level higher than before
    expected = "/var/lib/postgresql" if version >= 18 else "/var/lib/postgresql/data"
    assert COMPOSE["services"]["database"]["volumes"] == [f"database:{expected}"]
