"""Who asks: a value that access makes and every rule reads."""

from dataclasses import dataclass

READ = "register:read"
"""The permission of every reading operation that names no other."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One caller; `id` is empty for a stranger without a token.

    `region` is the code prefix the caller may change and read personally (empty: everywhere).
    """

    id: str
    name: str
    role: str
    region: str
    source: str
    permissions: frozenset[str]

    def may(self, permission: str) -> bool:
        """Whether the role includes a permission, written `resource:action`."""
        return permission in self.permissions

    @property
    def personal_reach(self) -> str | None:
        """The code prefix within which personal fields are shown; None: nowhere."""
        return self.region if "personal:read" in self.permissions else None
