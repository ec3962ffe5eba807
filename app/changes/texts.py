"""What the feed says when it refuses."""

from app.http.catalogue import speak

speak(
    {
        "feed.restarted": (
            "The feed began anew, as after a restore: start again from /v1/changes/snapshot.",
            "Umpan dimulai ulang, misalnya setelah pemulihan data: mulai lagi dari /v1/changes/snapshot.",
        ),
    }
)
