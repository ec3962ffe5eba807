"""What an upload must be before openpyxl may see it: a real, small, honest .xlsx; bounded however it was made."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.exchange.imports.confined.markup import MOST_CELLS, MOST_STRINGS, Extent, Look, Tally
from app.exchange.imports.confined.refused import Refused

MOST_PARTS = 1_000
MOST_BYTES = 50_000_000
"""Of all parts together, unpacked."""
MOST_RATIO = 200
_PIECE = 1 << 20
_BLANK = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""What may stand before the first tag of a part, in any encoding that expat knows."""

_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = 0x1
_TYPES, _WORKBOOK = "[Content_Types].xml", "xl/workbook.xml"


class Seen(NamedTuple):
    """How far each part of a workbook goes, by its name, and how many cells there are in all."""

    extents: dict[str, Extent]
    cells: int


def inspected(body: bytes) -> Seen:
    """What a workbook holds; raises `Refused` for one that is not to be read.

    A broken ZIP or XML raises what `zipfile` and `expat` raise.
    """
    _recognise(body)
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        _judge_names(book)
        _judge_sizes(book, len(body))
        parts = [part for part in book.infolist() if _like_xml(book, part)]
        _judge_tags(piece for part in parts for piece in pieces_of(book, part))
        tally = Tally()
        return Seen({part.filename: Look(tally).read(pieces_of(book, part)) for part in parts}, tally.cells)


def _recognise(body: bytes) -> None:
    if body.startswith(_OLE):
        raise Refused("import.format_password" if _LOCKED in body else "import.format_xls")
    if not body.startswith(b"PK"):
        raise Refused("import.not_a_workbook")
    # No entry of a ZIP is without this mark, so the list of entries is known to be short before it is read.
    if body.count(_ENTRY) > MOST_PARTS:
        raise Refused("import.too_complex")


def _judge_names(book: zipfile.ZipFile) -> None:
    names = [part.filename for part in book.infolist()]
    known = {name.lower() for name in names}
    if "mimetype" in known and b"opendocument" in book.open("mimetype").read(100):
        raise Refused("import.format_ods")
    if "xl/workbook.bin" in known:
        raise Refused("import.format_xlsb")
    if any(name.endswith("vbaproject.bin") for name in known):
        raise Refused("import.format_macros")
    if not {_TYPES, _WORKBOOK} <= set(names):
        raise Refused("import.not_a_workbook")
    if len(known) < len(names) or any(_tricky(name) for name in names):
        raise Refused("import.unsafe")


def _tricky(name: str) -> bool:
    return name.startswith("/") or any(sign in name for sign in ("\\", ":", "\0")) or ".." in name.split("/")


def _judge_sizes(book: zipfile.ZipFile, packed: int) -> None:
    parts = book.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refused("import.format_password")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Refused("import.unreadable")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_BYTES or unpacked > packed * MOST_RATIO:
        raise Refused("import.inflates", limit=MOST_BYTES)
    if b"macroEnabled" in book.read(_TYPES):
        raise Refused("import.format_macros")


def _judge_tags(pieces: Iterable[bytes]) -> None:
    """Count the tags as they are usually written, which is quick; whoever writes them otherwise waits for the look."""
    cells = strings = 0
    for piece in pieces:
        cells += sum(map(piece.count, (b"<c ", b"<c>", b"<c/")))
        strings += sum(map(piece.count, (b"<si>", b"<si ", b"<si/")))
        if cells > MOST_CELLS:
            raise Refused("import.too_many_cells", limit=MOST_CELLS)
        if strings > MOST_STRINGS:
            raise Refused("import.too_much_text")


def _like_xml(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a parser could take it for XML, whatever it is called."""
    with book.open(part) as stream:
        begin = stream.read(4096)
    told = begin.lstrip(_BLANK)
    return told.startswith(b"<") or bool(begin and not told)


def pieces_of(book: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """A part piece by piece; a size that lies ends in `BadZipFile`, since no more is unpacked than was declared."""
    with book.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece
