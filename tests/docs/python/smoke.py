"""Run by the generator's own Python: the made client asks a running server. `smoke.py FOLDER BASE TOKEN`."""

import importlib
import json
import sys
from typing import Any


def main() -> None:
    """Read, calculate and write once; print what came back as JSON."""
    folder, base, token = sys.argv[1:]
    sys.path.insert(0, folder)
    package: Any = importlib.import_module("berdaya_client")
    models: Any = importlib.import_module("berdaya_client.models")
    anybody = package.Client(base_url=base)
    office = package.AuthenticatedClient(base_url=base, token=token)
    exact = models.ListVillagesCount("exact")
    page = call("villages", "list_villages").sync(client=anybody, region="64.02", limit=2, count=exact)
    scores = models.IdmScores(iks=[5] * 35, ike=[5] * 12, ikl=[5] * 3)
    index = call("village_index", "calculate_idm").sync(client=anybody, body=scores)
    kind = models.NewGroupKind("kelompok_usaha")
    new = models.NewGroup(name="Kelompok Contoh", kind=kind, village_code="64.02.04.2001")
    group = call("groups", "register_group").sync(client=office, body=new)
    told = {"total": page.total, "first": page.items[0].name, "status": index.status, "group": group.name}
    sys.stdout.write(json.dumps(told))


def call(tag: str, name: str) -> Any:
    """The module of one operation."""
    return importlib.import_module(f"berdaya_client.api.{tag}.{name}")


if __name__ == "__main__":
    main()
