"""Makes the reading of stories ready at the start of a command, before the first of them comes."""

import gc

from involve.errors import SettingsError
from involve.text.codebook import Codebook, load_builtin
from involve.text.judging.opinion import load_opinion
from involve.text.judging.table import load_tables
from involve.text.meaning import can_embed
from involve.text.pipeline import Reading, analyse

# Any text of both languages: it makes every part of the pipeline load what it needs.
SAMPLE = "Mae’r bws yn hwyr. The bus is late."


def load_codebook_for_reading(themes: Codebook | None = None) -> Codebook:
    """Return the built-in codebook, with all that reading by it and by *themes* needs loaded and compiled.

    Meanwhile Python does not look for garbage: of some hundred thousand objects made here none is, and looking
    through them again and again is a fifth of the start. Afterwards they are set apart for good, so that processes
    forked from this one share them.
    """
    gc.disable()
    try:
        codebook = load_builtin()
        analyse(SAMPLE, codebook, themes)
    finally:
        gc.enable()
    gc.freeze()
    return codebook


def choose_reading(second_opinion: bool) -> Reading:
    """Return what judges the stories: the tables of the package, with the second opinion where it is asked for.

    Raises:
        SettingsError: the extra that it needs is not installed.
    """
    if second_opinion and not can_embed():
        raise SettingsError("--second-opinion needs the extra embeddings: pip install 'involve[embeddings]'.")
    return Reading(load_tables(), load_opinion() if second_opinion else None)
