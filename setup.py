# Compile the catalogues and the assets whenever the package is built; the rest is in setup.cfg.
import runpy

from setuptools import Command, setup
from setuptools.command.build import build


class BuildAssets(Command):
    """Compile the style sheet and the script of the site, unless they are fresh."""

    user_options = []

    def initialize_options(self): ...

    def finalize_options(self): ...

    def run(self):
        runpy.run_path("involve/web/assets/build.py")["build_assets"]()


build.sub_commands[:0] = [("compile_catalog", None), ("build_assets", None)]
setup(cmdclass={"build_assets": BuildAssets})
