"""Every setting of Berdaya in one frozen value, read once from the environment (prefix `BERDAYA_`)."""

from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may choose; each field is the variable `BERDAYA_<FIELD>` in upper case.

    A secret may be given as a file instead: `BERDAYA_SECRETS_DIR` names a folder with one file a variable.
    """

    model_config = SettingsConfigDict(env_prefix="BERDAYA_", frozen=True, extra="ignore")

    database_url: str = "sqlite:///./data/berdaya.db"
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

    deadline_seconds: float = Field(
        default=3.5, gt=0, description="a request that has no answer by then gets 503"
    )
    body_limit: int = Field(default=1_048_576, ge=1024, description="bytes of a request body")
    graceful_seconds: int = Field(default=15, ge=1, description="time for requests in flight after SIGTERM")

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

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone in which a date is judged to be today or in the future."""
        return ZoneInfo(self.time_zone)
