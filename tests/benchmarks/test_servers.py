"""What a server cost is read from the kernel's own books."""

import os

from benchmarks.servers import Server, Stat, parse_stat, split_cores

LINE = (
    "4711 (a) b (c)) S 1 4700 4699 0 -1 4194560 5121 0 3 0 150 25 7 9 20 0 3 0 88112 98304000 2048 "
    "18446744073709551615 1 1 0 0 0 0 0 16781312 16384 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
)


def test_the_fields_are_found_behind_a_command_with_brackets() -> None:
    stat = parse_stat(LINE)

    assert stat == Stat(session=4699, cpu_ticks=175, resident_pages=2048)


def test_our_own_process_is_found_by_its_session() -> None:
    own = Server(port=0, session=os.getsid(0))

    resident = own.resident_bytes()

    assert resident > 1_000_000


def test_one_core_is_the_servers_and_the_rest_is_for_the_load() -> None:
    cores = split_cores({2, 3, 5})

    assert cores == ({2}, {3, 5})


def test_a_single_core_is_shared() -> None:
    cores = split_cores({7})

    assert cores == ({7}, {7})
