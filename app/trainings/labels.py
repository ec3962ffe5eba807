"""What the fields of trainings, of their places and of what follows them are called."""

from app.http.sheets.labels import label

label(
    {
        "title": ("Training", "Judul pelatihan"),
        "focus": ("Focus", "Fokus"),
        "topic": ("Topic", "Topik"),
        "venue": ("Venue", "Tempat"),
        "starts_on": ("Begins", "Mulai"),
        "ends_on": ("Ends", "Selesai"),
        "organiser": ("Organiser", "Penyelenggara"),
        "funds": ("Funds", "Sumber dana"),
        "quota": ("Places", "Kuota"),
        "participants_male": ("Participants, men", "Peserta laki-laki"),
        "participants_female": ("Participants, women", "Peserta perempuan"),
        "outcome": ("Outcome", "Hasil"),
        "enrolled": ("Places taken", "Kuota terisi"),
    },
    kind="training",
)

label(
    {
        "role": ("Office in its group", "Jabatan"),
        "attended": ("Attended", "Hadir"),
        "result": ("Result", "Hasil"),
    },
    kind="enrolment",
)

label(
    {
        "held_on": ("Day", "Tanggal"),
    },
    kind="follow_up",
)

label(
    {
        "training_id": ("Id of the training", "Id pelatihan"),
    },
)
