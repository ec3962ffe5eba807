"""A session at the office that asks every operation once: what is asked and answered becomes the document's examples.

Whatever it writes about a real place is what the register already holds, so that trying the page changes nothing;
whatever it makes up is called Contoh (example). `{name}` stands for an id that an earlier answer gave.
"""

from tests.docs.session.access import ACCESS
from tests.docs.session.changes import CHANGES
from tests.docs.session.cooperatives import COOPERATIVES, LEGALITY
from tests.docs.session.exchange import IMPORTS, OUTBOX
from tests.docs.session.farewell import FAREWELL
from tests.docs.session.index import INDEX
from tests.docs.session.operation import OPERATION
from tests.docs.session.places import REGIONS, VILLAGES
from tests.docs.session.reports import REPORTS
from tests.docs.session.step import Step
from tests.docs.session.subscriptions import SUBSCRIPTIONS
from tests.docs.session.trainings import TRAININGS
from tests.docs.session.ukms_and_groups import GROUPS, UKMS

SESSION: tuple[Step, ...] = (
    *REGIONS,
    *VILLAGES,
    *COOPERATIVES,
    *LEGALITY,
    *UKMS,
    *GROUPS,
    *TRAININGS,
    *INDEX,
    *REPORTS,
    *CHANGES,
    *SUBSCRIPTIONS,
    *OUTBOX,
    *IMPORTS,
    *FAREWELL,
    *ACCESS,
    *OPERATION,
)
