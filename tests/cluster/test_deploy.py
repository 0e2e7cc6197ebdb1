"""What deploy/ tells other programs is what those programs take."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from reader.cli.arguments import parse
from reader.cluster.app import queue_keys
from tests.cluster import counting
from tests.cluster.processes import answers, free_port, is_all_of, running, services, until

DEPLOY = counting.ROOT / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))


def objects(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


@pytest.fixture
def compose() -> dict[str, Any]:
    (found,) = objects(DEPLOY / "compose.yaml")
    return found


@contextmanager
def nginx(folder: Path, upstream: str) -> Iterator[str]:
    """nginx with our file, its names and places exchanged for those of this machine."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert program is not None
    port = free_port()
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("service:8000", upstream).replace("listen 8080", f"listen {port}")
    (folder / "nginx.conf").write_text(text.replace("/tmp/", f"{folder}/"), encoding="utf-8")
    command = (program, "-p", str(folder), "-c", str(folder / "nginx.conf"))
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with running(
        *command, "-g", "daemon off;", environment=os.environ, log=folder / "log"
    ) as process:
        url = f"http://127.0.0.1:{port}"
        until(lambda: answers(url), process)
        yield url


@pytest.mark.slow
def test_a_listener_behind_nginx_hears_it_while_it_is_spoken(tmp_path: Path) -> None:
    log = counting.Log(tmp_path / "said")
    environment = counting.install(tmp_path / "plugin", log.path, seconds=2)
    environment |= {"TINGWEN_CACHE": str(tmp_path / "cache"), "TINGWEN_VOICE": "counting"}
    with (
        services(environment, tmp_path) as (upstream,),
        nginx(tmp_path, upstream.removeprefix("http://")) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        text = "\n\n".join(f"這是第{n}句話。" for n in range(4))
        asked = client.post("/v1/articles", json={"text": text}).json()
        with client.stream("GET", asked["audio_url"]) as answer:
            pieces = answer.iter_bytes()
            first = next(pieces)
            status = client.get(f"/v1/articles/{asked['id']}").json()["status"]
            sound = first + b"".join(pieces)
        assert status in ("pending", "speaking"), "the first sound came before the end"
        whole = client.get(asked["audio_url"])
        assert is_all_of(sound, whole.content)
        part = client.get(asked["audio_url"], headers={"Range": "bytes=100-199"})
        assert (part.status_code, part.content) == (206, whole.content[100:200])
        codes = [client.post("/v1/articles", json={"text": text}).status_code for _ in range(20)]
        assert 429 in codes, "speaking is limited"
        assert client.get("/metrics").status_code == 404


def test_the_programs_of_compose_are_ours(compose: dict[str, Any]) -> None:
    for name in ("service", "worker"):
        program, *arguments = shlex.split(compose["services"][name]["command"])
        assert program == "tingwen"
        parse(arguments)
        assert compose["services"][name]["environment"] == compose["x-tingwen"]["environment"]


@pytest.mark.slow
def test_the_health_check_of_compose_tells_health(compose: dict[str, Any], tmp_path: Path) -> None:
    kind, *command = compose["services"]["service"]["healthcheck"]["test"]
    assert kind == "CMD"
    log = counting.Log(tmp_path / "said")
    environment = counting.install(tmp_path / "plugin", log.path)
    environment |= {"TINGWEN_CACHE": str(tmp_path / "cache"), "TINGWEN_VOICE": "counting"}
    with services(environment, tmp_path) as (url,):
        here = [part.replace("http://127.0.0.1:8000", url) for part in command]
        assert subprocess.run(here, env=environment, check=False).returncode == 0
    done = subprocess.run(here, env=environment, check=False, capture_output=True)
    assert done.returncode != 0, "it has ended"


def test_the_store_knows_the_keys_of_compose(compose: dict[str, Any]) -> None:
    (identity,) = json.loads((DEPLOY / "s3.json").read_text(encoding="utf-8"))["identities"]
    given = compose["x-tingwen"]["environment"]
    (keys,) = identity["credentials"]
    assert given["AWS_ACCESS_KEY_ID"].endswith(f":-{keys['accessKey']}}}")
    assert given["AWS_SECRET_ACCESS_KEY"].endswith(f":-{keys['secretKey']}}}")


def test_the_programs_of_kubernetes_are_ours() -> None:
    commands = [
        container["command"]
        for path in MANIFESTS
        for thing in objects(path)
        if thing["kind"] == "Deployment"
        for container in thing["spec"]["template"]["spec"]["containers"]
        if container["image"] == "tingwen"
    ]
    assert len(commands) == 2
    for program, *arguments in commands:
        assert program == "tingwen"
        parse(arguments)


def test_keda_looks_at_the_lists_that_there_are() -> None:
    scaled, _ = objects(DEPLOY / "kubernetes" / "scaledobject.yaml")
    assert [t["metadata"]["listName"] for t in scaled["spec"]["triggers"]] == queue_keys()


def test_every_manifest_is_applied_and_every_name_is_known() -> None:
    (kustomization,) = objects(DEPLOY / "kubernetes" / "kustomization.yaml")
    files = {path.name for path in MANIFESTS} - {"kustomization.yaml"}
    assert set(kustomization["resources"]) == files
    things = [thing for path in MANIFESTS for thing in objects(path)]
    names = {(thing["kind"], thing["metadata"]["name"]) for thing in things if "metadata" in thing}
    scaled, _ = objects(DEPLOY / "kubernetes" / "scaledobject.yaml")
    assert ("Deployment", scaled["spec"]["scaleTargetRef"]["name"]) in names
    ingress, _ = objects(DEPLOY / "kubernetes" / "ingress.yaml")
    _, path = ingress["spec"]["rules"][0]["http"]["paths"]
    assert ("Service", path["backend"]["service"]["name"]) in names
    text = (DEPLOY / "kubernetes" / "config.yaml").read_text(encoding="utf-8")
    assert "TINGWEN_BASE_URL: https://" in text
    assert ("Service", "redis") in names
    for path in ("service.yaml", "worker.yaml"):
        text = (DEPLOY / "kubernetes" / path).read_text(encoding="utf-8")
        assert "redis://:$(REDIS_PASSWORD)@redis:6379/0" in text
