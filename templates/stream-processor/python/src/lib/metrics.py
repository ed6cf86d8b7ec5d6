import json
import time


class Metrics:
    """Metrics in CloudWatch's embedded format: a line in the log, for which the role needs no permission.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
    """

    def __init__(self, namespace: str, function: str) -> None:
        self._namespace = namespace
        self._function = function
        self._values: dict[str, list[float]] = {}
        self._units: dict[str, str] = {}

    def add(self, name: str, unit: str, value: float) -> None:
        self._values.setdefault(name, []).append(value)
        self._units[name] = unit

    def publish(self) -> None:
        """Prints what was added since the last time, at the end of an invocation."""
        if not self._values:
            return
        metrics = [{"Name": name, "Unit": unit} for name, unit in self._units.items()]
        definition = {"Namespace": self._namespace, "Dimensions": [["function"]], "Metrics": metrics}
        header = {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [definition]}
        print(json.dumps({"_aws": header, "function": self._function, **self._values}))
        self._values, self._units = {}, {}
