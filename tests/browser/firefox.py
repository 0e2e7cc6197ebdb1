"""Debian's Firefox, driven through WebDriver BiDi (https://w3c.github.io/webdriver-bidi/)."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

PROGRAM = "firefox-esr"
_PREFERENCES: Mapping[str, Any] = {
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "zh-TW",
    "media.autoplay.default": 0,
    "media.cubeb.backend": "alsa",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disabled": True,  # no test leaves this machine
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}
_NO_SOUND_CARD = "pcm.!default { type null }\nctl.!default { type null }\n"
_START_S, _PATIENCE_S = 60, 20


def is_here() -> bool:
    return shutil.which(PROGRAM) is not None


class Firefox:
    """One tab of a browser of its own."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.tab = ""

    async def send(self, method: str, **params: Any) -> Any:
        """Ask for a command; its result. Raises AssertionError with what the browser says."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            answer = json.loads((await self._socket.receive(timeout=_START_S)).data)
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    async def goto(self, url: str) -> None:
        await self.send("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    async def evaluate(self, expression: str) -> Any:
        """What an expression gives in the page, by way of JSON; a press is behind it."""
        answer = await self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    async def open_privileged(self, url: str) -> None:
        """Open a page of the browser or of an extension in a tab, and turn to it."""
        windows = await self.send("browsingContext.getTree", **{"moz:scope": "chrome"})
        principal = "Services.scriptSecurityManager.getSystemPrincipal()"
        options = f"{{ triggeringPrincipal: {principal} }}"
        await self.send(
            "script.evaluate",
            expression=f"gBrowser.selectedTab = gBrowser.addTab({json.dumps(url)}, {options})",
            target={"context": windows["contexts"][0]["context"]},
            awaitPromise=False,
        )
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            tree = await self.send("browsingContext.getTree")
            tabs = [tab["context"] for tab in tree["contexts"] if tab["url"] == url]
            if tabs:
                self.tab = tabs[0]
                return
            assert time.monotonic() < deadline, tree
            await asyncio.sleep(0.1)

    async def wait_until(self, expression: str) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not await self.evaluate(expression):
            assert time.monotonic() < deadline, expression
            await asyncio.sleep(0.1)


@asynccontextmanager
async def firefox(folder: Path, **preferences: Any) -> AsyncIterator[Firefox]:
    """A browser whose profile is made in `folder`, and that has no sound card."""
    profile = folder / "profile"
    profile.mkdir(parents=True)
    chosen = {**_PREFERENCES, **preferences}
    lines = (f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in chosen.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    (folder / ".asoundrc").write_text(_NO_SOUND_CARD, "utf-8")
    process = await asyncio.create_subprocess_exec(
        *(PROGRAM, "--headless", "--no-remote", "--profile", str(profile)),
        *("--remote-debugging-port", "0", "--remote-allow-system-access", "about:blank"),
        env={**os.environ, "HOME": str(folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        address = await asyncio.wait_for(_address_of(process), _START_S)
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{address}/session", max_msg_size=0) as socket,
        ):
            browser = Firefox(socket)
            await browser.send("session.new", capabilities={})
            tree = await browser.send("browsingContext.getTree")
            browser.tab = tree["contexts"][0]["context"]
            yield browser
    finally:
        process.terminate()
        await process.communicate()


async def _address_of(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    async for line in process.stderr:
        found = re.search(r"listening on (ws://\S+)", line.decode("utf-8", "replace"))
        if found:
            return found[1]
    raise AssertionError(f"{PROGRAM} did not start")
