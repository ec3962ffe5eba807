"""How each table would lie in a cluster of Citus, and by which step what stands in its way goes: docs/national.md.

Law: every table is declared once, and every obstacle that the schema has is named with its step, no other.
"""

from collections.abc import Mapping

VILLAGE = "village_id"

GROUPS: Mapping[str, Mapping[str, str]] = {
    "village": {
        "audit": VILLAGE,
        "audit_chain": VILLAGE,
        "changes": VILLAGE,
        # Its `village_id` is that of a village beside the seat; the row belongs where the cooperative is.
        "cooperative_members": "seat_id",
        "cooperatives": VILLAGE,
        "enrolments": VILLAGE,
        "follow_ups": VILLAGE,
        "groups": VILLAGE,
        "idm_records": VILLAGE,
        "legality_claims": VILLAGE,
        "legality_events": VILLAGE,
        "legality_standings": VILLAGE,
        "trainings": VILLAGE,
        "ukm_years": VILLAGE,
        "ukms": VILLAGE,
    },
    "caller": {"kept_answers": "caller", "operations_done": "caller"},
    "district": {"idm_summaries": "district_code"},
    "job": {"import_jobs": "id", "import_writes": "job_id"},
    "resource": {"audit_reads": "resource_id"},
    "subscription": {
        "webhook_deliveries": "subscription_id",
        "webhook_positions": "subscription_id",
        "webhook_subscription_keys": "subscription_id",
        "webhook_subscriptions": "id",
    },
}
"""What is in shards: for each group whose shards lie together, its tables and the column that says which shard."""

DISTRIBUTED: Mapping[str, str] = {
    table: column for group in GROUPS.values() for table, column in group.items()
}

REFERENCE = frozenset(
    {
        "erasures",
        "former_codes",
        "legality_resolutions",
        "regions",
        "tokens",
        "users",
        "villages",
        "webhook_secrets",
    }
)
"""What every node has a copy of, as it does not grow with the years and its keys hold everywhere."""

LOCAL = frozenset({"feed"})
"""What only the coordinator has."""

COLUMN = "A column that says where"
KEY = "A key of two parts"
NAMES = "A directory of names"
CODE = "Kept by the code"
CHAIN = "A chain and a feed for each shard"

STEPS: Mapping[str, str] = {
    "audit has no village_id": COLUMN,
    "audit_chain has no village_id": COLUMN,
    "changes has no village_id": COLUMN,
    "cooperative_members has no seat_id": COLUMN,
    "legality_claims has no village_id": COLUMN,
    "legality_events.village_id may be null": COLUMN,
    "legality_standings has no village_id": COLUMN,
    "pk_cooperative_members does not hold seat_id": KEY,
    "pk_cooperatives does not hold village_id": KEY,
    "pk_enrolments does not hold village_id": KEY,
    "pk_follow_ups does not hold village_id": KEY,
    "pk_groups does not hold village_id": KEY,
    "pk_idm_records does not hold village_id": KEY,
    "pk_legality_claims does not hold village_id": KEY,
    "pk_legality_events does not hold village_id": KEY,
    "pk_legality_standings does not hold village_id": KEY,
    "pk_trainings does not hold village_id": KEY,
    "pk_ukm_years does not hold village_id": KEY,
    "pk_ukms does not hold village_id": KEY,
    "pk_webhook_deliveries does not hold subscription_id": KEY,
    "pk_webhook_subscription_keys does not hold subscription_id": KEY,
    "uq_enrolments_training_id_cooperative_id does not hold village_id": KEY,
    "uq_enrolments_training_id_group_id does not hold village_id": KEY,
    "uq_enrolments_training_id_ukm_id does not hold village_id": KEY,
    "uq_ukm_years_ukm_id_year does not hold village_id": KEY,
    "fk_cooperative_members_cooperative_id does not name the shard": KEY,
    "fk_enrolments_training_id does not name the shard": KEY,
    "fk_follow_ups_training_id does not name the shard": KEY,
    "fk_legality_claims_cooperative_id does not name the shard": KEY,
    "fk_legality_events_cooperative_id does not name the shard": KEY,
    "fk_legality_standings_cooperative_id does not name the shard": KEY,
    "fk_ukm_years_ukm_id does not name the shard": KEY,
    "uq_cooperatives_name_key does not hold village_id": NAMES,
    "uq_legality_events_source_event_id_digest does not hold village_id": NAMES,
    "fk_enrolments_cooperative_id does not name the shard": CODE,
    "fk_enrolments_group_id does not name the shard": CODE,
    "fk_enrolments_ukm_id does not name the shard": CODE,
    "fk_legality_resolutions_holder leads from every node into a shard": CODE,
    "pk_audit does not hold village_id": CHAIN,
    "pk_audit_chain does not hold village_id": CHAIN,
    "pk_changes does not hold village_id": CHAIN,
    "uq_audit_chain_position does not hold village_id": CHAIN,
}
"""Every obstacle, and the heading of docs/national.md under which its step stands."""
