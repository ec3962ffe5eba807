"""What a read must not depend on: where its route stands, how far its page is, whether anything changed."""

from collections.abc import Collection, Sequence
from contextlib import ExitStack

from benchmarks.contest import Contestant, enter
from benchmarks.data import PAGE
from benchmarks.equality import fetch
from benchmarks.lanes import Lane, race, same
from benchmarks.report import lanes_table
from benchmarks.rounds import cheaper
from benchmarks.scenarios import get
from benchmarks.stand import Finding, Stand

FURTHER = 200  # villages a page while the far one is looked for
FAR_ROW = 80_000
UNDECLARED = ("DELETE", "PUT", "POST")


def measure(stand: Stand) -> Finding:
    """Lanes on one running server of ours, the textbook's single village beside them."""
    with ExitStack() as stack:
        ours = enter(stack, "ours", stand.ours, stand.plan)
        textbook = enter(stack, "textbook", stand.textbook, stand.plan)
        codes = [village.code for village in stand.nation.villages]
        lanes = _lanes(ours, textbook, codes)
        samples = race(lanes, rounds=stand.plan.rounds, seconds=stand.plan.seconds).samples
    figures = {
        "unchanged / textbook one": cheaper(samples["unchanged report (304)"], samples["textbook one"]),
        "far page / first page": cheaper(samples["first page"], samples["far page"]),
        "last route / first route": cheaper(samples["first route (405)"], samples["last route (405)"]),
    }
    flawless = all(sample.failed == 0 for lane in samples.values() for sample in lane)
    return Finding(f"## {stand.title}: reading\n\n{lanes_table(samples)}\n", figures, flawless)


def _lanes(ours: Contestant, textbook: Contestant, codes: Sequence[str]) -> dict[str, Lane]:
    server, port = ours.server, ours.server.port
    singles = [get(f"/v1/villages/{code}") for code in codes[:: max(1, len(codes) // 500)]]
    first = f"/v1/villages?limit={PAGE}"
    report = "/v1/reports/idm-status"
    tag = fetch(port, report)[1]["etag"]
    declared = fetch(port, "/openapi.json")[0]["paths"]
    routes = [path for path in declared if path.startswith("/v1/") and "{" not in path]
    unrouted = [_refused(path, declared[path]) for path in (routes[0], routes[-1])]
    return {
        "textbook one": Lane(textbook.server, same(singles)),
        "unchanged report (304)": Lane(server, same([get(report, f"If-None-Match: {tag}")]), expected=b"304"),
        "first page": Lane(server, same([get(first)])),
        "far page": Lane(server, same([get(_far_page(port, len(codes)))])),
        "first route (405)": Lane(server, same(unrouted[:1]), expected=b"405"),
        "last route (405)": Lane(server, same(unrouted[1:]), expected=b"405"),
    }


def _refused(path: str, declared: Collection[str]) -> bytes:
    """A request whose answer is 405, so that finding the route is all that it costs."""
    method = next(method for method in UNDECLARED if method.lower() not in declared)
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def _far_page(port: int, villages: int) -> str:
    """The address of the page at row 80,000, or near the end of fewer; found by following the pages."""
    rows, cursor = 0, ""
    while rows < min(FAR_ROW, villages - FURTHER - PAGE):
        page, _ = fetch(port, f"/v1/villages?limit={FURTHER}{cursor}")
        rows, cursor = rows + FURTHER, f"&cursor={page['next_cursor']}"
    return f"/v1/villages?limit={PAGE}{cursor}"
