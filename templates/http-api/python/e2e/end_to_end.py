"""The deployed service, where `tests/` has its parts: `python3 -m unittest e2e.end_to_end`."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from unittest import TestCase

from e2e.local_service import LocalService


ORDER = {"customer": "Ada", "lines": [{"sku": "tea", "quantity": 2}]}


class Orders(TestCase):
    """In the order of the tests' names: the last one asks what all of them have needed."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = LocalService()
        cls.addClassCleanup(cls.service.remove)
        # The first request of all starts the function.
        cls.service.until(lambda: cls.ask("order-1", "GET")[0], lambda status: status < 500)

    def test_answers_404_to_what_is_not_there(self) -> None:
        status, _, body = self.ask("order-1", "GET")
        self.assertEqual((status, body["title"]), (404, "No such order"))

    def test_gives_back_an_order_that_was_put_with_the_correlation_id_of_its_client(self) -> None:
        wanted = {"id": "order-17", **ORDER}
        self.assertEqual(self.ask("order-17", "PUT", ORDER), (201, "checkout-4711", wanted))
        self.assertEqual(self.ask("order-17", "GET"), (200, "checkout-4711", wanted))

    def test_says_what_is_wrong_with_an_order_and_keeps_nothing_of_it(self) -> None:
        status, _, body = self.ask("order-18", "PUT", {**ORDER, "customer": ""})
        self.assertEqual((status, body["problems"]), (400, ["customer must be a text of 1 to 200 characters"]))
        self.assertEqual(self.ask("order-18", "GET")[0], 404)

    def test_z_needs_every_permission_that_its_roles_grant_and_no_other(self) -> None:
        self.assertEqual(self.service.permissions(), {"denied": [], "unused": []})

    @classmethod
    def ask(cls, order: str, method: str, body: dict[str, Any] | None = None) -> tuple[int, str, dict[str, Any]]:
        """Status, correlation id and body of the answer."""
        url = f"{cls.service.outputs['ApiUrl']}/orders/{order}"
        data = None if body is None else json.dumps(body).encode()
        request = Request(url, data, {"x-correlation-id": "checkout-4711"}, method=method)
        try:
            answer = urlopen(request)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers.get("x-correlation-id", ""), json.load(answer)
