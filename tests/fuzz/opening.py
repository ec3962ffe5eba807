"""How every play opens: each deed once, in any order; law: no deed is left to the luck of a short play.

Hypothesis gives each play some of the rules only, which makes long plays strong and leaves short ones without much.
"""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from tests.fuzz.passages import Passages

Deed = Callable[[Passages], object]


def _push(play: Passages) -> None:
    play.push(play.found(0), [("contoh-1", "akta"), ("contoh-1", "akta"), ("contoh-1", "musdesus")])


def _enrol(play: Passages) -> None:
    one, two, three = (play.register(collection, 1) for collection in ("groups", "ukms", "groups"))
    play.enrol(play.announce(0), [one, one, two, three])


def _withdraw(play: Passages) -> None:
    training = play.announce(1)
    play.enrol(training, [play.found(0)])
    play.withdraw(training)


def _remove(play: Passages) -> None:
    group = play.register("groups", 0)
    play.enrol(play.announce(0), [group])
    play.remove(group)
    play.remove(play.register("ukms", 0))


def _amend(play: Passages) -> None:
    group = play.register("groups", 1)
    play.amend(group, late=True)
    play.amend(group, late=False)


def _walk(play: Passages) -> None:
    play.found(1)
    play.found(0)
    play.walk_while_writing("cooperatives", 1)


OPENING: dict[str, Deed] = {
    "amend": _amend,
    "enrol": _enrol,
    "follow": Passages.follow,
    "import": lambda play: play.import_sheet(1, 2),
    "push": _push,
    "recode": lambda play: play.recode(0),
    "remove": _remove,
    "restart": Passages.restart,
    "walk": _walk,
    "withdraw": _withdraw,
}


class Register(Passages):
    """The whole machine."""

    @initialize(order=st.permutations(sorted(OPENING)))
    def each_deed_once(self, order: list[str]) -> None:
        """Whatever they need they make themselves, so any order will do."""
        for name in order:
            OPENING[name](self)
            self.the_api_says_what_the_model_says()
