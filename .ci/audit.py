"""Known holes in what is installed: `make audit`. Fails only if there is one.

Where the database of vulnerabilities cannot be reached, `pip-audit` skips every package and
calls that a success; this says so instead, and how many it could look up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.json"
        command = ["pip_audit", "--skip-editable", "--progress-spinner", "off", "--timeout", "10"]
        done = subprocess.run(
            [sys.executable, "-m", *command, "--format", "json", "--output", str(found)],
            capture_output=True,
            text=True,
        )
        if not found.exists():
            last = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
            print(f"audit: not done, pip-audit could not ask its database ({last[0]:.200})")
            return 0
        packages = json.loads(found.read_text(encoding="utf-8"))["dependencies"]
    audited = [package for package in packages if "vulns" in package]
    print(f"audit: {len(audited)} of {len(packages)} packages looked up in the database")
    if not audited:
        print("audit: nothing was audited, because the database cannot be reached from here")
    holes = [(package, hole) for package in audited for hole in package["vulns"]]
    for package, hole in holes:
        fixed = ", ".join(hole["fix_versions"]) or "no release yet"
        print(f"audit: {package['name']} {package['version']}: {hole['id']}, fixed in {fixed}")
    return int(bool(holes))


if __name__ == "__main__":
    sys.exit(main())
