"""What the service is told from outside, validated once.

Field `grace_s` is the variable TINGWEN_GRACE_S; a folder named by TINGWEN_SECRETS_DIR may hold
files such as `tingwen_api_keys`, as Docker and Kubernetes mount them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.complaints import InvalidValue, complaint
from api.middleware.api_keys import Key, parse_key
from api.middleware.rate_limits import valid_limits, valid_networks
from api.sites.site import Site, read_sites
from reader.article.access import Access
from reader.errors import BadInput, BadOptions
from reader.voices import AUTO
from reader.voices.remote.secret_url import mask_urls

PREFIX: Final = "TINGWEN_"


def _split(value: object) -> object:
    """Lists are written with spaces or commas between."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise InvalidValue("setting-not-url")
    return value.rstrip("/")


def _origins(values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        parts = urlsplit(_http_url(value) if value != "*" else "http://any")
        if value not in ("*", f"{parts.scheme}://{parts.netloc}"):
            raise InvalidValue("setting-not-origin", value=value)
    return values


def _valid_keys(values: tuple[str, ...]) -> tuple[str, ...]:
    names = [parse_key(value).name for value in values]
    if len(set(names)) < len(names):
        raise InvalidValue("keys-same-name")
    return values


def _valid_hosts(values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return Access(hosts=values).hosts
    except BadOptions as error:
        raise InvalidValue("allow-hosts-bad", cause=error) from None


_Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """The environment's variables that the service reads. Raises BadOptions."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    voice: str = AUTO
    cache: str = ""
    """"" is the platform's user cache folder."""
    cache_redirect: bool = False
    """Whether clients fetch audio that lies in a bucket from there, by a signed address."""
    base_url: Annotated[str, AfterValidator(_http_url)] = ""
    """Where the service is seen from outside; "" makes links relative to the host asked."""
    lexicon: str = ""
    podcast: str = ""
    """A folder that `tingwen podcast` made, shown under /podcast/."""
    intro: str = ""
    sponsor: str = ""
    outro: str = ""
    """Audio files that are heard before an article, after that, and at the end."""
    webhooks: Annotated[_Words, Field(repr=False)] = ()
    """Where to tell that a narration is ready or failed."""
    webhook_secret: Annotated[str, Field(repr=False)] = ""

    api_keys: Annotated[_Words, AfterValidator(_valid_keys), Field(repr=False)] = ()
    """`name:scopes:sha256` each, as `tingwen keys new` prints them; none leaves all open."""
    private: bool = False
    """Whether reading needs a key too; without it players need none."""
    cors_origins: Annotated[_Words, AfterValidator(_origins)] = ()
    """Other sites whose scripts may POST; reading is open to all unless it is private."""
    sites: Annotated[tuple[Site, ...], NoDecode, BeforeValidator(read_sites)] = ()
    """Sites whose pages are read by their address: a TOML or JSON file, or the list itself."""
    allow_hosts: Annotated[_Words, AfterValidator(_valid_hosts)] = ()
    """Hosts and networks that pages may be fetched from though they are not public."""
    trusted_proxies: Annotated[_Words, AfterValidator(valid_networks)] = ()
    """Addresses or networks whose X-Forwarded-For and -Proto are believed."""

    rate_per_key: Annotated[str, AfterValidator(valid_limits)] = ""
    """POSTs by one key: `600/hour`, or several limits apart by semicolons; "" for no limit."""
    rate_per_address: Annotated[str, AfterValidator(valid_limits)] = ""
    """The same for those who send no key, by their address (IPv6: by their /64)."""
    rate_store: Annotated[str, Field(repr=False)] = ""
    """`redis://…` where several processes count together; "" counts in this one."""
    max_syntheses: Annotated[int, Field(ge=1)] = 256
    """Narrations in the making at a time; one more is answered with 503."""
    max_syntheses_each: Annotated[int, Field(ge=1)] = 128
    """The same for one key or address; one more is answered with 429."""
    max_body_bytes: Annotated[int, Field(ge=1024)] = 8 * 1024 * 1024
    body_timeout_s: Annotated[float, Field(gt=0)] = 30.0
    """For a whole request body to arrive."""
    max_article_chars: Annotated[int, Field(ge=1)] = 200_000

    grace_s: Annotated[float, Field(ge=0)] = 20.0
    """How long running work may go on after SIGTERM."""
    min_free_bytes: Annotated[int, Field(ge=0)] = 64 * 1024 * 1024
    """Less room than this on the disk, and /readyz says no."""
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_text: bool = False
    """Whether logs may hold words of articles, as the messages of errors do."""
    access_log: bool = False
    """A line for every request; without it only for those that ask for work or fail."""

    def __init__(self, **values: Any) -> None:
        secrets = os.environ.get(f"{PREFIX}SECRETS_DIR") or None
        if secrets is not None and not Path(secrets).is_dir():
            raise BadOptions("secrets-folder-bad", variable=f"{PREFIX}SECRETS_DIR", folder=secrets)
        try:
            super().__init__(_secrets_dir=secrets, **values)
        except ValidationError as error:
            complaints = [_complaint(e) for e in error.errors()]
            raise BadOptions("settings-bad", complaints=complaints) from None

    @model_validator(mode="after")
    def _what_belongs_together(self) -> Settings:
        if self.webhooks and not self.webhook_secret:
            raise InvalidValue("webhooks-need-secret")
        if self.private and not self.api_keys:
            raise InvalidValue("private-needs-keys")
        return self

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings of the environment, with defaults for the rest."""
        return cls()

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple(parse_key(value) for value in self.api_keys)


_SECRET: Final = frozenset(["webhook_secret", "api_keys"])


def _complaint(error: Any) -> BadInput:
    """One of pydantic's errors, naming the variable; secrets are not shown."""
    if not error["loc"]:
        return complaint(error)
    field = str(error["loc"][0])
    told = complaint(error, f"{PREFIX}{field.upper()}")
    if field in _SECRET:
        return told
    return BadInput("setting-bad", cause=told, value=mask_urls(repr(error["input"])))
