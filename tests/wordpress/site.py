"""WordPress of this machine's packages, with a database of its own, on a port of its own."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
PACKAGED = Path("/usr/share/wordpress")
THEME = PACKAGED / "wp-content" / "themes" / "twentytwentythree"
NEEDED = ("php", "mariadbd", "mariadb-install-db", "mariadb")
_LONGEST_S = 240
_CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def database(place: Path) -> Iterator[Path]:
    """A MariaDB of its own; its socket."""
    data, listening = place / "data", place / "db.sock"
    own = [f"--datadir={data}", "--user=root"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    install = ["mariadb-install-db", *own, "--auth-root-authentication-method=normal"]
    subprocess.run(install, check=True, timeout=_LONGEST_S, **quiet)
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", *own, f"--socket={listening}", "--skip-networking"], **quiet
    )
    try:
        call = ["mariadb", "--no-defaults", f"--socket={listening}", "-uroot"]
        until = time.monotonic() + _LONGEST_S
        while subprocess.run([*call, "-e", "CREATE DATABASE wordpress"], **quiet).returncode:
            assert time.monotonic() < until and server.poll() is None, "the database did not start"
            time.sleep(0.2)
        yield listening
    finally:
        server.terminate()
        server.wait(30)


class Site:
    """The site with the plugin from `examples/wordpress`."""

    def __init__(self, place: Path, listening: Path) -> None:
        self.folder, self.address = place / "wordpress", f"http://127.0.0.1:{free_port()}"
        shutil.copytree(PACKAGED, self.folder, symlinks=False, ignore_dangling_symlinks=True)
        (self.folder / "wp-config.php").write_text(
            _CONFIG.replace("{socket}", str(listening)), encoding="utf-8"
        )
        plugin = self.folder / "wp-content" / "plugins" / "tingwen"
        shutil.copytree(ROOT / "examples" / "wordpress" / "tingwen", plugin, dirs_exist_ok=True)

    def set_up(self, service: str, key: str) -> dict[str, Any]:
        """Install, activate, publish; what came of it."""
        script = Path(__file__).with_name("set_up.php")
        command = ["php", "-d", "display_errors=stderr", script, self.folder, self.address]
        done = subprocess.run(
            [*command, service, key], capture_output=True, text=True, timeout=_LONGEST_S
        )
        assert done.returncode == 0, done.stderr + done.stdout
        assert "tingwen" not in done.stderr, done.stderr
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    @contextmanager
    def served(self) -> Iterator[httpx.Client]:
        """The site, as its readers see it."""
        port = self.address.rpartition(":")[2]
        command = ["php", "-S", f"127.0.0.1:{port}", "-t", str(self.folder)]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with httpx.Client(base_url=self.address, timeout=120, follow_redirects=True) as client:
                until = time.monotonic() + _LONGEST_S
                while True:
                    try:
                        client.get("/readme.html")
                        break
                    except httpx.TransportError:
                        assert time.monotonic() < until
                        time.sleep(0.2)
                yield client
        finally:
            server.terminate()
            server.wait(30)
