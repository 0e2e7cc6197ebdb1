"""Metrics that Prometheus reads at /metrics. deploy/grafana/tingwen.json shows it.

No label takes what a client sends: methods, routes, voices and kinds are all from lists of
ours, so that nobody can make the number of time series grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from importlib.metadata import version
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from api.problems import kind_of
from api.tracing import span
from reader.narration.model import Narration
from reader.synthesis.observer import Observer

_METHODS: Final = frozenset(["GET", "HEAD", "POST", "OPTIONS"])
_OTHER: Final = "other"
_FIRST_AUDIO_S: Final = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32)
_REQUEST_S: Final = (0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_CLIP_S: Final = (0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64)
_REAL_TIME_FACTORS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics(Observer):
    """One registry a service, fed by the pipeline and by the middleware."""

    def __init__(self, voices: Iterable[str] = ()) -> None:
        self._voices = frozenset(voices)
        self._engines = frozenset(name.partition(":")[0] for name in self._voices)
        self.registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)
        GCCollector(registry=own)
        Gauge("tingwen_build_info", "Which release runs.", ["version"], registry=own).labels(
            version("tingwen")
        ).set(1)
        self._http(own)
        self._speech(own)

    def _http(self, own: CollectorRegistry) -> None:
        labels = ["method", "route", "status"]
        self._requests = Counter("tingwen_requests", "Requests.", labels, registry=own)
        self._request_s = Histogram(
            "tingwen_request_seconds",
            "Until the answer begins.",
            ["route"],
            buckets=_REQUEST_S,
            registry=own,
        )
        self.requests_in_flight = Gauge(
            "tingwen_requests_in_flight", "Requests being answered.", registry=own
        )
        self._refused = Counter(
            "tingwen_refused", "Requests refused before any route.", ["why"], registry=own
        )
        self._first_audio_s = Histogram(
            "tingwen_first_audio_seconds",
            "From a request to its first byte of sound; live is sound still being spoken.",
            ["source"],
            buckets=_FIRST_AUDIO_S,
            registry=own,
        )

    def _speech(self, own: CollectorRegistry) -> None:
        self._lookups = Counter(
            "tingwen_cache_lookups",
            "Clips and narrations looked for.",
            ["what", "result"],
            registry=own,
        )
        self._sound_s = Counter(
            "tingwen_spoken_seconds", "Sound that voices made.", ["voice"], registry=own
        )
        self._clip_s = Histogram(
            "tingwen_clip_seconds",
            "From asking for a clip that the cache lacks to the last of it, its turn included.",
            ["voice"],
            buckets=_CLIP_S,
            registry=own,
        )
        self._real_time_factor = Histogram(
            "tingwen_real_time_factor",
            "Time that a narration took to make, by the time it sounds; not those all cached.",
            ["voice"],
            buckets=_REAL_TIME_FACTORS,
            registry=own,
        )
        self._failures = Counter(
            "tingwen_failures", "Clips that failed.", ["kind", "voice"], registry=own
        )
        self._narrations = Counter(
            "tingwen_narrations", "Narrations that ended.", ["status"], registry=own
        )
        self._in_flight = Gauge(
            "tingwen_syntheses_in_flight", "Narrations in the making.", registry=own
        )
        self.queue_depth = Gauge(
            "tingwen_queue_depth", "Clips that wait for a worker of the cluster.", registry=own
        )

    def watch(self, in_flight: Callable[[], float]) -> None:
        """Ask `in_flight` at every scrape."""
        self._in_flight.set_function(in_flight)

    def exposition(self) -> bytes:
        """Prometheus' text format."""
        return generate_latest(self.registry)

    def looked_up(self, what: str, found: bool) -> None:
        self._lookups.labels(what, "hit" if found else "miss").inc()

    def spoke(self, voice: str, sound_s: float, waited_s: float) -> None:
        label = self._voice(voice)
        self._sound_s.labels(label).inc(sound_s)
        self._clip_s.labels(label).observe(waited_s)

    def failed(self, voice: str, error: Exception) -> None:
        self._failures.labels(kind_of(error).name, self._voice(voice)).inc()

    def span(self, name: str, **attributes: str | int) -> AbstractContextManager[object]:
        return span(name, **attributes)

    def ended(self, status: str, narration: Narration | None, made_s: float) -> None:
        """A narration is ready, failed or was given up."""
        self._narrations.labels(status if status in ("ready", "failed") else "given up").inc()
        if narration is not None and narration.n_spoken and narration.duration_s:
            label = self._voice(narration.voice)
            self._real_time_factor.labels(label).observe(made_s / narration.duration_s)

    def refused(self, why: str) -> None:
        """A request did not get in."""
        self._refused.labels(why).inc()

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered; `route` is the pattern of its path, "" for none."""
        known = method if method in _METHODS else _OTHER
        self._requests.labels(known, route or _OTHER, str(status)).inc()
        self._request_s.labels(route or _OTHER).observe(seconds)

    def first_audio(self, seconds: float, *, live: bool) -> None:
        self._first_audio_s.labels("live" if live else "cached").observe(seconds)

    def _voice(self, name: str) -> str:
        """Voices of the catalogue by name, others by their engine: clients choose variants."""
        if name in self._voices:
            return name
        engine = name.partition(":")[0]
        return f"{engine}:{_OTHER}" if engine in self._engines else _OTHER
