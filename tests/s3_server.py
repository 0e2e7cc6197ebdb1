"""A real S3 server of this machine: SeaweedFS, whose whole program comes in a wheel.

It checks signatures, answers conditional requests and lists in pages as S3 does, and keeps its
objects on a disk. Of what the indexes of Python, npm and Debian have, s3rver and moto imitate S3
for tests, Ceph's gateway needs a cluster, and MinIO, Garage and RustFS are not there as programs.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx

KEY: Final = "tingwen"
SECRET: Final = "only-for-tests"
BUCKET: Final = "tingwen"
_WEED: Final = Path(sys.executable).parent / "weed"
_TMP: Final = Path("/tmp")
_RPC: Final = 10_000
"""SeaweedFS talks to itself on the port that is so much higher than each of its own."""


class S3Server:
    """Listens on ports of its own while the context lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ports = _free_ports(4)
        self._process: subprocess.Popen[bytes] | None = None
        self.endpoint = f"http://127.0.0.1:{self._ports[0]}"

    @property
    def environment(self) -> dict[str, str]:
        """What a client of it needs, as the AWS tools name it."""
        return client_environment(self.endpoint)

    def __enter__(self) -> Self:
        rights = {
            "name": KEY,
            "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        config = self._folder / "s3.json"
        config.write_text(json.dumps({"identities": [rights]}))
        (self._folder / "data").mkdir()
        s3, master, volume, filer = self._ports
        options = (
            f"-dir={self._folder / 'data'} -ip=127.0.0.1 -ip.bind=127.0.0.1 -s3 -s3.port={s3} "
            "-s3.port.iceberg=0 -s3.port.lance=0 "
            f"-s3.config={config} -master.port={master} -volume.port={volume} "
            f"-filer.port={filer} -master.telemetry=false -master.volumeSizeLimitMB=64 "
            "-volume.max=0 -volume.minFreeSpace=1"
        )
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [_WEED, "server", *options.split()], stdout=log, stderr=log, cwd=self._folder
            )
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._process.kill()  # asked to end, it takes ten seconds
        self._process.wait()
        for port in self._ports:
            for left in (
                *_TMP.glob(f"seaweedfs-*-{port}.sock"),
                *_TMP.glob(f"*-{port + _RPC}.sock"),
            ):
                left.unlink()

    def _wait(self) -> None:
        """Until it refuses who has no key: then it is there."""
        for _ in range(600):
            assert self._process is not None
            assert self._process.poll() is None, (self._folder / "log").read_text()[-2000:]
            try:
                if httpx.get(self.endpoint, timeout=1).status_code == 403:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError("the S3 server did not start")


def client_environment(endpoint: str, secret: str = SECRET) -> dict[str, str]:
    return {
        "AWS_ENDPOINT": endpoint,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }


def _free_ports(how_many: int) -> list[int]:
    """Ports that are free together with their neighbours for SeaweedFS's own talk."""
    found: list[int] = []
    candidates = iter(range(20_000 + os.getpid() % 20_000, 55_000))
    while len(found) < how_many:
        port = next(candidates)
        if _is_free(port) and _is_free(port + _RPC):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
