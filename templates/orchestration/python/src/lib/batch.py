from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

# As many as a batch has in the template, and as boto3's clients have connections.
WORKERS = 10


def process_batch(
    records: list[dict[str, Any]], work: Callable[[dict[str, Any]], None], identifier: Callable[[dict[str, Any]], str]
) -> dict[str, list[dict[str, str]]]:
    """Does the work of all records at the same time, and answers with those that must stay in their queue.

    One after the other, a slow legacy system would use up the function's time before the last of them had its turn. A
    batch in which everything failed is no error of the function: the records stay, and the pollers keep their pace.
    `work` tells itself why a record failed: the answer does not.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """

    def finished(record: dict[str, Any]) -> bool:
        try:
            work(record)
        except Exception:
            return False
        return True

    with ThreadPoolExecutor(WORKERS) as pool:
        ends = list(pool.map(finished, records))
    failed = [record for record, end in zip(records, ends) if not end]
    return {"batchItemFailures": [{"itemIdentifier": identifier(record)} for record in failed]}
