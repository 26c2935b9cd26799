"""The optional second opinion on goals and ways of working: what the meaning of the whole story adds to its words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from involve.errors import BadInput
from involve.text.judging.goals import schemes_by_concept
from involve.text.judging.table import FOLDER
from involve.text.learning.linear import fit
from involve.text.meaning import Vector, embed, off_centre

FILE = FOLDER / "opinion.json"
_PLACES = 3
# Chosen by three-fold cross-validation over the stories in tests/text/stories: 0.1 and 0.3 are alike, 1 is worse.
_COST = 0.2  # of examples against staying with the words alone
# What moves the margins so that the cuts of tagging suit them, chosen by the same.
_MOVED: Mapping[str, float] = {"goal": 0.15, "way": 0.1}
_WORDS = "words"  # the feature that stands for the margin by words


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """For each concept what its margin by words counts, and a weight for each number of the story's vector.

    `made_from` carries the mark of the codebook and stories, as the tables do.
    """

    centre: Vector
    words: Mapping[str, float]
    first: Mapping[str, float]
    weights: Mapping[str, Sequence[float]]
    made_from: Mapping[str, Any]

    def join(self, other: "Opinion") -> "Opinion":
        """Return this opinion with what the *other* one, of the same centre, says of further concepts."""
        return Opinion(
            self.centre,
            {**self.words, **other.words},
            {**self.first, **other.first},
            {**self.weights, **other.weights},
            self.made_from,
        )

    def read(self, text: str) -> "Meant":
        """Return this opinion on *text*.

        Raises:
            SettingsError: the extra is not installed.
        """
        return Meant(self, off_centre(next(embed([text])), self.centre))


@dataclass(frozen=True, slots=True, eq=False)
class Meant:
    """The opinion on one story, whose vector was seen from the centre."""

    opinion: Opinion
    vector: Vector

    def weigh(self, concept: str, margin: float) -> float:
        """Return the margin of *concept* when the meaning of the whole is weighed in with its margin by words."""
        said = sum(
            weight * value for weight, value in zip(self.opinion.weights[concept], self.vector, strict=True)
        )
        return self.opinion.words[concept] * margin + said + self.opinion.first[concept]


def learn_opinion(
    margins: Sequence[Mapping[str, float]],
    vectors: Sequence[Vector],
    labels: Sequence[Mapping[str, str]],
    centre: Vector,
    made_from: Mapping[str, Any],
) -> Opinion:
    """Return the opinion that fits *labels* (concept to stance), story by story.

    `margins` must come from tables that had not learnt from the story at hand, or words would be trusted too much;
    `vectors` are seen from `centre`.
    """
    learnt, schemes = {}, schemes_by_concept()
    for concept in margins[0]:
        examples = [
            {_WORDS: margin[concept], "": 1.0, **{str(at): value for at, value in enumerate(vector)}}
            for margin, vector in zip(margins, vectors, strict=True)
        ]
        wanted = [concept in each for each in labels]
        learnt[concept] = fit(examples, wanted, {_WORDS: 1.0}, _COST)
    size = range(len(centre))
    return Opinion(
        centre=centre,
        words={concept: weights[_WORDS] for concept, weights in learnt.items()},
        first={
            concept: weights.get("", 0.0) + _MOVED.get(schemes.get(concept, ""), 0.0)
            for concept, weights in learnt.items()
        },
        weights={concept: [weights.get(str(at), 0.0) for at in size] for concept, weights in learnt.items()},
        made_from=made_from,
    )


def save_opinion(opinion: Opinion, path: Path = FILE) -> None:
    """Write *opinion* as JSON; the same opinion gives the same bytes."""
    held = {
        "made_from": opinion.made_from,
        "words": {name: round(value, _PLACES) for name, value in opinion.words.items()},
        "first": {name: round(value, _PLACES) for name, value in opinion.first.items()},
    }
    rows = {"centre": opinion.centre, **opinion.weights}
    lines = [
        f"{json.dumps(name)}: {json.dumps([round(value, _PLACES + 1) for value in row])}"
        for name, row in rows.items()
    ]
    head = json.dumps(held, ensure_ascii=False, indent=1)[:-2]
    path.write_text(f'{head},\n "vectors": {{\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


@cache
def load_opinion() -> Opinion:
    """Return the opinion of the installation, read once a process.

    Raises:
        BadInput: the file is missing or damaged.
    """
    try:
        held = json.loads(FILE.read_text(encoding="utf-8"))
        vectors = {name: tuple(row) for name, row in held["vectors"].items()}
        return Opinion(vectors.pop("centre"), held["words"], held["first"], vectors, held["made_from"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{FILE.name}: is damaged; install Involve again") from error
