"""The sentences and names on the pictures, in English and Bahasa Indonesia; a test asks that both are there."""

from collections.abc import Mapping

from app.http.catalogue import Text

MONTHS = (
    Text("January", "Januari"),
    Text("February", "Februari"),
    Text("March", "Maret"),
    Text("April", "April"),
    Text("May", "Mei"),
    Text("June", "Juni"),
    Text("July", "Juli"),
    Text("August", "Agustus"),
    Text("September", "September"),
    Text("October", "Oktober"),
    Text("November", "November"),
    Text("December", "Desember"),
)

_EVERYWHERE = {
    "everywhere": Text("All regions in the register", "Semua wilayah dalam register"),
    "region": Text("{name} ({code})", "{name} ({code})"),
    "district": Text("{name} district ({code})", "Kecamatan {name} ({code})"),
    "village": Text("Village of {name} ({code})", "Desa/Kelurahan {name} ({code})"),
    "nowhere": Text("Region {code}", "Wilayah {code}"),
    "of": Text("{part} of {whole}", "{part} dari {whole}"),
    "source_idm": Text(
        "Source: Berdaya register; IDM status as published, else as calculated from the scores.",
        "Sumber: register Berdaya; status IDM sebagaimana diterbitkan, jika tidak ada: dihitung dari skor.",
    ),
    "source_legality": Text(
        "Source: Berdaya register, legality ledger of the cooperatives.",
        "Sumber: register Berdaya, buku besar legalitas koperasi.",
    ),
}

_MAP = {
    "map_title": Text("IDM status of the villages, {year}", "Status IDM desa, {year}"),
    "map_title_no_year": Text("IDM status of the villages", "Status IDM desa"),
    "map_subtitle": Text(
        "{region} · n = {whole} villages and kelurahan", "{region} · n = {whole} desa dan kelurahan"
    ),
    "map_desc": Text(
        "Map with a mark for each village, by IDM status. {counts}. In all {whole}; not drawn for want of "
        "coordinates: {unplaced}.",
        "Peta dengan satu tanda per desa menurut status IDM. {counts}. Seluruhnya {whole}; tidak tergambar karena "
        "tanpa koordinat: {unplaced}.",
    ),
    "map_empty": Text(
        "The register holds no village of this region.", "Register tidak memuat desa di wilayah ini."
    ),
    "map_unplaced": Text(
        "No village of this region has coordinates.", "Tidak ada desa di wilayah ini yang memiliki koordinat."
    ),
    "villages": Text("villages", "desa"),
    "measured": Text("With IDM status", "Berstatus IDM"),
    "kelurahan": Text("Kelurahan (not measured)", "Kelurahan (tidak diukur)"),
    "unmeasured": Text("No IDM status", "Tanpa status IDM"),
    "all": Text("All", "Jumlah"),
    "unplaced": Text("Without coordinates, counted", "Tanpa koordinat, terhitung"),
    "unplaced_more": Text("above, not drawn: {count}", "di atas, tidak tergambar: {count}"),
    "north": Text("N", "U"),
    "merged": Text(
        "One mark a square of {side} km: its size shows how many villages, its form the most frequent status.",
        "Satu tanda per petak {side} km: ukurannya menunjukkan jumlah desa, bentuknya status terbanyak.",
    ),
    "left_out": Text(
        "Names left out for want of room: {count}.", "Nama yang tidak dimuat karena tempat: {count}."
    ),
}

_FUNNEL = {
    "funnel_title": Text(
        "Legality of the village cooperatives as of {day}", "Legalitas koperasi desa per {day}"
    ),
    "funnel_subtitle": Text("{region} · n = {whole} cooperatives", "{region} · n = {whole} koperasi"),
    "funnel_desc": Text(
        "Bars from none to all {whole} cooperatives. {counts}.",
        "Batang dari nol sampai seluruh {whole} koperasi. {counts}.",
    ),
    "funnel_empty": Text(
        "The register holds no cooperative of this region.", "Register tidak memuat koperasi di wilayah ini."
    ),
    "reached": Text("Reached at least this stage", "Telah mencapai sekurangnya tahap ini"),
    "papers": Text("Has the paper", "Memiliki dokumen"),
    "apart": Text("Outside these stages", "Di luar tahap tersebut"),
    "count": Text("cooperatives", "koperasi"),
    "at_stage": Text("at it now", "kini di tahap ini"),
    "funnel_note": Text(
        "Who was sent back, refused or dissolved stands apart and in no stage. A paper counts also while its number "
        "is contested.",
        "Yang dikembalikan, ditolak, atau dibubarkan dihitung tersendiri, tidak dalam tahap mana pun. Dokumen "
        "dihitung juga selama nomornya disengketakan.",
    ),
    "terbentuk": Text("Formed (village assembly)", "Terbentuk (musyawarah desa)"),
    "pemesanan_nama": Text("Name booked", "Nama dipesan"),
    "akta_terbit": Text("Deed issued", "Akta notaris terbit"),
    "diajukan": Text("Filed for the decree (SABH)", "Diajukan ke SABH"),
    "berbadan_hukum": Text("Legal body (SK AHU)", "Berbadan hukum (SK AHU)"),
    "belum_terbentuk": Text("Not formed yet", "Belum terbentuk"),
    "dikembalikan": Text("Sent back", "Dikembalikan"),
    "ditolak": Text("Refused", "Ditolak"),
    "dibubarkan": Text("Dissolved", "Dibubarkan"),
    "npwp": Text("NPWP (tax number)", "NPWP (nomor pajak)"),
    "rekening": Text("Bank account", "Rekening bank"),
    "nib": Text("NIB (business number)", "NIB (nomor induk berusaha)"),
    "nik_koperasi": Text("NIK koperasi (registration)", "NIK koperasi (nomor induk)"),
    "loan_ready": Text("Ready for a loan (all of them)", "Siap pinjaman (semuanya)"),
}

_FLOWS = {
    "flows_title": Text("IDM status, {start} to {end}", "Status IDM, {start} ke {end}"),
    "flows_subtitle": Text(
        "{region} · n = {whole} villages with a status in both years",
        "{region} · n = {whole} desa berstatus pada kedua tahun",
    ),
    "flows_desc": Text(
        "Flows of villages between the statuses of two years. {counts}.",
        "Arus desa antarstatus pada dua tahun. {counts}.",
    ),
    "flows_empty": Text(
        "No village of this region has a status in both years.",
        "Tidak ada desa di wilayah ini yang berstatus pada kedua tahun.",
    ),
    "better": Text("Higher", "Naik"),
    "same": Text("Unchanged", "Tetap"),
    "worse": Text("Lower", "Turun"),
    "one_flow": Text("{start} to {end}: {count}", "{start} ke {end}: {count}"),
    "table": Text(
        "Villages by status of {start} (rows) and {end} (columns)",
        "Desa menurut status {start} (baris) dan {end} (lajur)",
    ),
    "total": Text("Total", "Jumlah"),
    "one_year": Text(
        "Measured in {start} only: {first}; in {end} only: {last}; neither is in the flows.",
        "Diukur hanya pada {start}: {first}; hanya pada {end}: {last}; keduanya tidak termasuk arus.",
    ),
    "status_unknown": Text(
        "Measured in both years, but without a status in one, and so not in the flows: {count}.",
        "Diukur pada kedua tahun tetapi tanpa status pada salah satunya, tidak termasuk arus: {count}.",
    ),
}

SENTENCES: Mapping[str, Text] = {**_EVERYWHERE, **_MAP, **_FUNNEL, **_FLOWS}
