"""What problems about subscriptions say."""

from app.http.catalogue import speak

speak(
    {
        "webhook_subscription.not_found": ("There is no such subscription.", "Langganan ini tidak ada."),
        "delivery.not_found": (
            "This subscription has no such delivery.",
            "Langganan ini tidak mempunyai kiriman tersebut.",
        ),
        "subscription.disabled": (
            "The subscription is not enabled; nothing is sent to it.",
            "Langganan ini tidak aktif; tidak ada yang dikirim ke sana.",
        ),
        "subscription.address": (
            "This is not a plain web address: scheme, host and path in ASCII, no user, no fragment.",
            "Ini bukan alamat web biasa: skema, host, dan jalur dalam ASCII, tanpa pengguna, tanpa fragmen.",
        ),
        "subscription.address_plain": (
            "Notices are sent over https only.",
            "Pemberitahuan hanya dikirim melalui https.",
        ),
        "subscription.address_port": (
            "The port must be the usual one of the scheme, or 1024 or above.",
            "Port harus yang lazim bagi skemanya, atau 1024 ke atas.",
        ),
        "subscription.address_private": (
            "This host is not, or not only, on the public internet.",
            "Host ini tidak, atau tidak hanya, berada di internet publik.",
        ),
    }
)
