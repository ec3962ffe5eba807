"""A register is a table whose rows carry their own published representation, ready as JSON text beside the columns.

Law: the representation changes only here, with the version, the change record and the audit row, in one
transaction. So reading is sending text, and what the feed tells is what a reader saw.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, Table, bindparam, delete, insert, select, update

from app.database.act import Act
from app.database.differing import differences
from app.database.face import Database, Transaction
from app.database.failures import Outrun
from app.database.keyed import Keyed
from app.database.looked_up import looked_up
from app.database.readings import Reading
from app.database.record import Argument, Recorded, Write, followers
from app.database.statement import Statement, one_of

State = dict[str, Any]
"""A row in the form JSON shows: every published field with its value, personal ones unmasked."""

_TIMES = ("version", "created_at", "updated_at")


@dataclass(frozen=True, eq=False)
class Register:
    """What the kernel must know of one kind of thing to read it, list it and record its changes.

    `fields` are the published fields in their order; a field with a column of its own name fills that column.
    `derive` gives the columns that are no field (a folded name, a sorting key). `personal` fields are null in
    the stored representation and joined to it only for a reader who may see them. `beside` columns belong to
    the state but are not published. `key` addresses a row and may change, `identity` never does.
    """

    type: str
    table: Table
    fields: tuple[str, ...]
    key: str = "id"
    identity: str = "id"
    derive: Callable[[State], Mapping[str, Any]] = field(default=lambda state: {})
    personal: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    village_code: str | None = "village_code"

    @cached_property
    def key_column(self) -> Column[Any]:
        """The column that addresses a row."""
        return self.table.columns[self.key]

    @cached_property
    def _identity_column(self) -> Column[Any]:
        return self.table.columns[self.identity]

    @property
    def published(self) -> tuple[Column[Any], ...]:
        """What a reading statement selects: version, representation, then what a state needs besides."""
        return (
            self.table.columns.version,
            self.table.columns.document,
            *(self.table.columns[name] for name in (*self.personal, *self.beside)),
        )

    @cached_property
    def one(self) -> Keyed:
        """The published columns of the row with a key."""
        return Keyed(select(*self.published), self.key_column)

    @cached_property
    def _one_now(self) -> Statement:
        return Statement(
            select(*self.published).where(self.key_column == bindparam("key", type_=self.key_column.type))
        )

    @cached_property
    def _one_held(self) -> Statement:
        # No key update: rows that refer to this one may still be written beside it.
        held = select(*self.published).with_for_update(key_share=True)
        return Statement(held.where(self.key_column == bindparam("key", type_=self.key_column.type)))

    @cached_property
    def _many_held(self) -> Statement:
        # In the order of their keys, so that two who hold many never wait for each other.
        held = select(*self.published).order_by(self.key_column).with_for_update(key_share=True)
        return Statement(held.where(one_of(self.key_column, "keys")))

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.table.columns)

    @cached_property
    def _arguments(self) -> tuple[tuple[str, str], ...]:
        return tuple((f"new_{name}", name) for name in self._columns)

    @cached_property
    def _compared(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name not in _TIMES)

    @cached_property
    def _insert(self) -> Recorded:
        def write(argument: Argument) -> Write:
            return insert(self.table).from_select(self._columns, select(*self._new(argument).values()))

        return Recorded(write, identity=self._identity_column)

    @cached_property
    def _update(self) -> Recorded:
        return self._updating(frozenset(self._columns) - {"created_at"})

    @cached_property
    def _update_in_place(self) -> Recorded:
        return self._updating(frozenset(self._columns) - {"created_at"} - self._looked_up)

    def _updating(self, names: frozenset[str]) -> Recorded:
        def write(argument: Argument) -> Write:
            written = {name: new for name, new in self._new(argument).items() if name in names}
            return update(self.table).where(*self._expected(argument)).values(written)

        return Recorded(write, identity=self._identity_column)

    @cached_property
    def _looked_up(self) -> frozenset[str]:
        return looked_up(self.table) - set(_TIMES)

    @cached_property
    def _delete(self) -> Recorded:
        def write(argument: Argument) -> Write:
            return delete(self.table).where(*self._expected(argument))

        return Recorded(write, identity=self._identity_column)

    def _new(self, argument: Argument) -> dict[str, ColumnElement[Any]]:
        return {name: argument(f"new_{name}", self.table.columns[name].type) for name in self._columns}

    def _expected(self, argument: Argument) -> tuple[ColumnElement[bool], ...]:
        version = self.table.columns.version
        return (
            self._identity_column == argument("identity", self._identity_column.type),
            version == argument("expected", version.type),
        )

    def state(self, row: Any) -> State:
        """The whole state of a published row, personal fields in the clear."""
        state: State = orjson.loads(row[1])
        state.pop("masked", None)
        # A list's rows carry their place in the order behind these columns.
        state.update(zip((*self.personal, *self.beside), row[2:], strict=False))
        return state

    def reveals(self, state: State, reach: str | None) -> bool:
        """Whether a reader whose personal reach is that code prefix (None: nowhere) may see this state in the clear."""
        if reach is None or not self.personal:
            return False
        code = None if self.village_code is None else state.get(self.village_code)
        return not reach or (code is not None and code.startswith(reach))

    def clear_document(self, state: State) -> bytes:
        """The representation with its personal fields, for a reader who may see them."""
        return orjson.dumps({**{name: state.get(name) for name in self.fields}, "masked": []})

    def reading(self, state: State) -> Reading:
        """What a reader of this state in the clear is shown of people."""
        return Reading(
            type=self.type,
            fields=self.personal,
            id=state[self.identity],
            version=state["version"],
            village_code=None if self.village_code is None else state.get(self.village_code),
            at=state["updated_at"],
        )

    def document(self, state: State) -> str:
        """The public representation of a state: its fields in order, personal ones null and named in `masked`."""
        shown = {name: state.get(name) for name in self.fields}
        if self.personal:
            shown.update(dict.fromkeys(self.personal), masked=list(self.personal))
        return orjson.dumps(shown).decode()

    async def find(self, source: Database | Transaction, key: str) -> State | None:
        """The state of the row with a key, as it is now, or None; held where the unit was outrun before."""
        again = isinstance(source, Transaction) and source.again
        row = await source.row(self._one_held if again else self._one_now, {"key": key})
        return None if row is None else self.state(row)

    async def hold(self, tx: Transaction, key: str) -> State | None:
        """The state of the row with a key, kept from other writers until the end of the transaction, or None.

        For what must be decided on a row that many write at once: they wait their turn instead of outrunning
        one another.
        """
        row = await tx.row(self._one_held, {"key": key})
        return None if row is None else self.state(row)

    async def hold_many(self, tx: Transaction, keys: Collection[str]) -> dict[str, State]:
        """The states of the rows with these keys by key, in its order, all held; a missing one is left out."""
        rows = await tx.fetch(self._many_held, {"keys": sorted(keys)}) if keys else ()
        return {state[self.key]: state for state in map(self.state, rows)}

    async def create(self, tx: Transaction, state: State) -> State:
        """Write a new row at version 1 and give its whole state back."""
        state = {**state, "version": 1, "created_at": tx.act.at, "updated_at": tx.act.at}
        await tx.chain(self._insert, self._values(tx, "created", None, state))
        return state

    async def create_many(self, tx: Transaction, states: Sequence[State]) -> None:
        """Write many new rows at version 1, each with its change record and audit row."""
        times = {"version": 1, "created_at": tx.act.at, "updated_at": tx.act.at}
        await tx.chain_many(self._insert, [self._values(tx, "created", None, {**s, **times}) for s in states])

    async def update(self, tx: Transaction, old: State, new: State) -> State:
        """Write a changed row one version up, if it is still at the version of `old`; raises `Outrun` otherwise.

        A state that shows nothing new is left alone: no version, no change, no audit row.
        """
        if self.alike(old, new):
            return old
        state = self._next(tx.act, old, new)
        values = self._values(tx, "updated", old, state)
        await tx.chain(self._update_of([(old, values)]), values)
        return state

    async def update_many(self, tx: Transaction, pairs: Sequence[tuple[State, State]]) -> int:
        """Write many changed rows, each once, as `update` does; gives how many showed something new.

        Raises `Outrun` if any is no longer at the version of its old state: the unit then begins anew.
        """
        changed = [
            (old, self._values(tx, "updated", old, self._next(tx.act, old, new)))
            for old, new in pairs
            if not self.alike(old, new)
        ]
        if await tx.chain_many(self._update_of(changed), [values for _, values in changed]) < len(changed):
            raise Outrun
        return len(changed)

    def _update_of(self, changed: Sequence[tuple[State, Mapping[str, Any]]]) -> Recorded:
        for old, values in changed:
            was = {**old, **self.derive(old)}
            if any(was.get(name) != values[f"new_{name}"] for name in self._looked_up):
                return self._update
        return self._update_in_place

    def alike(self, old: State, new: State) -> bool:
        """Whether a state shows nothing new."""
        return all(old.get(name) == new.get(name) for name in self._compared)

    def _next(self, act: Act, old: State, new: State) -> State:
        version = old["version"] + 1
        return {**new, "version": version, "created_at": old["created_at"], "updated_at": act.at}

    async def delete(self, tx: Transaction, old: State) -> None:
        """Remove a row that is still at the version of `old`; raises `Outrun` otherwise."""
        await tx.chain(self._delete, self._values(tx, "deleted", old, None))

    def _values(
        self, tx: Transaction, operation: str, old: State | None, new: State | None
    ) -> Mapping[str, Any]:
        state = new or old or {}
        here, there = self._place(state), self._place(old or state)
        document = None if new is None else self.document(new)
        before, after = differences(self._compared, self.personal, tx.audit_key, old, new)
        recorded = followers(
            tx.act,
            type=self.type,
            resource_id=state[self.identity],
            operation=operation,
            version=state["version"] + (new is None),
            village_code=here,
            village_code_before=None if there == here else there,
            data=document,
            before=before,
            after=after,
        )
        recorded["identity"] = (old or state)[self.identity]
        recorded["expected"] = (old or state)["version"]
        if new is not None:
            columns = {**new, **self.derive(new), "document": document}
            for argument, name in self._arguments:
                recorded[argument] = columns.get(name)
        return recorded

    def _place(self, state: State) -> str | None:
        return None if self.village_code is None else state.get(self.village_code)
