"""An index of packages on this machine, in the ways of PyPI (PEP 503) and of npm."""

from __future__ import annotations

import base64
import hashlib
import io
import stat
import tarfile
import zipfile

from aiohttp import web

from tests.local_server import LocalServer


class PackageIndex(LocalServer):
    """Serves `files`, by name, and counts how often each was asked for."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__()
        self.files = files
        self.asked: list[str] = []

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/simple/{name}/", self._links),
            web.get("/npm/{name}", self._versions),
            web.get("/files/{name}", self._file),
        ]

    async def _links(self, request: web.Request) -> web.Response:
        wanted = request.match_info["name"].replace("-", "_")
        names = [n for n in self.files if n.endswith(".whl") and n.startswith(f"{wanted}-")]
        links = "".join(f'<a href="/files/{name}">{name}</a>' for name in names)
        return web.Response(text=f"<!DOCTYPE html><body>{links}</body>", content_type="text/html")

    async def _versions(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        tarballs = [n for n in self.files if n.startswith(f"{name}-") and n.endswith(".tgz")]
        if not tarballs:
            raise web.HTTPNotFound
        versions = {}
        for file in tarballs:
            version = file.removeprefix(f"{name}-").removesuffix(".tgz")
            digest = base64.b64encode(hashlib.sha512(self.files[file]).digest()).decode()
            dist = {"tarball": f"{self.origin}/files/{file}", "integrity": f"sha512-{digest}"}
            versions[version] = {"name": name, "version": version, "dist": dist}
        tags = {"latest": next(iter(versions))}
        return web.json_response({"name": name, "dist-tags": tags, "versions": versions})

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        self.asked.append(name)
        return web.Response(body=self.files[name])


def wheel_file(
    name: str, version: str, members: dict[str, bytes], python: str = ">=3.8"
) -> tuple[str, bytes]:
    """Name and bytes of a wheel for every platform that holds `members`, for those `python`s."""
    stem = f"{name.replace('-', '_')}-{version}"
    about = {
        "METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        f"Requires-Python: {python}\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in members.items():
            info = zipfile.ZipInfo(path)
            info.external_attr = (stat.S_IFREG | 0o755) << 16  # pip runs only what is marked so
            archive.writestr(info, content)
        for path, text in about.items():
            archive.writestr(f"{stem}.dist-info/{path}", text)
    return f"{stem}-py3-none-any.whl", out.getvalue()


def npm_tarball(name: str, version: str, members: dict[str, bytes]) -> tuple[str, bytes]:
    """Name and bytes of an npm package that holds `members`."""
    out = io.BytesIO()
    manifest = f'{{"name": "{name}", "version": "{version}"}}'.encode()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for path, content in {"package.json": manifest, **members}.items():
            info = tarfile.TarInfo(f"package/{path}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return f"{name}-{version}.tgz", out.getvalue()
