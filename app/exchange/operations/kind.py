"""What an outbox must know of a type of things to write it by the feature's own verbs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pydantic import BaseModel, TypeAdapter

from app.database import Transaction
from app.database.register import Register, State
from app.exchange.operations.expecting import ABSENT, standing
from app.http.conditional import Expectation
from app.http.fields import Identifier
from app.http.problems import Conflict

Action = Literal["create", "update", "delete"]
ACTIONS: frozenset[str] = frozenset(get_args(Action))
Address = tuple[Any, ...]
Verb = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind:
    """One type: `new` is told by a create, `change` by an update, either checked as the single endpoint's body.

    `address` are the parts of a `resource_id` between its slashes, `form` says them to people. `whole` is what a
    merge patch makes of the thing; without one an update replaces the whole record, as PUT does. `named` are the
    fields of `new` that the address fills. `said` gives a representation in the words of the body.
    """

    register: Register
    permissions: Mapping[Action, str]
    address: tuple[TypeAdapter[Any], ...]
    form: str
    new: type[BaseModel]
    change: type[BaseModel]
    whole: type[BaseModel] | None
    own_id: bool
    named: tuple[str, ...] = ()
    said: Callable[[State], State] = lambda state: state
    find: Callable[[Transaction, Address], Awaitable[State | None]]
    create: Callable[[Transaction, Address, Any], Awaitable[State]]
    amend: Callable[[Transaction, Address, Any, Expectation | None, str | None], Awaitable[State]]
    remove: Callable[[Transaction, Address, Expectation | None], Awaitable[State]]


ID: TypeAdapter[Any] = TypeAdapter(Identifier)


def _always(permission: str) -> Mapping[Action, str]:
    return {"create": permission, "update": permission, "delete": permission}


def with_id(
    register: Register,
    permission: str,
    *,
    models: tuple[type[BaseModel], type[BaseModel], type[BaseModel]],
    verbs: tuple[Verb, Verb, Verb],
    below: str = "",
    masks: bool = False,
) -> Kind:
    """A type whose things have an id that the client makes, perhaps below another thing.

    `models` are those of a new thing, of a patch, and of what a patch leaves; `masks` says that the verb of the patch
    wants to know which personal fields its caller may see.
    """
    create, amend, remove = verbs
    new, change, whole = models

    async def created(tx: Transaction, address: Address, told: Any) -> State:
        *above, id = address
        if await register.find(tx, id) is not None:
            raise Conflict("operation.exists", pointer="/path/id")
        state: State = await create(tx, *above, told, id=id)
        return state

    async def amended(
        tx: Transaction, address: Address, told: Any, expected: Expectation | None, reach: str | None
    ) -> State:
        state: State = await amend(tx, *address, told, expected, *((reach,) if masks else ()))
        return state

    async def removed(tx: Transaction, address: Address, expected: Expectation | None) -> State:
        state: State = await remove(tx, *address, expected)
        return state

    return Kind(
        register=register,
        permissions=_always(permission),
        address=(ID, ID) if below else (ID,),
        form=f"<{below}>/<id>" if below else "<id>",
        new=new,
        change=change,
        whole=whole,
        own_id=True,
        find=lambda tx, address: register.find(tx, address[-1]),
        create=created,
        amend=amended,
        remove=removed,
    )


def of_a_year(
    register: Register,
    permission: str,
    model: type[BaseModel],
    *,
    address: tuple[TypeAdapter[Any], TypeAdapter[Any]],
    form: str,
    find: Callable[[Transaction, Address], Awaitable[State | None]],
    verbs: tuple[Verb, Verb],
    said: Callable[[State], State] = lambda state: state,
) -> Kind:
    """A type whose things are the years of another, written whole."""
    put, remove = verbs

    async def created(tx: Transaction, address: Address, told: Any) -> State:
        state: State = (await put(tx, *address, told, ABSENT)).state
        return state

    async def amended(
        tx: Transaction, address: Address, told: Any, expected: Expectation | None, reach: str | None
    ) -> State:
        state: State = (await put(tx, *address, told, standing(register.type, expected))).state
        return state

    async def removed(tx: Transaction, address: Address, expected: Expectation | None) -> State:
        state: State = await remove(tx, *address, expected)
        return state

    return Kind(
        register=register,
        permissions=_always(permission),
        address=address,
        form=form,
        new=model,
        change=model,
        whole=None,
        own_id=False,
        said=said,
        find=find,
        create=created,
        amend=amended,
        remove=removed,
    )
