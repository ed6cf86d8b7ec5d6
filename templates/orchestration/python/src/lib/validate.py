import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Text:
    pattern: str | None = None
    maximum_length: int | None = None
    optional: bool = False

    def problem_of(self, value: Any) -> str | None:
        if not isinstance(value, str):
            return "is not a string"
        if self.maximum_length is not None and len(value) > self.maximum_length:
            return f"is longer than {self.maximum_length} characters"
        if self.pattern is not None and re.fullmatch(self.pattern, value) is None:
            return f"does not match {self.pattern}"
        return None


@dataclass(frozen=True)
class WholeNumber:
    minimum: int
    maximum: int
    optional: bool = False

    def problem_of(self, value: Any) -> str | None:
        # To Python, `True` is a whole number.
        if isinstance(value, int) and not isinstance(value, bool) and self.minimum <= value <= self.maximum:
            return None
        return f"is not a whole number from {self.minimum} to {self.maximum}"


Schema = Mapping[str, Text | WholeNumber]


def problems_of(value: Any, schema: Schema) -> list[str]:
    """What is wrong with the value, a sentence for each; nothing when it is as the schema says."""
    if not isinstance(value, dict):
        return ["the body is not a JSON object"]
    problems = [f"{json.dumps(name[:64])} is not known" for name in value if name not in schema]
    for name, member in schema.items():
        if name in value:
            problem = member.problem_of(value[name])
            if problem is not None:
                problems.append(f"{name} {problem}")
        elif not member.optional:
            problems.append(f"{name} is missing")
    return problems
