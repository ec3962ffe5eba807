"""Everything whose waiting is measured, gathered from the features."""

from app.access.audit.sealing import UNSEALED
from app.changes.webhooks.queries import UNDELIVERED
from app.database.ages import FEED, Age
from app.exchange.imports.keeping import UNFINISHED

AGES: tuple[Age, ...] = (FEED, UNSEALED, UNFINISHED, UNDELIVERED)
