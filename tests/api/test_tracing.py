"""OpenTelemetry: what a collector on this machine is sent by `tingwen serve`."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.api.processes import serving
from tests.local_server import LocalServer

pytestmark = pytest.mark.usefixtures("embedded_voice")

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TEXT = "台北今天放晴\n\n獨一無二的句子，各地氣溫回升。"


class Collector(LocalServer):
    """Takes spans over HTTP, as the OpenTelemetry collector does."""

    def __init__(self) -> None:
        super().__init__()
        self.spans: list[Span] = []
        self.raw = b""

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.post("/v1/traces", self._take)]

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.raw += body
        sent = ExportTraceServiceRequest.FromString(body)
        for resource in sent.resource_spans:
            for scope in resource.scope_spans:
                self.spans += scope.spans
        return web.Response(content_type="application/x-protobuf")


@pytest.mark.thorough
def test_a_request_is_traced_from_the_caller_to_the_clips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Collector() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.origin)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        with serving(tmp_path) as service:
            asked = {"text": TEXT, "voice": "baker"}
            headers = {"traceparent": PARENT}
            made = httpx.post(f"{service.url}/v1/articles", json=asked, headers=headers).json()
            httpx.get(f"{service.url}/v1/articles/{made['id']}/events", timeout=60)
            service.signal()
            service.process.wait(30)
        deadline = time.monotonic() + 10
        while not collector.spans and time.monotonic() < deadline:
            time.sleep(0.05)
    by_name = {span.name: span for span in collector.spans}
    post = by_name["POST /v1/articles"]
    assert post.trace_id.hex() == PARENT.split("-")[1], "the caller's trace goes on"
    assert post.parent_span_id.hex() == PARENT.split("-")[2]
    assert by_name["script"].parent_span_id == post.span_id
    assert by_name["stitch"].trace_id == post.trace_id
    clips = [span for span in collector.spans if span.name == "clip"]
    assert len(clips) == 2
    assert {clip.parent_span_id for clip in clips} == {by_name["stitch"].span_id}
    assert "獨一無二".encode() not in collector.raw
    assert not [span for span in collector.spans if "healthz" in span.name]
