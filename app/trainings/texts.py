"""What problems about trainings, enrolments and follow-ups say."""

from app.http.catalogue import speak

speak(
    {
        "training.not_found": ("There is no such training here.", "Pelatihan ini tidak ada di sini."),
        "training.in_use": (
            "The training cannot be deleted: `references` names its enrolments and follow-ups.",
            "Pelatihan tidak dapat dihapus: `references` menyebut peserta dan tindak lanjutnya.",
        ),
        "training.starts_in_another_year": (
            "The training starts in another year than its `year`.",
            "Pelatihan mulai pada tahun yang berbeda dari `year`.",
        ),
        "training.ends_before_it_starts": (
            "The training ends before it starts.",
            "Pelatihan berakhir sebelum dimulai.",
        ),
        "training.not_over": (
            "A training is `selesai` only once it is over.",
            "Pelatihan baru `selesai` setelah berakhir.",
        ),
        "training.dana_desa_kelurahan": (
            "A kelurahan is never paid by dana desa.",
            "Kelurahan tidak pernah dibiayai dana desa.",
        ),
        "training.quota_below_enrolled": (
            "The quota cannot be lower than the {enrolled} place(s) already taken.",
            "Kuota tidak boleh kurang dari {enrolled} tempat yang sudah terisi.",
        ),
        "training.places": (
            "A training has no more enrolments than places.",
            "Peserta pelatihan tidak melebihi kuotanya.",
        ),
        "training.full": (
            "All {quota} place(s) of the training are taken.",
            "Semua {quota} tempat pelatihan sudah terisi.",
        ),
        "training.cancelled": (
            "The training was cancelled; nobody can be enrolled.",
            "Pelatihan dibatalkan; tidak dapat menerima peserta.",
        ),
        "training.already_enrolled": (
            "This party is enrolled in the training already.",
            "Pihak ini sudah terdaftar pada pelatihan.",
        ),
        "enrolment.one_party": (
            "Name exactly one of `ukm_id`, `group_id` and `cooperative_id`.",
            "Sebutkan tepat satu dari `ukm_id`, `group_id`, dan `cooperative_id`.",
        ),
        "enrolment.not_found": (
            "There is no such enrolment in this training.",
            "Peserta ini tidak ada pada pelatihan ini.",
        ),
        "enrolment.party_enrolled": (
            "It is enrolled in a training.",
            "Pihak ini terdaftar pada sebuah pelatihan.",
        ),
        "follow_up.not_found": (
            "There is no such follow-up of this training.",
            "Tindak lanjut ini tidak ada pada pelatihan ini.",
        ),
    }
)
