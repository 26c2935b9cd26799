"""Search keys as both databases' full-text indexes keep them whole: plain ASCII words, whatever the script."""

from collections.abc import Iterable


def encode_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Return each key as one word of ASCII letters and digits that no tokeniser splits or folds."""
    return tuple(_encode(key) for key in keys)


def decode_keys(words: str) -> frozenset[str]:
    """Return the keys that stand encoded in *words*, with spaces between them."""
    return frozenset(_decode(word) for word in words.split())


def _decode(word: str) -> str:
    """Undo `_encode`."""
    return word[1:] if word[0] == "k" else bytes.fromhex(word[1:]).decode("utf-8", "surrogatepass")


def _encode(key: str) -> str:
    """Mark plain keys with k; spell others by the bytes of their UTF-8 after an x."""
    lowered = key.lower()
    if lowered.isascii() and lowered.isalnum():
        return "k" + lowered
    return "x" + lowered.encode("utf-8", "surrogatepass").hex()
