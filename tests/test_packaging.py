"""What is listed is what there is, and a wheel built without Node on the PATH holds all of it."""

import configparser
import fcntl
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "involve"
BESIDE = ("migrations", "templates", "translations")
MADE = (".*", "*.egg-info", "*.mo", "__pycache__", "build", "dist", "node_modules", "var")
NOT_SHIPPED = (PACKAGE / "web" / "assets", PACKAGE / "web" / "static" / "build")


def files_of(folder: Path) -> set[str]:
    """Return the files in *folder* that belong to the project, as paths in the folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".mo") and not set(path.parents) & set(NOT_SHIPPED)
    }


def ignore_made(folder: str, names: list[str]) -> set[str]:
    made = shutil.ignore_patterns(*MADE)(folder, names)
    return {name for name in made if name != ".npmrc"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built once however many workers want it."""
    # Each worker has a folder of its own in the folder of the run.
    folder = tmp_path_factory.getbasetemp()
    shared = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "built"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not list(shared.glob("*.whl")):
            build_wheel(tmp_path_factory, shared)
    return zipfile.ZipFile(next(shared.glob("*.whl")))


def build_wheel(tmp_path_factory: pytest.TempPathFactory, out: Path) -> None:
    """Build a source archive from a clean copy, and the wheel from that archive, with nothing at all on the PATH."""
    source, empty = tmp_path_factory.mktemp("source") / "involve", tmp_path_factory.mktemp("path")
    shutil.copytree(ROOT, source, ignore=ignore_made)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--outdir", str(out), str(source)],
        env={**os.environ, "PATH": str(empty), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]


def test_every_package_in_the_tree_is_listed() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = config["options"]["packages"].split()
    found = [".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")]
    assert sorted(listed) == sorted(found + [f"involve.{name}" for name in BESIDE])
    assert len(listed) == len(set(listed))


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")} - {PACKAGE / "web" / "assets"}
    assert [
        str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").is_file()
    ] == []


@pytest.mark.parametrize("name", BESIDE)
def test_the_folders_beside_the_package_do_not_stand_in_it_as_well(name: str) -> None:
    assert (ROOT / name).is_dir()
    assert not (PACKAGE / name).exists()


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_wheel_built_without_node_holds_the_style_sheets_and_the_script(wheel: zipfile.ZipFile) -> None:
    built = "involve/web/static/build/"
    names = [name.removeprefix(built) for name in wheel.namelist() if name.startswith(built)]
    plain = [name for name in names if name.endswith((".css", ".js"))]
    assert sorted(name.split(".")[0] for name in plain) == ["desk", "embed", "involve", "involve", "pages"]
    for name in plain:
        assert {f"{name}.br", f"{name}.gz"} <= set(names)
    assert "manifest.json" in names


@pytest.mark.slow
def test_the_style_sheets_are_ours_and_carry_no_font_of_the_government(wheel: zipfile.ZipFile) -> None:
    style = "".join(wheel.read(name).decode() for name in wheel.namelist() if name.endswith(".css"))
    assert ".govuk-button" in style
    for forbidden in ("GDS Transport", "@font-face", "crest", "http://", "https://"):
        assert forbidden not in style.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.slow
def test_a_wheel_holds_every_file_of_the_folders_beside_the_package(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for folder in BESIDE:
        missing = {f"involve/{folder}/{name}" for name in files_of(ROOT / folder)} - names
        assert not missing


@pytest.mark.slow
def test_a_wheel_holds_every_module_and_data_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    assert not {f"involve/{name}" for name in files_of(PACKAGE)} - set(wheel.namelist())


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["cy", "en"])
def test_a_wheel_holds_the_compiled_catalogues(wheel: zipfile.ZipFile, locale: str) -> None:
    content = wheel.read(f"involve/translations/{locale}/LC_MESSAGES/messages.mo")
    assert content[:4] in (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")


@pytest.mark.slow
def test_a_wheel_holds_the_licence_and_the_notices(wheel: zipfile.ZipFile) -> None:
    ends = {Path(name).name for name in wheel.namelist() if ".dist-info/" in name}
    assert {"LICENSE", "NOTICES.md"} <= ends
