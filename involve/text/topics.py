"""The topics beneath goals and ways: what people talk about, in both languages at once.

A topic is the shared language between Welsh and English: *meddyg* and *GP* are the same thing to somebody who looks
for it. Topics are no tags: nobody is asked to agree that a story is about a bus. They feed tags, search and themes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from involve.errors import BadInput
from involve.text.codebook_file import Findings, Table, parse_file, read_cue
from involve.text.concepts import Cue
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import find

_FOLDER = Path(__file__).parent / "data" / "codebook" / "topics"


# Compared by identity: each is made once.
@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """One topic: its name and words in both languages, and the goals that stories about it mostly belong to, if any.

    `cue` holds the words that mean the topic, for search; `wider` those that are said where it is the subject too.
    """

    id: str
    name: Bilingual
    goals: tuple[str, ...]
    cue: Cue
    wider: Cue


@cache
def load_topics() -> tuple[Topic, ...]:
    """Return all topics, in the order of their files; read once a process.

    Raises:
        BadInput: a file of the installation is damaged; the message lists every fault.
    """
    found = Findings()
    topics = tuple(_read(table, place, found) for table, place in _tables(found))
    _refuse(found)
    return topics


@cache
def load_exceptions() -> Mapping[str, Cue]:
    """Return by the id of a topic the wordings in which one of its words means something else.

    Only search and topics heed them: a tag weighs its words by the stories that it was learnt from.

    Raises:
        BadInput: a file of the installation is damaged; the message lists every fault.
    """
    found = Findings()
    exceptions = {
        str(table["id"]): read_cue({"cy": table["not_cy"], "en": table["not_en"]}, place, found)
        for table, place in _tables(found)
        if "not_cy" in table
    }
    _refuse(found)
    return exceptions


def find_topic(topic_id: str) -> Topic:
    """Return the topic with that id.

    Raises:
        NotFound: there is none.
    """
    return find(load_topics(), topic_id)


def _tables(found: Findings) -> Iterator[tuple[Table, str]]:
    """Yield what the files say of each topic, and where."""
    for path in sorted(_FOLDER.glob("*.toml")):
        for table in (parse_file(path, found) or {}).get("topic", ()):
            yield table, f"{path.name}, {table['id']}"


def _refuse(found: Findings) -> None:
    if found.errors:
        raise BadInput("; ".join(f"{each.place}: {each.reason}" for each in found.errors))


def _read(table: Table, place: str, found: Findings) -> Topic:
    names = cast(dict[str, str], table["name"])
    words = {language: table[language] for language in ("cy", "en")}
    wider = {language: [*said, *table.get(f"wider_{language}", ())] for language, said in words.items()}
    return Topic(
        id=str(table["id"]),
        name=Bilingual(names["cy"], names["en"]),
        goals=tuple(table["goals"]),
        cue=read_cue(words, place, found),
        wider=read_cue(wider, f"{place}, wider", found),
    )
