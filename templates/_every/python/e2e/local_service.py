"""This service on an embedded AWS of its own, where every function is held to its role."""

import itertools
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from typing import Any, TypeVar

import boto3

Answer = TypeVar("Answer")

DEPLOYMENT = "gear deploy --local"
"""As in the README."""

PATIENCE = 45
"""How long to wait for an answer, in seconds."""


class LocalService:
    """Builds the service and deploys it as `gear deploy --local` does, but to a cloud in a temporary folder."""

    def __init__(self, **parameters: str) -> None:
        self._folder = tempfile.mkdtemp(prefix="gear-service-name-")
        try:
            given = [word for name, value in parameters.items() for word in ("--parameter", f"{name}={value}")]
            events = self._gear_text(*DEPLOYMENT.split()[1:], *given)
            # One line for each event, and the result as the last one.
            self.outputs: dict[str, str] = json.loads(events.splitlines()[-1])["outputs"]
            self._variables = self._gear("local", "env")
        except BaseException:
            self.remove()
            raise

    def client(self, service: str) -> Any:
        return boto3.client(service, **self._settings())

    def table(self, name: str) -> Any:
        return boto3.resource("dynamodb", **self._settings()).Table(name)

    def forward(self, span: str) -> None:
        """Puts the clock of the embedded AWS forward: `+5s`, `+1h`."""
        self._gear("local", "time", span)

    def until(self, ask: Callable[[], Answer], accept: Callable[[Answer], bool]) -> Answer:
        """Asks until the answer is the one that is waited for; ends at once when a role was denied something."""
        deadline = time.monotonic() + PATIENCE
        for asked in itertools.count(1):
            answer = ask()
            if accept(answer):
                return answer
            is_over = time.monotonic() > deadline
            if is_over or asked % 20 == 0:
                denied = self.permissions()["denied"]
                if denied:
                    raise AssertionError(f"Denied was {', '.join(denied)}")
            if is_over:
                raise AssertionError(f"Not within {PATIENCE} s: the last answer was {answer!r}")
            time.sleep(0.05)

    def permissions(self) -> dict[str, list[str]]:
        """What roles of functions were denied so far, and what they grant that no run has needed."""
        functions = self._gear("local", "usage")["functions"]
        return {
            "denied": [f"{each['logicalId']} {call['action']}" for each in functions for call in each["denied"]],
            "unused": [
                f"{each['logicalId']} {grant['action']}"
                for each in functions
                for grant in each["granted"]
                if grant["status"] == "unused"
            ],
        }

    def remove(self) -> None:
        self._gear("local", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _settings(self) -> dict[str, str]:
        return {
            "endpoint_url": self._variables["AWS_ENDPOINT_URL"],
            "region_name": self._variables["AWS_REGION"],
            "aws_access_key_id": self._variables["AWS_ACCESS_KEY_ID"],
            "aws_secret_access_key": self._variables["AWS_SECRET_ACCESS_KEY"],
        }

    def _gear(self, *words: str) -> Any:
        return json.loads(self._gear_text(*words) or "null")

    def _gear_text(self, *words: str) -> str:
        command = ["gear", *words, "--dir", self._folder, "--json"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {ended.returncode}\n{ended.stdout}{ended.stderr}")
        return ended.stdout
