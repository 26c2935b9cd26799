"""Makes the reading of stories ready at the start of a command, before the first of them comes."""

import gc

from involve.text.codebook import Codebook, load_builtin
from involve.text.pipeline import analyse

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
