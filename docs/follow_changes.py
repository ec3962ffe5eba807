"""Keeps a copy of a Berdaya register in an SQLite file: python follow_changes.py URL FILE [REGION], as 64.02.04.

What a page tells and the cursor behind it are one commit, so the copy is right wherever this is stopped.
"""

import http.client
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

SCHEMA = """CREATE TABLE IF NOT EXISTS place (number PRIMARY KEY, parameter, cursor);
CREATE TABLE IF NOT EXISTS things (type, id, version, village_code, data, PRIMARY KEY (type, id))"""
KEEP = """INSERT INTO things VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version,
    village_code = excluded.village_code, data = excluded.data WHERE excluded.version > version"""
DROP = "DELETE FROM things WHERE type = ? AND id = ? AND version <= ?"


def get(address: str, **query: str) -> dict[str, Any] | None:
    """The answer, asked for until it comes; None for 410, when the copy has to start again."""
    given = urllib.parse.urlencode({name: value for name, value in query.items() if value})
    headers = {"Authorization": f"Bearer {token}"} if (token := os.environ.get("BERDAYA_TOKEN")) else {}
    wait = 0.5
    while True:
        pause = wait = min(wait * 2, 60)
        try:
            request = urllib.request.Request(f"{address}?{given}", headers=headers)
            with urllib.request.urlopen(request, timeout=30) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as refused:
            if refused.code == 410:
                return None
            if refused.code not in (429, 502, 503, 504):
                raise
            pause = float(refused.headers.get("Retry-After", wait))
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            pass  # the connection broke, perhaps in the middle of an answer
        time.sleep(pause)


def step(copy: sqlite3.Connection, url: str, region: str = "") -> bool:
    """Take in one page, of what is there or of what changed since; False when nothing is new for now."""
    parameter, cursor = copy.execute("SELECT parameter, cursor FROM place").fetchone() or ("cursor", "")
    what = "/v1/changes" if parameter == "after" else "/v1/changes/snapshot"
    page = get(url + what, region=region, limit="500", **{parameter: cursor})
    if page is None:
        place = ("cursor", "")
    elif page["next_cursor"] is None:
        place = ("after", page["changes_after"])
    else:
        place = (parameter, page["next_cursor"])
    if place == (parameter, cursor):
        return False
    with copy:  # one transaction
        copy.execute("INSERT OR REPLACE INTO place VALUES (1, ?, ?)", place)
        if page is None:
            copy.execute("DELETE FROM things")
        for item in page["items"] if page else ():
            thing = (item["type"], item["resource_id"], item["version"])
            if item.get("operation") == "deleted" or not (item["village_code"] or "").startswith(region):
                copy.execute(DROP, thing)
            else:  # never back to an older version
                copy.execute(KEEP, (*thing, item["village_code"], json.dumps(item["data"])))
    return True


if __name__ == "__main__":
    url, file, region = [*sys.argv[1:], ""][:3]
    kept = sqlite3.connect(file)
    kept.executescript(SCHEMA)
    while True:
        if not step(kept, url.rstrip("/"), region):
            time.sleep(5)
