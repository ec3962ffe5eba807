"""What this machine has beyond Python's packages; what it has not is left out of the tests, with a printed line."""

import shutil
import sys
from pathlib import Path

TYPESCRIPT = Path(__file__).parent / "docs" / "typescript"


def chromium() -> str | None:
    """A Chromium of the system."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def typescript() -> Path | None:
    """Where the TypeScript generator and compiler are: Node is here, and `npm ci` has run."""
    tools = TYPESCRIPT / "node_modules" / ".bin"
    ready = shutil.which("node") and (tools / "tsc").exists() and (tools / "openapi-typescript").exists()
    return tools if ready else None


def python_client() -> Path | None:
    """Where the Python generator is: in an environment of its own within this one."""
    place = Path(sys.prefix) / "client" / "bin"
    return place if (place / "openapi-python-client").exists() else None
