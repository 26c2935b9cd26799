"""The sources that the facts of the vocabulary name, for pages that say where a fact comes from."""

from collections.abc import Mapping
from types import MappingProxyType

from involve.vocabulary.data_file import read_file

# The key is what a provenance names; the words say what was read. They stand in the language of the source.
SOURCES: Mapping[str, str] = MappingProxyType(
    {key: str(words) for key, words in read_file("sources").items()}
)
