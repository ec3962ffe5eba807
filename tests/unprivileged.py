"""Programs run with no rights beyond an ordinary user's, in a folder of their own, even where we are root."""

import contextlib
import os
import pwd
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PREFIX = "berdaya-pg-"
PROGRAM_SECONDS = 60

MEMORY = Path("/dev/shm")
MEMORY_BYTES = 4 << 30

# Accounts without rights of their own, by preference; needed only where the tests run as root.
ACCOUNTS = ("nobody", "postgres", "daemon")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a program runs as; `switch` is true where that is not who we are."""

    uid: int
    gid: int
    switch: bool

    @classmethod
    def choose(cls) -> "Account":
        """Ourselves, unless we are root; raises `LookupError` where root finds nobody else."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), switch=False)
        for name in ACCOUNTS:
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(entry.pw_uid, entry.pw_gid, switch=True)
        raise LookupError(f"we are root, and there is none of the accounts {', '.join(ACCOUNTS)}")

    def spawn(
        self, command: list[str], *, folder: Path, stdin: int = subprocess.DEVNULL, output: int | IO[bytes]
    ) -> subprocess.Popen[bytes]:
        """A program in `folder`, apart from our terminal's signals and our environment's variables."""
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath, "LC_ALL": "C"},
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
            start_new_session=True,
        )

    def run(self, command: list[str], *, folder: Path) -> tuple[bool, str]:
        """Whether a program succeeded, and what it printed."""
        with self.spawn(command, folder=folder, output=subprocess.PIPE) as program:
            printed, _ = program.communicate(timeout=PROGRAM_SECONDS)
        return program.returncode == 0, printed.decode(errors="replace").strip()

    def new_folder(self, *, volatile: bool) -> Path:
        """A folder of the account's where it can go; those of dead sessions are removed on the way.

        What is `volatile` may live in memory. Raises `LookupError` where every place is closed to it.
        """
        usual = (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"))
        places = [place for place in (*_memory(), *usual) if self.enters(place)]
        for place in places:
            self._sweep(place)
        for place in places:
            if volatile or place != MEMORY:
                folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
                os.chown(folder, self.uid, self.gid)
                return folder
        raise LookupError("no temporary directory that an unprivileged account can enter")

    def enters(self, place: Path) -> bool:
        """Whether every step of the way to a folder is open to the account."""
        if not self.switch:
            return os.access(place, os.W_OK | os.X_OK)
        return place.is_dir() and all(step.stat().st_mode & stat.S_IXOTH for step in (place, *place.parents))

    def remove(self, folder: Path) -> None:
        """Delete with the account's rights alone, so that nothing planted there can turn ours against us."""
        self.run(["rm", "-rf", "--", str(folder)], folder=folder.parent)

    def _sweep(self, place: Path) -> None:
        for left in place.glob(f"{PREFIX}[0-9]*-*"):
            owner = int(left.name.removeprefix(PREFIX).partition("-")[0])
            if left.lstat().st_uid == self.uid and not _alive(owner):
                self.remove(left)


def _memory() -> list[Path]:
    """The folder in memory, where it has room and lets programs run: a database is copied 8 times as fast."""
    if not MEMORY.is_dir():
        return []
    about = os.statvfs(MEMORY)
    roomy = about.f_bavail * about.f_frsize >= MEMORY_BYTES
    return [MEMORY] if roomy and not about.f_flag & os.ST_NOEXEC else []


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
