"""A TypeScript client made from the document compiles strictly and has every property, each with a type."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests import installed
from tests.conftest import Templates
from tests.operation.running import served

pytestmark = pytest.mark.node

Told = dict[str, Any]

STRICTLY = (
    *("--strict", "--noEmit", "--target", "es2022", "--lib", "es2022"),
    *("--module", "esnext", "--moduleResolution", "bundler"),
)
# A key that is not there, or whose type got lost, does not compile.
PROOF = """import type { components, operations, paths } from "./api";
type Known<T> = unknown extends T ? never : T;
type Has<T, K extends keyof T> = Known<T[K]> extends never ? never : K;
type Schemas = components["schemas"];
"""


def compiled(folder: Path) -> subprocess.CompletedProcess[str]:
    tools = installed.typescript()
    assert tools is not None
    return run(tools / "tsc", *STRICTLY, folder / "proof.ts")


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)


def properties(document: Told) -> list[tuple[str, str]]:
    return [
        (schema, name)
        for schema, told in document["components"]["schemas"].items()
        for name in told.get("properties", {})
    ]


def claims(document: Told) -> list[str]:
    of_schemas = [f'Has<Schemas["{schema}"], "{name}">' for schema, name in properties(document)]
    of_paths = [
        f'Has<paths["{path}"], "{verb}">' for path, verbs in document["paths"].items() for verb in verbs
    ]
    of_operations = [
        f'Has<operations["{told["operationId"]}"]["responses"], {status}>'
        for verbs in document["paths"].values()
        for told in verbs.values()
        for status in told["responses"]
    ]
    return [*of_schemas, *of_paths, *of_operations]


def prove(folder: Path, stated: list[str]) -> subprocess.CompletedProcess[str]:
    lines = [f"export const claim{number}: {claim} = " for number, claim in enumerate(stated)]
    keys = [claim.rpartition(", ")[2].removesuffix(">") for claim in stated]
    proof = "\n".join(f"{line}{key};" for line, key in zip(lines, keys, strict=True))
    (folder / "proof.ts").write_text(PROOF + proof)
    return compiled(folder)


@pytest.fixture(scope="module")
def client(document: Told, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the types of the document."""
    tools = installed.typescript()
    assert tools is not None
    folder = tmp_path_factory.mktemp("typescript")
    (folder / "openapi.json").write_bytes(orjson.dumps(document))
    made = run(tools / "openapi-typescript", folder / "openapi.json", "--output", folder / "api.ts")
    assert made.returncode == 0, made.stderr
    return folder


def test_every_property_operation_and_status_is_there_with_a_type(client: Path, document: Told) -> None:
    stated = claims(document)

    result = prove(client, stated)

    assert len(stated) > 500
    assert result.stdout == ""
    assert result.returncode == 0


def test_what_is_lost_or_cannot_be_written_would_not_compile(client: Path) -> None:
    prove(
        client,
        ['Has<Schemas["Village"], "colour">', 'Has<{ free: unknown }, "free">', 'Has<paths, "/v1/towns">'],
    )
    proof = client / "proof.ts"
    proof.write_text(proof.read_text() + '\ndeclare const one: Schemas["Village"];\none.version = 2;\n')

    result = compiled(client)

    assert result.returncode != 0
    refused = {line.partition("proof.ts(")[2].partition(",")[0] for line in result.stdout.splitlines()}
    assert refused == {"5", "6", "7", "9"}
    assert "read-only" in result.stdout


ASKING = """import type { components, paths } from "./api";
type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer A } } } };
} ? A : never;
declare const process: { argv: string[] };
declare const console: { log(line: string): void };
declare function fetch(address: string): Promise<{ json(): Promise<unknown> }>;
async function ask<P extends keyof paths>(path: P): Promise<Answer<P>> {
  return (await (await fetch(process.argv[2] + path)).json()) as Answer<P>;
}
const page = await ask("/v1/villages");
const first: components["schemas"]["Village"] | undefined = page.items[0];
console.log(JSON.stringify({ name: first?.name, more: page.next_cursor !== null }));
export {};
"""


def test_a_program_of_these_types_asks_a_running_server(client: Path, templates: Templates) -> None:
    tools, node = installed.typescript(), shutil.which("node")
    assert tools is not None
    assert node is not None
    (client / "asking.mts").write_text(ASKING.replace("./api", "./api.js"))
    emitting = [word for word in STRICTLY if word != "--noEmit"]
    made = run(tools / "tsc", *emitting, client / "asking.mts")

    with served(templates.fresh("sqlite")) as (server, _):
        asked = run(node, client / "asking.mjs", str(server.base_url).rstrip("/"))

    assert made.returncode == 0, made.stdout
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == {"name": "Perian", "more": True}
