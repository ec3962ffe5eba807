"""A register is a table whose rows carry their own published representation, ready as JSON text beside the columns.

Law: the representation changes only here, with the version, the change record and the audit row, in one
transaction. So reading is sending text, and what the feed tells is what a reader saw.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import Column, ColumnElement, Table, bindparam, delete, insert, select, update

from app.database.act import Act
from app.database.face import Database, Transaction
from app.database.failures import Outrun
from app.database.record import Recorded, followers
from app.database.statement import Keyed, Statement

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
    def _columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.table.columns)

    @cached_property
    def _insert(self) -> Recorded:
        return Recorded(insert(self.table).values({name: self._new(name) for name in self._columns}))

    @cached_property
    def _update(self) -> Recorded:
        written = {name: self._new(name) for name in self._columns if name != "created_at"}
        return Recorded(update(self.table).where(*self._expected()).values(written))

    @cached_property
    def _delete(self) -> Recorded:
        return Recorded(delete(self.table).where(*self._expected()))

    def _new(self, name: str) -> ColumnElement[Any]:
        return bindparam(f"new_{name}", type_=self.table.columns[name].type)

    def _expected(self) -> tuple[ColumnElement[bool], ...]:
        return (
            self._identity_column == bindparam("identity", type_=self._identity_column.type),
            self.table.columns.version == bindparam("expected", type_=self.table.columns.version.type),
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

    async def create(self, tx: Transaction, state: State) -> State:
        """Write a new row at version 1 and give its whole state back."""
        state = {**state, "version": 1, "created_at": tx.act.at, "updated_at": tx.act.at}
        await tx.chain(self._insert, self._values(tx.act, "created", None, state))
        return state

    async def create_many(self, tx: Transaction, states: Sequence[State]) -> None:
        """Write many new rows at version 1, each with its change record and audit row."""
        times = {"version": 1, "created_at": tx.act.at, "updated_at": tx.act.at}
        await tx.chain_many(
            self._insert, [self._values(tx.act, "created", None, {**s, **times}) for s in states]
        )

    async def update(self, tx: Transaction, old: State, new: State) -> State:
        """Write a changed row one version up, if it is still at the version of `old`; raises `Outrun` otherwise.

        A state that shows nothing new is left alone: no version, no change, no audit row.
        """
        if all(old.get(name) == new.get(name) for name in self.fields if name not in _TIMES):
            return old
        state = {
            **new,
            "version": old["version"] + 1,
            "created_at": old["created_at"],
            "updated_at": tx.act.at,
        }
        values = self._values(tx.act, "updated", old, state)
        if not await tx.chain(
            self._update, {**values, "identity": old[self.identity], "expected": old["version"]}
        ):
            raise Outrun
        return state

    async def delete(self, tx: Transaction, old: State) -> None:
        """Remove a row that is still at the version of `old`; raises `Outrun` otherwise."""
        values = self._values(tx.act, "deleted", old, None)
        if not await tx.chain(
            self._delete, {**values, "identity": old[self.identity], "expected": old["version"]}
        ):
            raise Outrun

    def _values(self, act: Act, operation: str, old: State | None, new: State | None) -> Mapping[str, Any]:
        state = new or old or {}
        document = None if new is None else self.document(new)
        before, after = self._differences(old, new)
        recorded = followers(
            act,
            type=self.type,
            resource_id=state[self.identity],
            operation=operation,
            version=state["version"] + (new is None),
            village_code=None if self.village_code is None else state.get(self.village_code),
            data=document,
            before=before,
            after=after,
        )
        if new is None:
            return recorded
        columns = {**new, **self.derive(new), "document": document}
        return {**recorded, **{f"new_{name}": columns.get(name) for name in self._columns}}

    def _differences(self, old: State | None, new: State | None) -> tuple[str | None, str | None]:
        sides = (old, new)
        names = [name for name in self.fields if name not in _TIMES and _at(old, name) != _at(new, name)]
        before, after = ({name: self._told(name, _at(side, name)) for name in names} for side in sides)
        return (
            None if old is None else orjson.dumps(before).decode(),
            None if new is None else orjson.dumps(after).decode(),
        )

    def _told(self, name: str, value: Any) -> Any:
        # The trail says that a personal value was set or changed, never what it was.
        return value if value is None or name not in self.personal else "(personal)"


def _at(state: State | None, name: str) -> Any:
    return None if state is None else state.get(name)
