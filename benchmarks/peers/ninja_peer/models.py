"""The textbook's tables as Django sees them."""

from typing import Any

from django.db import models


class Codes(models.JSONField):
    """A column of type json, which the driver has read already; Django expects jsonb."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if isinstance(value, list):
            return value
        return super().from_db_value(value, expression, connection)


class Village(models.Model):
    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=13, unique=True)
    name = models.TextField()
    kind = models.TextField()
    district_code = models.TextField()
    district_name = models.TextField()
    regency_code = models.TextField()
    regency_name = models.TextField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    population = models.IntegerField(null=True)
    households = models.IntegerField(null=True)
    former_codes = Codes()
    idm_year = models.IntegerField(null=True)
    idm_score = models.FloatField(null=True)
    idm_status = models.CharField(max_length=20)
    version = models.IntegerField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        managed = False
        db_table = "textbook_villages"
        app_label = "ninja_peer"

    def __str__(self) -> str:
        return str(self.code)


class Token(models.Model):
    id = models.AutoField(primary_key=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        managed = False
        db_table = "textbook_tokens"
        app_label = "ninja_peer"

    def __str__(self) -> str:
        return str(self.id)
