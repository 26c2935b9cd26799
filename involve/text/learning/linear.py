"""A linear model that starts from given weights and moves only as far as examples make it.

Dual coordinate descent for the support vector machine with squared hinge loss (Hsieh et al., "A dual coordinate descent
method for large-scale linear SVM", ICML 2008, algorithm 1), with one change: the penalty is the distance from the first
weights, not from nothing. Where no example disagrees with them, they stay.
"""

from collections.abc import Iterator, Mapping, Sequence

Vector = Mapping[str, float]
_MOST_ROUNDS = 30
_SETTLED = 0.01  # a round that moves no example's multiplier further ends the search
_MULTIPLIER = 2862933555777941757  # of the generator by which rounds are shuffled, always the same


def fit(
    examples: Sequence[Vector],
    wanted: Sequence[bool],
    first: Vector,
    cost: float,
    shares: tuple[float, float] = (1.0, 1.0),
) -> dict[str, float]:
    """Return the weights that tell wanted *examples* (margin above 0) from the others, near the *first* weights.

    `cost` weighs examples against staying near; `shares` multiplies it for wanted and for other examples, so that few
    examples of a label are not outvoted. Deterministic: the same input gives the same weights.
    """
    weights = dict(first)
    slack = [0.5 / (cost * shares[0 if each else 1]) for each in wanted]
    lengths = [sum(value * value for value in example.values()) for example in examples]
    pulls = [0.0] * len(examples)
    order = list(range(len(examples)))
    for numbers in _chances(len(order)):
        moved = 0.0
        _shuffle(order, numbers)
        for at in order:
            sign = 1.0 if wanted[at] else -1.0
            gradient = sign * margin(weights, examples[at]) - 1 + slack[at] * pulls[at]
            pull = max(pulls[at] - gradient / (lengths[at] + slack[at]), 0.0)
            step = pull - pulls[at]
            if step:
                pulls[at] = pull
                _add(weights, examples[at], sign * step)
                moved = max(moved, abs(step))
        if moved < _SETTLED:
            break
    return weights


def margin(weights: Vector, example: Vector) -> float:
    """Return how far on the wanted side an example stands; below 0 it stands on the other."""
    return sum(weights.get(name, 0.0) * value for name, value in example.items())


def _add(weights: dict[str, float], example: Vector, step: float) -> None:
    for name, value in example.items():
        weights[name] = weights.get(name, 0.0) + step * value


def _chances(size: int) -> Iterator[list[int]]:
    """Yield for each round numbers to shuffle by, from a generator that is the same on every machine."""
    state = 2015
    for _ in range(_MOST_ROUNDS):
        numbers = []
        for _ in range(size):
            state = (state * _MULTIPLIER + 3037000493) % (1 << 64)
            numbers.append(state >> 33)
        yield numbers


def _shuffle(order: list[int], numbers: Sequence[int]) -> None:
    for at in range(len(order) - 1, 0, -1):
        other = numbers[at] % (at + 1)
        order[at], order[other] = order[other], order[at]
