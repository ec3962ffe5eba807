"""The table of milestones against the contract, said once more by hand."""

from app.cooperatives.milestones import (
    CHAIN,
    DATES_IN_ORDER,
    LOAN,
    MILESTONES,
    NUMBERED,
    OUTCOMES,
    RANK,
    REASONED,
    STAGES,
    UNIQUE,
)


def test_the_milestones_stand_in_the_order_of_the_contract() -> None:
    assert [row.name for row in MILESTONES] == [
        *("sosialisasi", "musdesus", "berkas_notaris", "pemesanan_nama", "akta", "pengajuan_sabh", "sk_ahu"),
        *("berita_negara", "npwp", "rekening", "nib", "nik_koperasi", "akun_simkopdes", "gerai", "rat"),
        "pembubaran",
    ]
    assert CHAIN[-1] == "sk_ahu"
    assert len(CHAIN) == 7


def test_the_stages_are_those_of_the_contract() -> None:
    assert (
        *("belum_terbentuk", "terbentuk", "pemesanan_nama", "akta_terbit", "diajukan", "berbadan_hukum"),
        *("dikembalikan", "ditolak", "dibubarkan"),
    ) == STAGES


def test_four_papers_carry_a_number_that_only_one_cooperative_can_hold() -> None:
    assert set(UNIQUE) == NUMBERED == {"sk_ahu", "npwp", "nib", "nik_koperasi"}
    assert {row.name: row.identifier for row in MILESTONES if row.identifier} == {
        "akta": "akta_number",
        "sk_ahu": "sk_number",
        "berita_negara": "bn_number",
        "npwp": "npwp",
        "nib": "nib",
        "nik_koperasi": "nik_koperasi",
    }


def test_what_comes_back_or_is_taken_back_carries_a_reason() -> None:
    assert OUTCOMES == ("achieved", "returned", "rejected", "expired", "revoked")
    assert sorted(REASONED) == ["rejected", "returned", "revoked"]


def test_subsets_keep_the_order_of_the_table() -> None:
    for names in (LOAN, DATES_IN_ORDER, UNIQUE):
        assert list(names) == sorted(names, key=lambda name: RANK[name])
    assert [row.name for row in MILESTONES if row.yearly] == ["rat"]


def test_every_row_but_the_account_names_its_regulation() -> None:
    assert [row.name for row in MILESTONES if not row.regulation] == ["akun_simkopdes"]
