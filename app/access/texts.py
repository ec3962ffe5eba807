"""What problems about tokens, users and sessions say."""

from app.http.catalogue import speak

speak(
    {
        "access.region_unknown": (
            "No region or village has this code.",
            "Tidak ada wilayah atau desa dengan kode ini.",
        ),
        "access.wrong_credentials": (
            "The name or the password is wrong.",
            "Nama atau kata sandinya salah.",
        ),
        "access.too_many_attempts": (
            "Too many attempts to sign in; try again in {wait} seconds.",
            "Terlalu banyak percobaan masuk; coba lagi dalam {wait} detik.",
        ),
        "token.not_found": ("There is no such token.", "Token ini tidak ada."),
        "token.two_ends": (
            "Tell `expires_at` or `days`, not both.",
            "Sebutkan `expires_at` atau `days`, bukan keduanya.",
        ),
        "token.ends_in_past": ("This lies in the past.", "Waktu ini sudah lewat."),
        "user.not_found": ("There is no such user.", "Pengguna ini tidak ada."),
        "user.name_taken": (
            "Another user has this name, or one that differs only in case, accents or punctuation.",
            "Nama ini sudah dipakai pengguna lain, atau hanya berbeda huruf besar, aksen, atau tanda baca.",
        ),
        "user.name_unusable": (
            "A user's name needs a letter or a digit.",
            "Nama pengguna harus memuat huruf atau angka.",
        ),
        "user.wrong_password": (
            "This is not the present password.",
            "Ini bukan kata sandi yang sekarang.",
        ),
        "password.common": (
            "This password is among those that are tried first; choose another.",
            "Kata sandi ini termasuk yang pertama kali dicoba orang; pilih yang lain.",
        ),
        "password.is_name": (
            "The password must not be the name.",
            "Kata sandi tidak boleh sama dengan nama.",
        ),
        "session.not_found": (
            "This request came without a session; only who signed in with name and password can sign out.",
            "Permintaan ini tanpa sesi; hanya yang masuk dengan nama dan kata sandi yang dapat keluar.",
        ),
    }
)
