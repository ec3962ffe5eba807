"""Berdaya, the register that lifts villages: one package a feature, imported in one direction.

Each line may import from the lines above it and from its own line's left, never back; a test reads
the imports and holds them to `LAYERS`.
"""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("settings", "clock", "logs", "background"),
    ("database",),
    ("http",),
    ("access",),
    ("regions",),
    ("villages",),
    ("cooperatives", "ukms", "groups"),
    ("trainings",),
    ("index",),
    ("reports", "exchange", "changes"),
    ("seed", "simulate", "subjects"),
    ("tables", "constraints", "ages"),
    ("backups",),
    ("main",),
    ("serving",),
    ("cli",),
)
