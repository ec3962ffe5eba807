"""The way of a village cooperative to its legal papers, as a table: one row a milestone, in the order of the law.

Seven steps lead to the decree that makes it a legal body (Juklak Menkop 1/2025, chapter IV and annex 4); what
comes after may come in any order. Where the table names no regulation, none was found that lays the step down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One row.

    `stage`: the legality stage that its achievement gives; None where it has none of its own.
    `identifier`: the field under which its number is shown; None where no number of it is shown.
    `numbered`: an achievement must carry the number. `unique`: no two cooperatives can hold the same number.
    `yearly`: several achievements are normal, and ending one leaves those of earlier years.
    """

    name: str
    regulation: str | None
    stage: str | None = None
    identifier: str | None = None
    numbered: bool = False
    unique: bool = False
    yearly: bool = False


_TO_THE_DECREE = (
    Milestone(name="sosialisasi", regulation="Inpres 9/2025, Diktum KETUJUH"),
    Milestone(
        name="musdesus", stage="terbentuk", regulation="Juklak Menkop 1/2025, Bab IV; SE Mendes PDT 6/2025"
    ),
    Milestone(name="berkas_notaris", regulation="Juklak Menkop 1/2025, Bab IV, Lampiran 4"),
    Milestone(name="pemesanan_nama", stage="pemesanan_nama", regulation="Permenkum 13/2025, Pasal 7"),
    Milestone(
        name="akta",
        stage="akta_terbit",
        regulation="Juklak Menkop 1/2025, Bab IV, Lampiran 4",
        identifier="akta_number",
    ),
    Milestone(name="pengajuan_sabh", stage="diajukan", regulation="Permenkum 13/2025"),
    Milestone(
        name="sk_ahu",
        stage="berbadan_hukum",
        regulation="UU 25/1992, Pasal 10; Permenkum 13/2025",
        identifier="sk_number",
        numbered=True,
        unique=True,
    ),
)
_AFTER_THE_DECREE = (
    Milestone(name="berita_negara", regulation="UU 25/1992, Pasal 10", identifier="bn_number"),
    Milestone(
        name="npwp",
        regulation="PMK 112/2022; PMK 49/2025, Pasal 6",
        identifier="npwp",
        numbered=True,
        unique=True,
    ),
    Milestone(name="rekening", regulation="PMK 49/2025, Pasal 6"),
    Milestone(name="nib", regulation="PMK 49/2025, Pasal 6", identifier="nib", numbered=True, unique=True),
    Milestone(
        name="nik_koperasi",
        regulation="PMK 49/2025, Pasal 6",
        identifier="nik_koperasi",
        numbered=True,
        unique=True,
    ),
    Milestone(name="akun_simkopdes", regulation=None),
    Milestone(name="gerai", regulation="Inpres 9/2025, Diktum KEDUA; Juklak Menkop 1/2025, Bab IV"),
    Milestone(name="rat", regulation="UU 25/1992, Pasal 26", yearly=True),
)
_END = Milestone(name="pembubaran", stage="dibubarkan", regulation="UU 25/1992, Pasal 46")

MILESTONES = (*_TO_THE_DECREE, *_AFTER_THE_DECREE, _END)
"""All of them; at the same time an event of an earlier row comes before one of a later row."""

RANK: Mapping[str, int] = MappingProxyType({row.name: rank for rank, row in enumerate(MILESTONES)})
BY_NAME: Mapping[str, Milestone] = MappingProxyType({row.name: row for row in MILESTONES})
CHAIN = tuple(row.name for row in _TO_THE_DECREE)
"""The steps whose order is the law's, up to the decree."""

FURTHEST_FIRST = tuple((row.name, row.stage) for row in reversed(_TO_THE_DECREE) if row.stage)
"""The steps that give a stage, from the furthest down."""

UNFORMED = "belum_terbentuk"
"""The stage before any step that gives one."""

SENT_BACK: Mapping[str, str] = MappingProxyType({"returned": "dikembalikan", "rejected": "ditolak"})
"""The stage that a return or a refusal of a step in the chain gives."""

STAGES = (
    UNFORMED,
    *(stage for _, stage in reversed(FURTHEST_FIRST)),
    *SENT_BACK.values(),
    "dibubarkan",
)
"""Every legality stage, in the order in which a report shows them."""

OUTCOMES = ("achieved", "returned", "rejected", "expired", "revoked")
REASONED = frozenset({"returned", "rejected", "revoked"})
"""The outcomes that must carry a reason (a refusal is in writing and gives reasons: UU 25/1992, Pasal 10)."""

NUMBERED = frozenset(row.name for row in MILESTONES if row.numbered)
UNIQUE = tuple(row.name for row in MILESTONES if row.unique)
"""The kinds of numbers over which two cooperatives can be in conflict."""

LOAN = ("sk_ahu", "npwp", "rekening", "nib", "nik_koperasi")
"""What a loan asks for, in milestone order, as far as papers go (PMK 49/2025, Pasal 6)."""

DATES_IN_ORDER = ("sosialisasi", "musdesus", "akta", "sk_ahu")
"""Steps of which none may bear an earlier day than the one before it."""

OF_A_LEGAL_BODY = ("npwp", "nib", "nik_koperasi")
"""Numbers that only a legal body is given; a cooperative that existed before Merah Putih has older ones."""

NEWLY_FORMED = "pembentukan_baru"
"""The formation method of a cooperative that did not exist before."""
