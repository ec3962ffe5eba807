"""The three operations, each with its response schema."""

import hashlib
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from ninja import NinjaAPI, Schema
from ninja.security import HttpBearer

from benchmarks.peers.ninja_peer.models import Token, Village


class VillageOut(Schema):
    code: str
    name: str
    kind: str
    district_code: str
    district_name: str
    regency_code: str
    regency_name: str
    latitude: float | None
    longitude: float | None
    population: int | None
    households: int | None
    former_codes: list[str]
    idm_year: int | None
    idm_score: float | None
    idm_status: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class VillagePage(Schema):
    items: list[VillageOut]
    next_cursor: str | None
    total: int | None = None


class VillagePatch(Schema):
    population: int | None = None
    households: int | None = None


class Bearer(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return Token.objects.filter(hash=hashlib.sha256(token.encode()).hexdigest()).first()


api = NinjaAPI()


@api.get("/villages", response=VillagePage)
def list_villages(
    request: HttpRequest, region: str = "", limit: int = 50, cursor: str = "", count: str = ""
) -> Any:
    within = Village.objects.order_by("code")
    if region:
        within = within.filter(code__gt=f"{region}.", code__lt=f"{region}/")
    following = within.filter(code__gt=cursor) if cursor else within
    found = list(following[: limit + 1])
    return {
        "items": found[:limit],
        "next_cursor": found[limit - 1].code if len(found) > limit else None,
        "total": within.count() if count == "exact" else None,
    }


@api.get("/villages/{code}", response=VillageOut)
def read_village(request: HttpRequest, code: str) -> Any:
    return get_object_or_404(Village, code=code)


@api.patch("/villages/{code}", response=VillageOut, auth=Bearer())
def update_village(request: HttpRequest, code: str, told: VillagePatch) -> Any:
    village = get_object_or_404(Village, code=code)
    for name, value in told.dict(exclude_unset=True).items():
        setattr(village, name, value)
    village.version += 1
    village.save()
    return village


urlpatterns = [path("v1/", api.urls)]
