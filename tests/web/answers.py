"""Pages as JSON, asked for and held against their schemas."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from .conftest import ROOT

SCHEMAS = ROOT / "docs/reference/schemas"
AS_JSON = {"accept": "application/json"}


def schemas() -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}


def asked(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(address, headers=AS_JSON)
    assert response.status_code == status, address
    return json.loads(response.content)


def assert_conforms(kind: str, answer: Any) -> None:
    """Fails where an answer is not as the schema of its kind says."""
    known = schemas()
    parts = [(f"{name}.json", Resource.from_contents(one)) for name, one in known.items()]
    validator = Draft202012Validator(known[kind], registry=Registry().with_resources(parts))
    errors = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(answer)]
    assert errors == [], errors[:3]
