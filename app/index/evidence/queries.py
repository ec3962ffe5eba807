"""What the registers hold of a village that an index row can rest on, in its public form: nothing personal."""

from sqlalchemy import bindparam, select

from app.cooperatives.tables import cooperative_members, cooperatives
from app.database import Statement
from app.database.words import Id
from app.ukms.tables import ukms

_here = bindparam("village_id", type_=Id)
_seated = select(cooperatives.c.id).where(cooperatives.c.village_id == _here)
_formed = select(cooperative_members.c.cooperative_id).where(cooperative_members.c.village_id == _here)

cooperatives_of_village = Statement(
    select(cooperatives.c.document)
    .where(cooperatives.c.id.in_(_seated.union(_formed)))
    .order_by(cooperatives.c.name_key, cooperatives.c.id)
)
"""The cooperatives that a village is the seat of or forms together with others, of any stage.

A condition on the stage would let SQLite walk every legal cooperative of the nation instead of the village's few.
"""

ukms_of_village = Statement(
    select(ukms.c.document).where(ukms.c.village_id == _here).order_by(ukms.c.name_key, ukms.c.id)
)
"""The UKM of a village, of any scale."""
