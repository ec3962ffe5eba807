"""What the fields of groups are called."""

from app.http.sheets.labels import label

label(
    {
        "name": ("Group", "Nama kelompok"),
        "poor_households": ("Poor households", "Rumah tangga miskin"),
    },
    kind="group",
)

label(
    {
        "group_id": ("Id of the group", "Id kelompok"),
    },
)
