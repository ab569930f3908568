"""Tests of what the whole strategy tells about names and kinds."""

from pathlib import Path

PAGE = Path(__file__).parent / "repairs.md"
