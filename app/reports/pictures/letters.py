"""How wide a text is before anybody draws it: as wide as the widest common sans-serif letters would make it.

A picture names only the generic family, so the reader's machine picks the letters; a text that fits in these
widths fits in every narrower one too.
"""

_ASCII = (
    "32 40 46 84 64 95 78 28 39 39 50 84 32 36 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 53 100 "
    "69 69 70 77 64 58 78 76 30 30 66 56 87 75 79 61 79 70 64 62 74 69 99 69 62 69 39 34 39 84 50 50 "
    "62 64 55 64 62 36 64 64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84"
)
"""Hundredths of the type size, from the space to the tilde, as in DejaVu Sans."""
_WIDTHS = {chr(32 + place): int(width) for place, width in enumerate(_ASCII.split())}
_WIDEST = 140
_LATIN_END = "\u024f"
_BOLDER = 1.14
_CUT = "…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text at a type size, in the same unit."""
    hundredths = sum(_WIDTHS.get(letter) or (100 if letter <= _LATIN_END else _WIDEST) for letter in text)
    return hundredths * size / 100 * (_BOLDER if bold else 1)


def fitted(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits in the width together with an ellipsis."""
    if width_of(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and width_of(kept + _CUT, size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + _CUT
