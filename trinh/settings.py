"""What the operator decides, read from the environment once, when a command first asks for it.

Knows names, forms and defaults; empty means unset. No other room looks into the environment.
"""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from trinh.errors import SettingsWrong


class Settings(BaseSettings):
    """The environment as this release understands it; `PORT` alone has no prefix."""

    model_config = SettingsConfigDict(env_prefix="TRINH_", env_ignore_empty=True, frozen=True, extra="ignore")

    port: int | None = Field(default=None, validation_alias="PORT", ge=1, le=65535)
    home: Path = Path("var")
    database_url: str | None = None
    redis_url: str | None = None
    base_url: str | None = None
    trusted_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_hops: int | None = Field(default=None, ge=0)

    secret_key: SecretStr | None = Field(default=None, min_length=32)
    audit_key: SecretStr | None = None
    demo_password: SecretStr | None = None

    smtp_host: str | None = None
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_security: Literal["none", "starttls", "tls"] = "none"
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    mail_from: str | None = None

    web_processes: int = Field(default=2, ge=1)
    web_threads: int = Field(default=8, ge=1)
    worker_threads: int = Field(default=4, ge=1)

    @field_validator("trusted_hosts", mode="before")
    @classmethod
    def _between_commas(cls, value: object) -> object:
        return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("an address such as https://trinh.example is needed")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_ours(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")):
            raise ValueError("postgresql://… or sqlite:///… is needed")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("redis://… is needed")
        return value

    @property
    def database(self) -> str:
        """The address of the record: what the operator says, else a file in the home."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'trinh.sqlite3'}"


def read() -> Settings:
    """Read the environment. Raises `SettingsWrong` for every variable that is not what it should be."""
    try:
        return Settings()
    except ValidationError as faults:
        raise SettingsWrong(tuple((_variable(fault["loc"]), fault["msg"]) for fault in faults.errors())) from None


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0]).upper()
    return name if name == "PORT" else f"TRINH_{name}"
