"""What the fields of UKM and of their years are called."""

from app.http.sheets.labels import label

label(
    {
        "name": ("UKM", "Nama UKM"),
        "owner_kind": ("Owner is", "Jenis pemilik"),
        "owner_name": ("Owner", "Nama pemilik"),
        "members": ("Members", "Jumlah anggota"),
        "founded_on": ("Founded", "Tanggal berdiri"),
        "kbli": ("KBLI", "KBLI"),
        "products": ("Products", "Produk"),
        "certificates": ("Certificates", "Sertifikat"),
        "market_reach": ("Market reach", "Jangkauan pasar"),
        "channels": ("Sales channels", "Saluran penjualan"),
        "channel": ("Sales channel", "Saluran penjualan tertentu"),
        "capital_idr": ("Capital (Rp)", "Modal (Rp)"),
        "scale": ("Scale", "Skala usaha"),
        "scale_basis": ("Scale judged by", "Dasar skala usaha"),
    },
    kind="ukm",
)

label(
    {
        "sales_idr": ("Sales (Rp)", "Penjualan (Rp)"),
        "assets_idr": ("Assets (Rp)", "Aset (Rp)"),
        "workers_male": ("Workers, men", "Pekerja laki-laki"),
        "workers_female": ("Workers, women", "Pekerja perempuan"),
        "village_fund_support_idr": ("Support from the village fund (Rp)", "Bantuan dana desa (Rp)"),
        "independence": ("Independence of support", "Kemandirian dari bantuan"),
    },
    kind="ukm_year",
)

label(
    {
        "ukm_id": ("Id of the UKM", "Id UKM"),
    },
)
