import json
import threading
import time


class Metrics:
    """Metrics in CloudWatch's embedded format: a line in the log, for which the role needs no permission.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """

    def __init__(self, namespace: str, service: str) -> None:
        self._namespace = namespace
        self._service = service
        self._values: dict[str, list[float]] = {}
        # The records of a batch are worked on at the same time.
        self._lock = threading.Lock()

    def count(self, name: str) -> None:
        with self._lock:
            self._values.setdefault(name, []).append(1)

    def publish(self) -> None:
        """Prints what was counted since the last time, at the end of an invocation."""
        if not self._values:
            return
        metrics = [{"Name": name, "Unit": "Count"} for name in self._values]
        definition = {"Namespace": self._namespace, "Dimensions": [["service"]], "Metrics": metrics}
        header = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [definition]}
        print(json.dumps({"_aws": header, "service": self._service, **self._values}))
        self._values = {}
