"""What every picture has around it: a title, what it is about, its source, and a plain word where there is nothing."""

from app.reports.pictures.paper import INK, MARGIN, SOFT, Paper


def framed(
    paper: Paper, *, title: str, subtitle: str, source: str, description: str, notes: list[str]
) -> None:
    """Put title and subtitle above, source and notes below, and tell all of it to a screen reader."""
    width = paper.width - 2 * MARGIN
    paper.tell(f"{title} · {subtitle}", " ".join([description, *notes, source]))
    paper.text(MARGIN, 54, title, size=21, bold=True, width=width)
    paper.text(MARGIN, 76, subtitle, size=12.5, fill=SOFT, width=width)
    for number, words in enumerate((source, *reversed(notes))):
        paper.text(MARGIN, paper.height - 24 - 14 * number, words, size=9.5, fill=SOFT, width=width)


def nothing(paper: Paper, words: str) -> None:
    """Say in the middle of the sheet that there is nothing to draw."""
    paper.text(
        paper.width / 2,
        paper.height / 2,
        words,
        size=15,
        anchor="middle",
        fill=INK,
        width=paper.width - 2 * MARGIN,
    )
