"""Commands make the reading of stories ready before the first one comes."""

import gc

from involve.cli.reading import load_codebook_for_reading
from involve.text.pipeline import analyse, make_finder


def test_the_first_story_finds_the_cues_compiled() -> None:
    builtin = load_codebook_for_reading()
    compiled = make_finder.cache_info().misses
    assert analyse("There is no bus after six, so I feel lonely.", builtin).tags
    assert make_finder.cache_info().misses == compiled


def test_looking_for_garbage_goes_on_afterwards() -> None:
    load_codebook_for_reading()
    assert gc.isenabled()
