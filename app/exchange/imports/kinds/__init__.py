"""The kinds of things that can be imported, by their name in the address."""

from collections.abc import Mapping

from app.exchange.imports.kind import Kind
from app.exchange.imports.kinds.cooperatives import COOPERATIVES
from app.exchange.imports.kinds.idm import IDM
from app.exchange.imports.kinds.legality_events import LEGALITY_EVENTS
from app.exchange.imports.kinds.trainings import TRAININGS
from app.exchange.imports.kinds.ukms import UKMS
from app.exchange.imports.kinds.villages import VILLAGES

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (VILLAGES, COOPERATIVES, UKMS, TRAININGS, IDM, LEGALITY_EVENTS)
}
