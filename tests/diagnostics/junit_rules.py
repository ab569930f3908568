"""What a JUnit file has to keep to, as the schema of Jenkins's xUnit plug-in has it, in our own words.

The source: `junit-10.xsd` in src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd of jenkinsci/xunit-plugin,
read for this list; the file itself is not ours and is not kept here. For each element: the attributes it must have,
those it may have, the elements it may hold, and whether text may stand in it. Times are seconds with at most three
decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring


@dataclass(frozen=True)
class Rule:
    """Of one element."""

    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    text: bool = False


def _rule(must: str = "", may: str = "", holds: str = "", text: bool = False) -> Rule:
    return Rule(frozenset(must.split()), frozenset(may.split()), frozenset(holds.split()), text)


RERUNS = "rerunFailure rerunError flakyFailure flakyError"
RULES = {
    "testsuites": _rule(may="name time tests failures errors", holds="testsuite"),
    "testsuite": _rule(
        "name tests failures errors",
        "group time skipped timestamp hostname id package file log url version",
        "testsuite properties testcase system-out system-err",
    ),
    "testcase": _rule("name", "time classname group", f"skipped error failure system-out system-err {RERUNS}"),
    "failure": _rule(may="type message", text=True),
    "error": _rule(may="type message", text=True),
    "skipped": _rule(may="type message", text=True),
    "properties": _rule(holds="property"),
    "property": _rule("name value"),
    "system-out": _rule(text=True),
    "system-err": _rule(text=True),
}
TIME = re.compile(r"[0-9,]*(\.[0-9]{0,3})?")


def breaches(xml: str) -> list[str]:
    """What in the text of a JUnit file is against the rules. Raises ParseError for what is no XML at all."""
    root = fromstring(xml.encode("utf-8"))
    found = [] if root.tag in ("testsuites", "testsuite") else [f"the file starts with {root.tag}"]
    return [*found, *_breaches(root)]


def _breaches(element: Element) -> Iterator[str]:
    rule = RULES.get(element.tag)
    if rule is None:
        yield f"there is no element {element.tag}"
        return
    has = set(element.attrib)
    yield from (f"{element.tag} lacks {name}" for name in sorted(rule.must - has))
    yield from (f"{element.tag} has {name}" for name in sorted(has - rule.must - rule.may))
    if "time" in has and not TIME.fullmatch(element.attrib["time"]):
        yield f"{element.attrib['time']} is no time"
    texts = [element.text, *(child.tail for child in element)]
    if not rule.text and any(text and text.strip() for text in texts):
        yield f"text stands in {element.tag}"
    for child in element:
        if child.tag not in rule.holds:
            yield f"{child.tag} stands in {element.tag}"
        yield from _breaches(child)
    yield from _miscounted(element)


def _miscounted(element: Element) -> Iterator[str]:
    """Counts are not in the schema, but servers believe them."""
    counted = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for name, tag in counted.items():
        if name in element.attrib and element.attrib[name] != str(len(list(element.iter(tag)))):
            yield f"{element.tag} counts {element.attrib[name]} {name}"
