"""What the web must know at start: secrets, hosts, limits."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How this installation is reached. `secure`: behind TLS, so cookies say so and browsers are told to insist."""

    secret_key: str
    secure: bool = False
    trusted_hosts: tuple[str, ...] = ()
    trusted_hops: int = 0
    session_life: timedelta = timedelta(hours=12)
    letters_leave: bool = False
