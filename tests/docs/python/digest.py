"""Run by the generator's own Python: says what of a document its client has lost. `digest.py FOLDER DOCUMENT`."""

import importlib
import json
import pkgutil
import sys
from pathlib import Path
from typing import Any

import attrs
import httpx

Told = dict[str, Any]

PACKAGE = "berdaya_client"


def lost_properties(document: Told) -> list[str]:
    """Properties of schemas that have no field in their class."""
    models = importlib.import_module(f"{PACKAGE}.models")
    lost = []
    for schema, told in document["components"]["schemas"].items():
        # A name that Python keeps for itself gets an underscore.
        fields = {field.name.removesuffix("_") for field in attrs.fields(getattr(models, schema))}
        lost += [f"{schema}.{name}" for name in told.get("properties", {}) if name not in fields]
    return lost


def misread_answers(document: Told) -> list[str]:
    """Answers shown in the document that the client reads as less than they are."""
    client = importlib.import_module(f"{PACKAGE}.client").Client(base_url="http://berdaya.test")
    misread = []
    for told in (told for verbs in document["paths"].values() for told in verbs.values()):
        call = module_of(told)
        for status, response in told["responses"].items():
            for example in (
                response.get("content", {}).get("application/json", {}).get("examples", {}).values()
            ):
                answer = httpx.Response(int(status), json=example["value"])
                try:
                    read = call._parse_response(client=client, response=answer).to_dict()
                except (AttributeError, KeyError, TypeError, ValueError) as failure:
                    misread.append(f"{told['operationId']} {status}: {failure!r}")
                else:
                    if read.keys() != example["value"].keys():
                        misread.append(f"{told['operationId']} {status}")
    return misread


def module_of(told: Told) -> Any:
    """The module of the client that makes this call."""
    tag = told["tags"][0].lower().replace(" ", "_")
    return importlib.import_module(f"{PACKAGE}.api.{tag}.{told['operationId']}")


def main() -> None:
    """Print what was found as JSON."""
    folder, file = sys.argv[1:]
    sys.path.insert(0, folder)
    package = importlib.import_module(PACKAGE)
    modules = [one.name for one in pkgutil.walk_packages(package.__path__, f"{PACKAGE}.")]
    for module in modules:
        importlib.import_module(module)
    document = json.loads(Path(file).read_text())
    found = {
        "modules": len(modules),
        "lost": lost_properties(document),
        "misread": misread_answers(document),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
