"""One request as a feature sees it: who asks, the database, and the verbs that turn a state or rows into an answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.requests import Request

from app import clock
from app.database import Act, Database, Transaction
from app.database.face import Row
from app.database.register import Register
from app.http.answers import Answer, Header, Present, representation, variant
from app.http.caller import Caller
from app.http.catalogue import Language, language_of
from app.http.conditional import Expectation, expectation
from app.http.deadlines import Deadline
from app.http.fair_use import Limits, Policy
from app.http.gate import Gate
from app.http.idempotency import Key, key_of
from app.http.presumed import Presumed
from app.http.problems import NotFound, PreconditionRequired, TooLarge, Unreadable
from app.settings import Settings

if TYPE_CHECKING:
    from app.http.operation import Operation

VILLAGE_CODE_LENGTH = 13

S = TypeVar("S")
Verb = Callable[..., Awaitable[S]]


@dataclass(slots=True)
class Place:
    """What every request of a running application shares."""

    settings: Settings
    database: Database
    limits: Limits
    gate: Gate
    fair_use: Policy | None = None
    stopping: bool = False
    present_code: Callable[[Database, str], Awaitable[str]] | None = None
    """Gives the code that a village has now for one that it gave up."""
    verify: Callable[[bytes], Awaitable[Caller]] | None = None
    """Reads the caller out of a token that another house signed, where one is trusted."""
    constraints: Mapping[str, str] = field(default_factory=dict)
    """What a broken constraint says at the door, by its name: a code and, behind a blank, a pointer."""
    work_waits: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when work was put by that this process may take up at once."""
    used: dict[str, float] = field(default_factory=dict)
    """When tokens were last used, by their hash, until access writes it down."""


class Ask(Request):
    """One request; features take it as a parameter and call its verbs."""

    place: Place
    operation: "Operation"
    caller: Caller
    request_id: str
    raw: dict[bytes, bytes]
    path_values: dict[str, str]
    sent: bytes = b""
    received: bool = False
    limit: Deadline | None = None
    """By when this request must have its answer."""
    inside: bool = False
    """Whether this request has a place at the gate."""
    crowded_out: bool = False
    """Whether it was told to come again, as there was no place."""
    told: Sequence[Header] = ()
    """Headers that every answer to this request bears, whatever it says."""
    presumed: Presumed | None = None
    """By what the caller is presumed to be who he was, as long as that is not proved."""
    source: Database | None = None
    """Where this request reads, if not in the database itself."""
    attempt: Key | None = None
    """Under which the answer of a write is kept, where something other than an Idempotency-Key names the attempt."""

    @property
    def database(self) -> Database:
        """The database of this application, or what stands beside it for a request that only reads."""
        return self.source or self.place.database

    @property
    def language(self) -> Language:
        """The language the caller prefers."""
        return language_of(self.raw.get(b"accept-language", b"").decode("latin-1"))

    @property
    def act(self) -> Act:
        """This request as a deed: who, when, from where."""
        at = clock.now()
        caller = self.caller
        client = self.scope.get("client")
        return Act(
            at=at,
            today=clock.day_of(at, self.place.settings.zone),
            actor=caller.id,
            actor_name=caller.name,
            role=caller.role,
            action=self.operation.name,
            request_id=self.request_id,
            address=client[0] if client else None,
            reach=caller.region,
        )

    @property
    def expected(self) -> Expectation | None:
        """What If-Match expects; raises `PreconditionRequired` where this installation demands it."""
        expected = expectation(self.raw.get(b"if-match"))
        if expected is None and self.place.settings.require_if_match:
            raise PreconditionRequired("request.precondition_required", pointer="/header/If-Match")
        return expected

    @property
    def expected_of_put(self) -> Expectation | None:
        """What If-Match expects of a PUT: demanded only of one that replaces, for what is new has no ETag yet."""
        if b"if-match" in self.raw or not self.place.settings.require_if_match:
            return self.expected
        return Expectation(any=False, versions=frozenset(), missing=True)

    def grant(self, seconds: float) -> None:
        """Give this request that many seconds from now, for what takes longer by its nature: an upload, a wait."""
        if self.limit is not None:
            self.limit.grant(seconds)

    async def aside(self, waiting: Awaitable[S]) -> S:
        """Wait for what takes nothing of ours, as the caller's next packet; another has the place meanwhile."""
        if not self.inside:
            return await waiting
        self.inside = False
        self.place.gate.leave()
        awaited = await waiting
        self.place.gate.again()
        self.inside = True
        return awaited

    async def receive_body(self, limit: int) -> bytes:
        """The whole body; raises `TooLarge` as soon as it is known to be over the limit."""
        if self.received:
            return self.sent
        declared = self.raw.get(b"content-length", b"").lstrip(b"0")
        if declared.isdigit() and (len(declared) > len(str(limit)) or int(declared) > limit):
            raise TooLarge("request.too_large", limit=limit)
        self.sent, self.received = await self.aside(self._pieces(limit)), True
        return self.sent

    async def _pieces(self, limit: int) -> bytes:
        pieces: list[bytes] = []
        size, more = 0, True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise Unreadable("request.incomplete")
            piece, more = message.get("body", b""), message.get("more_body", False)
            size += len(piece)
            if size > limit:
                raise TooLarge("request.too_large", limit=limit)
            pieces.append(piece)
        return b"".join(pieces)

    async def presently(self, query: Any) -> Any:
        """The query with its region as it is called now: a village may be meant by a code it gave up."""
        region = getattr(query, "region", None)
        present_code = self.place.present_code
        if region is None or len(region) < VILLAGE_CODE_LENGTH or present_code is None:
            return query
        return query.model_copy(update={"region": await present_code(self.database, region)})

    async def one(self, register: Register, key: str) -> Answer | None:
        """The thing with a key as this caller may see it, or None."""
        row = await self._row_of(register, key)
        if row is None:
            return None
        if not register.personal:
            return Answer(body=row[1].encode(), etag=str(row[0]))
        reach = self.caller.personal_reach
        if reach is None:
            return variant(row[1].encode(), row[0], clear=False, personal=True)
        return representation(register, register.state(row), reach)

    async def _row_of(self, register: Register, key: str) -> Row | None:
        presumed = self.presumed
        if presumed is None or self.source is not None:
            await self.prove()
            return await self.database.fetch_key(register.one, key)
        self.presumed = None
        row, standing = await self.database.fetch_both(register.one, key, presumed.statement, presumed.key)
        self.caller = presumed.proved(self, standing)
        return row

    async def prove(self) -> None:
        """Read who asks again, if that is only presumed; raises `Unauthenticated`."""
        presumed, self.presumed = self.presumed, None
        if presumed is not None:
            self.caller = presumed.proved(
                self, await self.place.database.fetch_key(presumed.statement, presumed.key)
            )

    async def show(self, register: Register, key: str) -> Answer:
        """The thing with a key, or 404 `<type>.not_found`."""
        answer = await self.one(register, key)
        if answer is None:
            raise NotFound(f"{register.type}.not_found", pointer=f"/path/{self.operation.path_names[0]}")
        return answer

    async def write(self, present: Present, verb: Verb[Any], *told: Any) -> Answer:
        """Run a verb of a service in one transaction and answer with what it gives back.

        An Idempotency-Key on a storing POST is honoured here, in the same transaction.
        """
        key = self.attempt
        if self.operation.stores:
            key = key_of(
                self.raw.get(b"idempotency-key"),
                caller=self.caller.id,
                route=f"{self.method} {self.url_path}",
                query=self.scope["query_string"],
                body=self.sent,
            )
        reach, act = self.caller.personal_reach, self.act

        async def unit(tx: Transaction) -> Answer:
            tx.catches = False  # a verb refuses before it writes
            kept = await key.recall(tx) if key else None
            if kept is not None:
                return kept
            answer = present(await verb(tx, *told), reach)
            if key:
                await key.keep(tx, answer)
            return answer

        answer = await self.database.write(act, unit)
        if answer.reading is not None and answer.reading.at == act.at:
            answer.reading = None  # what it shows is what it wrote, and that has its row
        return answer

    @property
    def url_path(self) -> str:
        """The path as it was matched."""
        path: str = self.scope["path"]
        return path
