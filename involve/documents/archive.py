"""A ZIP of very many small parts that is written without remembering each of them."""

import struct
from collections.abc import Iterator
from copy import copy
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# What differs between two parts: check, packed size, size, place, and length of the name.
_PART = struct.Struct("<IQQQH")


class _Parts(list[ZipInfo]):
    """The list of parts that a ZIP ends with, in some seventy bytes for each: Python's own holds ten times that."""

    def __init__(self) -> None:
        super().__init__()
        self._packed, self._count = bytearray(), 0
        self._like: ZipInfo | None = None

    def append(self, part: ZipInfo) -> None:
        """Remember a part."""
        if self._like is None:
            self._like = copy(part)
        if _shape(part) != _shape(self._like):
            super().append(part)
            return
        name = part.filename.encode()
        numbers = (part.CRC, part.compress_size, part.file_size, part.header_offset, len(name))
        self._packed += _PART.pack(*numbers) + name
        self._count += 1

    def __len__(self) -> int:
        return super().__len__() + self._count

    def __iter__(self) -> Iterator[ZipInfo]:
        at, like = 0, self._like
        while like is not None and at < len(self._packed):
            part = copy(like)
            part.CRC, part.compress_size, part.file_size, part.header_offset, length = _PART.unpack_from(
                self._packed, at
            )
            at += _PART.size + length
            part.filename = self._packed[at - length : at].decode()
            yield part
        yield from super().__iter__()


class _Names(dict[str, ZipInfo]):
    """The parts by name, which nobody asks for while a ZIP is written."""

    def __setitem__(self, name: str, part: ZipInfo) -> None:
        """Remember nothing."""


class Archive(ZipFile):
    """A new ZIP. Its parts cannot be looked up before it is closed, and no name may be given twice."""

    def __init__(self, place: object) -> None:
        super().__init__(place, "w", ZIP_DEFLATED)  # type: ignore[call-overload]
        self.filelist, self.NameToInfo = _Parts(), _Names()

    def add(self, name: str, content: bytes, moment: tuple[int, int, int, int, int, int]) -> None:
        """Add a part whole; *moment* is the time that stands with it."""
        part = ZipInfo(name, moment)
        part.compress_type = ZIP_DEFLATED
        self.writestr(part, content)


def _shape(part: ZipInfo) -> tuple[object, ...]:
    """Return what two parts have to share to be remembered by their numbers alone."""
    return (
        part.date_time, part.compress_type, part.create_version, part.extract_version, part.create_system,
        part.flag_bits, part.external_attr, part.internal_attr, part.volume, part.extra, part.comment,
    )  # fmt: skip
