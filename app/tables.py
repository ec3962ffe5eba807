"""Every table of every feature, imported once so that migrations and constraint names know them all."""

import app.access.tables
import app.database.ledgers
import app.groups.tables
import app.regions.tables
import app.villages.tables  # noqa: F401  # imported for what they declare
