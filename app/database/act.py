"""An act is who does something and when: every transaction has one, for the audit trail and rules about time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """One deed of one actor.

    `at` is a canonical instant and `today` the calendar day of the office at that instant; `reach` is the code
    prefix beyond which nothing exists for this actor (empty: everywhere).
    """

    at: str
    today: str
    actor: str
    actor_name: str
    role: str
    action: str
    request_id: str
    address: str | None = None
    reach: str = ""

    def reaches(self, code: str) -> bool:
        """Whether a village or region code lies within the actor's own region."""
        return code.startswith(self.reach)
