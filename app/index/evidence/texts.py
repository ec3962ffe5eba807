"""How each row is read from our registers, in both languages: what is counted, and what we do not hold."""

from collections.abc import Mapping
from types import MappingProxyType

from app.index.editions import Text

BASIS: Mapping[str, Text] = MappingProxyType(
    {
        "ike_01": Text(
            en=(
                "Counted: UKM of scale mikro that make something (by KBLI section C, or without a KBLI by the"
                " products they name), per household. Uncertain are those whose scale, or whose trade, the register"
                " does not tell. From 0.003 to 0.004, where the printed bands leave a gap, the score is 3."
            ),
            id=(
                "Yang dihitung: UKM berskala mikro yang memproduksi (menurut KBLI kategori C, atau tanpa KBLI menurut"
                " produk yang disebutkan), dibagi jumlah keluarga. Yang belum pasti adalah UKM yang skala atau"
                " usahanya belum tercatat. Antara 0,003 dan 0,004, celah pada rentang resmi, skornya 3."
            ),
        ),
        "ike_08": Text(
            en=(
                "Counted: the active savings and loan units of legal cooperatives, together one kind of credit."
                " KUR, KKPE and KUK are in no register of ours, so more kinds may be available."
            ),
            id=(
                "Yang dihitung: unit simpan pinjam aktif dari koperasi berbadan hukum, bersama-sama satu jenis"
                " kredit. KUR, KKPE, dan KUK tidak ada dalam register kami, sehingga jenisnya mungkin lebih banyak."
            ),
        ),
        "ike_09": Text(
            en=(
                "Counted: cooperatives with a decree (SK AHU) that are not dissolved, in every village that forms"
                " them. BUMDes are in no register of ours, so more institutions may exist."
            ),
            id=(
                "Yang dihitung: koperasi dengan SK AHU yang tidak dibubarkan, di setiap desa yang membentuknya."
                " BUMDes tidak ada dalam register kami, sehingga lembaganya mungkin lebih banyak."
            ),
        ),
    }
)
