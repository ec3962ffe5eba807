"""Every table of every feature, imported once so that migrations and constraint names know them all."""

import app.access.tables
import app.changes.tables
import app.changes.webhooks.tables
import app.cooperatives.legality.tables
import app.cooperatives.tables
import app.database.ledgers
import app.exchange.imports.tables
import app.exchange.operations.tables
import app.groups.tables
import app.index.tables
import app.regions.tables
import app.subjects.tables
import app.trainings.enrolments.tables
import app.trainings.follow_ups.tables
import app.trainings.tables
import app.ukms.tables
import app.villages.tables  # noqa: F401  # imported for what they declare
