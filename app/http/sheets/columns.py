"""The columns of a sheet follow from the documented shape: what is nested has a column a field, a list one cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name that programs know it by, and where in a row its value is."""

    name: str
    path: tuple[str, ...]

    def of(self, row: Row) -> Any:
        """The value in a row; null where what is around it is null."""
        value: Any = row
        for step in self.path:
            if value is None:
                return None
            value = value.get(step)
        return value

    @property
    def is_time(self) -> bool:
        """Whether it tells a day or an instant."""
        return self.name.endswith(("_at", "_on")) or self.name in {"as_of", "at", "since"}

    @property
    def is_instant(self) -> bool:
        """Whether it tells an instant, by its name."""
        return self.name.endswith("_at") or self.name == "at"

    @property
    def is_money(self) -> bool:
        """Whether it tells rupiah."""
        return self.name.endswith("_idr")


def named(*names: str) -> tuple[Column, ...]:
    """The columns of rows that are flat already."""
    return tuple(Column(name, (name,)) for name in names)


@cache
def columns_of(model: type[BaseModel]) -> tuple[Column, ...]:
    """The columns of what has this shape, in its order: `published_idm` is the `idm` in `published`."""
    columns: list[Column] = []
    for attribute, field in model.model_fields.items():
        name = field.serialization_alias or field.alias or attribute
        nested = _nested(field.annotation)
        if nested is None:
            columns.append(Column(name, (name,)))
        else:
            columns += [Column(f"{name}_{one.name}", (name, *one.path)) for one in columns_of(nested)]
    return tuple(columns)


def item_of(page: type[BaseModel]) -> type[BaseModel]:
    """The shape of the items in a page of a list."""
    item: type[BaseModel] = get_args(page.model_fields["items"].annotation)[0]
    return item


def _nested(annotation: Any) -> type[BaseModel] | None:
    if get_origin(annotation) is Annotated:
        return _nested(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        some = [one for one in get_args(annotation) if one is not type(None)]
        return _nested(some[0]) if len(some) == 1 else None
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
