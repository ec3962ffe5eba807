"""`python -m benchmarks.bombs`: what each file that was made to harm costs until it is refused, beside honest ones."""

from collections.abc import Iterator

from tests.exchange.imports.bombs import CORPUS, book, text_row
from tests.exchange.imports.measuring import measured

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HONEST = ((1_000, 20), (10_000, 20), (99_999, 5))
"""Rows and columns."""


def honest(rows: int, columns: int) -> bytes:
    """A workbook as an office would send it, half text and half numbers."""
    return book(_rows(rows, columns))


def _rows(rows: int, columns: int) -> Iterator[str]:
    yield text_row(1, *(f"Kolom {number}" for number in range(columns)))
    for row in range(2, rows + 1):
        pair = f'<c t="inlineStr"><is><t>Contoh {row}</t></is></c><c><v>{row * 1.37:.4f}</v></c>'
        yield f'<row r="{row}">{pair * (columns // 2)}</row>'


def _line(name: str, body: bytes, media: str) -> str:
    took = measured(body, media)
    answer = took.answer[:60].decode(errors="replace")
    return f"{name:28}{len(body):>12,}{took.seconds:>8.2f}{took.peak >> 10:>8}  {answer}"


def main() -> None:
    """Print a line a file: its bytes, the seconds, the peak of the child in MiB, and how it was answered."""
    print(f"{'file':28}{'bytes':>12}{'s':>8}{'MiB':>8}  answer")
    for name, bomb in CORPUS.items():
        print(_line(name, bomb.make(), bomb.media))
    for rows, columns in HONEST:
        print(_line(f"{rows:,} rows × {columns}", honest(rows, columns), XLSX))


if __name__ == "__main__":
    main()
