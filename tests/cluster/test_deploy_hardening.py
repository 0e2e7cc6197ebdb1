"""deploy/ by its own linters, and what it promises of passwords, users, networks and versions.

Containers cannot be run on every machine; the manifests of KEDA and Kustomize have no schema here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.cluster.test_deploy import DEPLOY, MANIFESTS, objects

ROOT = DEPLOY.parent
WITHOUT_SCHEMA = ("Kustomization", "ScaledObject", "TriggerAuthentication")
_LOCKED = re.compile(r"(?m)^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")


def things() -> Iterator[dict[str, Any]]:
    for path in MANIFESTS:
        yield from objects(path)


def pods() -> list[tuple[str, dict[str, Any]]]:
    return [
        (thing["metadata"]["name"], thing["spec"]["template"]["spec"])
        for thing in things()
        if thing["kind"] == "Deployment"
    ]


@pytest.fixture
def compose() -> dict[str, Any]:
    (found,) = objects(DEPLOY / "compose.yaml")
    return found


def test_the_dockerfile_is_as_its_linter_wants_it() -> None:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert program is not None
    command = [program, str(DEPLOY / "Dockerfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_manifests_are_as_the_schema_wants_them() -> None:
    for thing in things():
        if thing["kind"] not in WITHOUT_SCHEMA:
            kubernetes_validate.validate(thing, "1.33", strict=True)


def test_a_manifest_that_is_wrong_is_found() -> None:
    service = next(thing for thing in things() if thing["kind"] == "Deployment")
    service["spec"]["replcas"] = 2
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(service, "1.33", strict=True)


def test_every_image_has_its_version(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    images += [container["image"] for _, pod in pods() for container in pod["containers"]]
    images += re.findall(r"(?m)^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    others = [image for image in images if image != "tingwen"]
    assert len(others) >= 7
    for image in others:
        assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z]+)*$", image), image


def test_nobody_runs_as_root(compose: dict[str, Any]) -> None:
    for name, pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["runAsUser"] > 0, name
        assert pod["automountServiceAccountToken"] is False, name
        for container in pod["containers"]:
            limits = container["securityContext"]
            assert limits["allowPrivilegeEscalation"] is False, name
            assert limits["readOnlyRootFilesystem"] is True, name
            assert limits["capabilities"] == {"drop": ["ALL"]}, name
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        if name == "owner":  # gives the volume away, and ends
            assert service["cap_add"] == ["CHOWN"]
            assert service["network_mode"] == "none"
            continue
        assert service["security_opt"] == ["no-new-privileges:true"], name
        is_ours = service["image"] == "tingwen"
        assert is_ours or "unprivileged" in service["image"] or int(service["user"]) > 0, name
    users = re.findall(r"(?m)^USER (\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
    assert users == ["10001"]


def test_clients_are_told_apart_behind_the_proxy(compose: dict[str, Any]) -> None:
    (network,) = compose["networks"]["default"]["ipam"]["config"]
    environment = compose["x-tingwen"]["environment"]
    assert environment["TINGWEN_TRUSTED_PROXIES"] == network["subnet"]
    assert environment["TINGWEN_RATE_PER_ADDRESS"]
    assert environment["TINGWEN_BASE_URL"]
    (config,) = objects(DEPLOY / "kubernetes" / "config.yaml")
    for name in ("TINGWEN_TRUSTED_PROXIES", "TINGWEN_BASE_URL", "TINGWEN_RATE_PER_ADDRESS"):
        assert config["data"][name]


def test_redis_asks_for_a_password_and_answers_few(compose: dict[str, Any]) -> None:
    assert "--requirepass ${REDIS_PASSWORD" in compose["services"]["redis"]["command"]
    for name in ("TINGWEN_BROKER", "TINGWEN_RATE_STORE"):
        assert "redis://:${REDIS_PASSWORD" in compose["x-tingwen"]["environment"][name]
    assert "ports" not in compose["services"]["redis"]
    (pod,) = (pod for name, pod in pods() if name == "redis")
    (argument,) = pod["containers"][0]["args"]
    assert '--requirepass "$REDISCLI_AUTH"' in argument
    policies = {t["metadata"]["name"]: t["spec"] for t in things() if t["kind"] == "NetworkPolicy"}
    assert policies["nothing-comes-in"] == {"podSelector": {}, "policyTypes": ["Ingress"]}
    assert policies["redis"]["egress"] == []
    (scaled, _) = objects(DEPLOY / "kubernetes" / "scaledobject.yaml")
    for trigger in scaled["spec"]["triggers"]:
        assert trigger["authenticationRef"] == {"name": "redis"}


def test_the_proxies_limit_what_costs_a_processor_and_hide_the_metrics() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"location (?:=|~) (\S+) \{(.*?)\n        \}", text, re.DOTALL))
    for path in (
        "/v1/articles",
        "/v1/scripts",
        f"/v1/articles/{'0' * 32}/retry",
        "/v1/audio/speech",
        f"/v1/articles/{'0' * 32}/audio.wav",
        "/feed.xml",
    ):
        limited = [b for pattern, b in blocks.items() if re.fullmatch(pattern, path)]
        assert limited and all("limit_req " in block for block in limited), path
    (ingress, nobody) = objects(DEPLOY / "kubernetes" / "ingress.yaml")
    first, *_ = ingress["spec"]["rules"][0]["http"]["paths"]
    assert (first["path"], first["backend"]["service"]["name"]) == ("/metrics", "nobody")
    assert "selector" not in nobody["spec"]


def test_the_lock_has_every_package_that_is_needed() -> None:
    text = (DEPLOY / "requirements.lock").read_text(encoding="utf-8")
    locked = {name.lower().replace("_", "-"): version for name, version in _LOCKED.findall(text)}
    assert text.count("--hash=sha256:") >= len(locked)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    image = {"python_version": "3.13", "sys_platform": "linux", "platform_machine": "x86_64"}
    for line in (*project["dependencies"], *project["optional-dependencies"]["cluster"]):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate(image):
            version = locked[wanted.name.lower().replace("_", "-")]
            assert Version(version) in wanted.specifier, f"{line}: run deploy/lock.sh"


def test_the_image_takes_the_lock() -> None:
    """Nothing else comes in: pip is told to take what has a hash, and then nothing more."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install ((?:[^\n\\]|\\\n)*)", text)
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-deps" in installs[1]
    assert "--no-build-isolation" in installs[1]
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    assert "!deploy/requirements.lock" in ignored
