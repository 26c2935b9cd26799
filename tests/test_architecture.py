"""The stairs of the house: each floor imports only the floors beneath it; files and functions stay small."""

import ast
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "involve"
BUILD_SCRIPT = PACKAGE / "web" / "assets" / "build.py"

GROUND = {"vocabulary", "errors", "settings", "paths"}
STORE = {"models", "database"}
KNOWLEDGE = GROUND | STORE | {"text", "services"}
# What each room may import beside itself. `text` and `models` never meet; neither do `web`, `cli` and `jobs`.
STAIRS: dict[str, set[str]] = {
    **dict.fromkeys(GROUND, GROUND),
    "text": GROUND,
    **dict.fromkeys(STORE, GROUND | STORE),
    "services": GROUND | STORE | {"text"},
    "i18n": KNOWLEDGE,
    # The tool of `make translations`: nothing imports it.
    "catalogues": {"paths"},
    "documents": KNOWLEDGE | {"i18n"},
    **{room: KNOWLEDGE | {"i18n", "documents"} for room in ("web", "cli", "jobs")},
    "app": KNOWLEDGE | {"i18n", "documents", "web", "cli", "jobs"},
    # The tool of `make roles`: it asks the whole site for its pages, and nothing imports it.
    "roles": KNOWLEDGE | {"web", "app"},
}
FLASK_FAMILY = ("flask", "apiflask", "werkzeug", "wtforms")
FLASK_ROOMS = {"web", "documents", "i18n", "app", "roles"}
# The bare page that a benchmark compares the site with.
FLASK_EXCEPTIONS = {"involve.cli.bench.reference"}
SQL_FAMILY = ("sqlalchemy", "alembic")
SQL_ROOMS = {"models", "database", "services", "cli", "jobs"}
# Flask-Security wants a datastore of its own shape over our session: the one place where web speaks SQL.
SQL_EXCEPTIONS = {"involve.web.security"}
# `involve run` and `involve worker` start the app and the jobs by import string, the one way past the stairs.
STRING_EXCEPTIONS = {"involve.cli.run": "involve.app", "involve.cli.worker": "involve.jobs"}
NETWORK = {
    "socket",
    "urllib.request",
    "http",
    "ftplib",
    "smtplib",
    "ssl",
    "requests",
    "httpx",
    "sqlite3",
    "redis",
}
CLOCK_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 350, 40

MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """Return the part of the house that *module* is in; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


def imports_of(path: Path) -> Iterator[str]:
    """Yield every name imported anywhere in the file, in functions and for types too."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            # `from involve import app` imports a room by the name behind the import.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    """Return the rooms that the file imports; names that the package itself defines are none."""
    rooms = {room_of(name) for name in imports_of(path) if name.split(".")[0] == "involve"}
    return rooms - {"", "__version__"}


def belongs_to(name: str, family: tuple[str, ...]) -> bool:
    top = name.split(".")[0].lower()
    return any(top == member or top.startswith(f"{member}_") for member in family)


def offenders(family: tuple[str, ...], rooms: set[str], exceptions: Set[str] = frozenset()) -> list[str]:
    """Return the modules outside *rooms* that import something of the *family*."""
    return sorted(
        {
            f"{module_of(path)} imports {name}"
            for path in MODULES
            if room_of(module_of(path)) not in rooms and module_of(path) not in exceptions
            for name in imports_of(path)
            if belongs_to(name, family)
        }
    )


def test_every_room_of_the_house_is_on_the_stairs() -> None:
    rooms = {room_of(module_of(path)) for path in MODULES} - {""}
    assert rooms - set(STAIRS) == set()


@pytest.mark.parametrize("room", sorted(STAIRS))
def test_each_room_imports_only_what_is_beneath_it(room: str) -> None:
    allowed = STAIRS[room] | {room}
    wrong = {
        f"{module_of(path)} imports involve.{other}"
        for path in MODULES
        if room_of(module_of(path)) == room
        for other in rooms_imported(path) - allowed
    }
    assert not wrong


def test_importing_the_package_loads_nothing() -> None:
    assert list(imports_of(PACKAGE / "__init__.py")) == []


def test_text_and_models_never_meet_but_in_services() -> None:
    assert "text" not in STAIRS["models"] | STAIRS["database"]
    assert not STORE & STAIRS["text"]


def test_web_cli_and_jobs_never_meet() -> None:
    for room in ("web", "cli", "jobs"):
        assert not STAIRS[room] & {"web", "cli", "jobs", "app"} - {room}


def test_only_the_upper_floor_imports_flask() -> None:
    assert offenders(FLASK_FAMILY, FLASK_ROOMS, FLASK_EXCEPTIONS) == []


def test_only_the_store_its_services_and_commands_import_sqlalchemy() -> None:
    assert offenders(SQL_FAMILY, SQL_ROOMS, SQL_EXCEPTIONS) == []


def test_the_text_floor_reaches_no_network_and_no_database() -> None:
    wrong = [
        f"{module_of(path)} imports {name}"
        for path in MODULES
        if room_of(module_of(path)) == "text"
        for name in imports_of(path)
        if name in NETWORK or name.split(".")[0] in NETWORK
    ]
    assert wrong == []


def test_rooms_name_each_other_in_strings_only_to_start_the_app_and_the_worker() -> None:
    wrong = []
    for path in MODULES:
        module = module_of(path)
        for node in ast.walk(TREES[path]):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            target = node.value.split(":")[0]
            if not target.startswith("involve.") or room_of(target) not in {"app", "web", "cli", "jobs"}:
                continue
            if " " in target or room_of(target) == room_of(module):
                continue
            if target.startswith(STRING_EXCEPTIONS.get(module, "\0")):
                continue
            wrong.append(f"{module} names {target}")
    assert wrong == []


@pytest.mark.parametrize("room", ["vocabulary", "text", "models", "services"])
def test_time_is_passed_in_below_the_upper_floor(room: str) -> None:
    wrong = [
        f"{module_of(path)}:{node.lineno} calls {ast.unparse(node.func)}"
        for path in MODULES
        if room_of(module_of(path)) == room
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call) and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCK_CALLS
    ]
    assert wrong == []


def test_no_module_is_named_after_nothing() -> None:
    parts = {part for path in MODULES for part in module_of(path).split(".")}
    assert not parts & NAMES_OF_NOTHING


def test_every_module_opens_with_what_it_is_for() -> None:
    assert [module_of(path) for path in MODULES if not ast.get_docstring(TREES[path])] == []


def test_files_are_short() -> None:
    lengths = {module_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {module: lines for module, lines in lengths.items() if lines > LINES_OF_A_FILE} == {}


def test_functions_are_short() -> None:
    long = [
        f"{module_of(path)}.{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in MODULES
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_the_build_of_the_assets_imports_nothing_of_the_package() -> None:
    assert rooms_imported(BUILD_SCRIPT) == set()
