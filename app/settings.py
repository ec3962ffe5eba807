"""Every setting of Berdaya in one frozen value, read once from the environment (prefix `BERDAYA_`)."""

import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)


class Settings(BaseSettings):
    """What an operator may choose; each field is the variable `BERDAYA_<FIELD>` in upper case.

    A secret may be given as a file instead: `BERDAYA_SECRETS_DIR` names a folder with one file a variable.
    """

    model_config = SettingsConfigDict(env_prefix="BERDAYA_", frozen=True, extra="ignore")

    database_url: str = "sqlite:///./data/berdaya.db"
    read_database_url: str = Field(
        default="", description="a streaming replica of that PostgreSQL, which then answers most reads"
    )
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    pool_size: int = Field(default=8, ge=1, le=64, description="PostgreSQL connections per worker")

    time_zone: str = "Asia/Makassar"
    public_read: bool = True
    require_if_match: bool = False
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    docs: bool = True
    metrics: bool = True
    webhooks: bool = Field(default=True, description="whether this process sends notices to subscribers")
    webhooks_allow_http: bool = Field(default=False, description="also to addresses without TLS")
    webhooks_allow_private: bool = Field(
        default=False, description="also into private networks and to this very machine"
    )

    deadline_seconds: float = Field(
        default=3.5, gt=0, description="a request that has no answer by then gets 503"
    )
    in_flight: int = Field(default=64, ge=1, description="requests that a worker works on at once")
    queue: int = Field(
        default=512,
        ge=0,
        description="requests that wait for it; the next gets 503",
    )
    queue_seconds: float = Field(
        default=0.75, gt=0, description="how long one waits at most; whoever waited longer gets 503"
    )
    body_limit: int = Field(default=1_048_576, ge=1024, description="bytes of a request body")
    upload_limit: int = Field(default=10_485_760, ge=1024, description="bytes of a file to be imported")
    graceful_seconds: int = Field(default=15, ge=1, description="time for requests in flight after SIGTERM")

    rate_limit: str = Field(
        default="",
        pattern=r"^$|^[1-9]\d{0,6}/(second|minute|hour)$",
        description="requests of one caller, as 600/minute; empty: no limit",
    )
    limits_file: Path | None = Field(
        default=None, description="where the workers of a host share their counts; `serve` makes one"
    )

    audit_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="secret by which the audit trail makes digests of personal values; SQLite makes itself one",
    )

    session_hours: float = Field(
        default=12, gt=0, le=720, description="how long a session lasts after signing in"
    )
    oidc_issuer: str = Field(
        default="",
        description="an OpenID Connect issuer whose tokens let in, as it names itself; empty: none",
    )
    oidc_audience: str = Field(default="", description="what the issuer calls this API in `aud`")
    oidc_role_claim: str = Field(default="berdaya_role", description="the claim that names the role")
    oidc_region_claim: str = Field(
        default="berdaya_region", description="the claim with the region; an empty text means everywhere"
    )

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"
    log_requests: Literal["all", "writes", "none"] = "writes"

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(origin.strip() for origin in value.split(",") if origin.strip())
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        ZoneInfo(value)
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then the files of the folder that it names."""
        folder = os.environ.get("BERDAYA_SECRETS_DIR")
        if not folder:
            return init_settings, env_settings
        return init_settings, env_settings, SecretsSettingsSource(settings_cls, secrets_dir=folder)

    @model_validator(mode="after")
    def _whole_issuer(self) -> "Settings":
        if self.oidc_issuer and not self.oidc_audience:
            raise ValueError(
                "BERDAYA_OIDC_ISSUER needs BERDAYA_OIDC_AUDIENCE, or tokens for others would count"
            )
        return self

    @model_validator(mode="after")
    def _replica_of_postgresql(self) -> "Settings":
        urls = (self.database_url, self.read_database_url)
        if self.read_database_url and not all(url.startswith(("postgresql:", "postgres:")) for url in urls):
            raise ValueError(
                "BERDAYA_READ_DATABASE_URL names a replica of PostgreSQL, so it and BERDAYA_DATABASE_URL must "
                "start with postgresql://; SQLite has no replicas"
            )
        return self

    @property
    def audit_key_bytes(self) -> bytes | None:
        """The key as the database takes it."""
        return None if self.audit_key is None else self.audit_key.get_secret_value().encode()

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which a date is judged to be today or in the future."""
        return ZoneInfo(self.time_zone)
