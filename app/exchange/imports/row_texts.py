"""What problems with the rows of an import say, and with the import itself."""

from app.http.catalogue import speak

speak(
    {
        "import.header_unknown": (
            "This column is not known here; the suggestion names the nearest one.",
            "Kolom ini tidak dikenal; saran menyebut kolom yang paling mirip.",
        ),
        "import.header_missing": (
            "This column has values and no header.",
            "Kolom ini berisi nilai tetapi tidak berjudul.",
        ),
        "import.header_repeated": (
            "This column is there twice; column {column} has the same header.",
            "Kolom ini ada dua; kolom ke-{column} berjudul sama.",
        ),
        "import.header_year": (
            "The headers name more than one year; send a file a year.",
            "Judul kolom menyebut lebih dari satu tahun; kirim satu berkas untuk setiap tahun.",
        ),
        "import.no_header": (
            "No header is known here; take those of the template.",
            "Tidak ada judul kolom yang dikenal; pakai judul dari templat.",
        ),
        "import.column_missing": (
            "Rows that are new here need this column, which the sheet does not have; the suggestion names it.",
            "Baris baru memerlukan kolom ini, yang tidak ada di lembar; saran menyebut namanya.",
        ),
        "import.beyond_header": (
            "This value stands beyond the last header.",
            "Nilai ini berada di luar kolom berjudul.",
        ),
        "import.row_repeated": (
            "Row {row} tells of the same thing.",
            "Baris {row} memuat hal yang sama.",
        ),
        "import.cell_error": (
            "The cell shows an error, or nothing that can be read.",
            "Sel menampilkan galat, atau tidak berisi apa pun yang terbaca.",
        ),
        "import.formula_empty": (
            "The formula has no value; calculate the workbook and save it, or enter the value.",
            "Rumus ini tidak bernilai; hitung dan simpan buku kerja, atau isikan nilainya.",
        ),
        "import.digits_lost": (
            "As a number this has lost digits; format the cell as text and enter it again.",
            "Sebagai angka, sebagian digitnya hilang; format sel sebagai teks lalu isi kembali.",
        ),
        "import.several_things": (
            "Several things here have this name; give the id.",
            "Ada beberapa data dengan nama ini; isikan id-nya.",
        ),
        "import.stale": (
            "This was changed after the sheet was made; take a new template or export.",
            "Data ini berubah setelah lembar dibuat; ambil templat atau ekspor yang baru.",
        ),
        "import.version_required": (
            "This installation asks for the version that a row was made of; take the template, or plan first.",
            "Instalasi ini meminta versi asal setiap baris; pakai templat, atau buat rencana dahulu.",
        ),
        "import.needs_partial": (
            "More than {limit} rows are written in parts only: send partial=true.",
            "Lebih dari {limit} baris hanya ditulis bertahap: kirim partial=true.",
        ),
        "import.file_gone": (
            "The file of this import is no longer kept; send it again.",
            "Berkas impor ini tidak lagi disimpan; kirim kembali.",
        ),
        "import.fault": (
            "Something went wrong on our side; send the file again.",
            "Terjadi kesalahan di pihak kami; kirim kembali berkasnya.",
        ),
        "import.not_found": ("There is no such import here.", "Impor ini tidak ada di sini."),
        "import.unreadable_json": (
            "This must be one rumusan document of the ministry, or a list of them.",
            "Ini harus satu dokumen rumusan kementerian, atau daftarnya.",
        ),
        "import.one_file": (
            "The form must hold one file in the field `file`.",
            "Formulir harus memuat satu berkas pada isian `file`.",
        ),
        "import.not_planned": (
            "Name a finished plan of this kind of your own.",
            "Sebut rencana milik Anda untuk jenis ini yang sudah selesai.",
        ),
        "import.other_file": (
            "The plan was made of another file.",
            "Rencana itu dibuat dari berkas lain.",
        ),
        "import.plan_of_commit": (
            "Only a commit carries out a plan.",
            "Hanya commit yang melaksanakan rencana.",
        ),
        "import.ledger_stays": (
            "What the ledger of legality has heard stays; correct an event by a new one that supersedes it.",
            "Yang sudah tercatat di buku legalitas tetap; koreksi dengan peristiwa baru yang menggantikannya.",
        ),
        "import.nothing_to_undo": (
            "This import does not stand as written, so there is nothing to take back.",
            "Impor ini tidak dalam keadaan tertulis, sehingga tidak ada yang dibatalkan.",
        ),
        "import.unfinished": (
            "This import is not finished yet.",
            "Impor ini belum selesai.",
        ),
        "import.no_sheet": (
            "Documents in JSON have no cells that could be marked.",
            "Dokumen JSON tidak memiliki sel yang dapat ditandai.",
        ),
        "import.changed_since": (
            "{count} thing(s) that this import wrote were changed since; `changed` names them.",
            "{count} data yang ditulis impor ini sudah berubah; `changed` menyebutnya.",
        ),
        "import.repaired": (
            "This was read in the form that is kept.",
            "Ini dibaca dalam bentuk yang disimpan.",
        ),
        "import.formula_value": (
            "The value that the formula had when the file was saved was read.",
            "Yang dibaca adalah nilai rumus saat berkas disimpan.",
        ),
        "import.former_code": (
            "A code that was given up; the present one was taken.",
            "Kode lama; dipakai kode yang berlaku.",
        ),
        "import.village_by_name": (
            "Only one village has this name; its code was taken.",
            "Hanya satu desa bernama ini; kodenya dipakai.",
        ),
    }
)
