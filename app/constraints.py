"""What a broken constraint says at the door: its name, the problem's code, and where in the body it stands."""

CODES: dict[str, str] = {
    "uq_cooperatives_name_key": "cooperative.name_taken /name",
    "ck_trainings_places": "training.places",
    "fk_enrolments_cooperative_id": "enrolment.party_enrolled",
    "fk_enrolments_group_id": "enrolment.party_enrolled",
    "fk_enrolments_training_id": "training.in_use",
    "fk_enrolments_ukm_id": "enrolment.party_enrolled",
    "fk_cooperative_members_village_id": "village.in_use",
    "fk_cooperatives_village_id": "village.in_use",
    "fk_follow_ups_training_id": "training.in_use",
    "fk_groups_village_id": "village.in_use",
    "fk_idm_records_village_id": "village.in_use",
    "fk_trainings_village_id": "village.in_use",
    "fk_ukms_village_id": "village.in_use",
    "uq_enrolments_training_id_cooperative_id": "training.already_enrolled /cooperative_id",
    "uq_enrolments_training_id_group_id": "training.already_enrolled /group_id",
    "uq_enrolments_training_id_ukm_id": "training.already_enrolled /ukm_id",
    "uq_users_name_key": "user.name_taken /name",
    "uq_villages_code": "village.exists /code",
}
