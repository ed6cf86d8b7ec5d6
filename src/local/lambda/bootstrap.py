"""The Python runtime of an execution environment.

A process of its own that loads the handler, takes invocations from the Lambda Runtime API and gives back results
(https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). One file with nothing but the standard library. What
it says, and how it formats errors and log lines, follows AWS's own Python runtime interface client.

Started without `site`, so that nothing the developer installed can be imported; see `ManagedRuntimePackages`.
"""

import importlib
import importlib.abc
import importlib.machinery
import json
import logging
import os
import sys
import time
import traceback
from datetime import datetime, timezone
from decimal import Decimal
from http.client import HTTPConnection

# On the command line: this environment's id, and where the AWS SDK for Python lies, if anywhere.
SDK_FOLDER = sys.argv[2] if len(sys.argv) > 2 else None
TASK_ROOT = os.environ["LAMBDA_TASK_ROOT"]
JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON"

# Of the invocation in hand; None while the handler is loaded.
request_id = None


class Fault(Exception):
    """An error that the runtime itself names."""

    def __init__(self, error_type, message, trace=()):
        super().__init__(message)
        self.error_type = error_type
        self.trace = list(trace)


def main():
    prepare_interpreter()
    set_up_logging()
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(os.environ.get("_HANDLER", ""))
    except Exception as error:
        described = describe(error)
        log_error(described)
        mark_end_of_log()
        api.post("init/error", described)
        sys.exit(1)
    while True:
        handle_next(api, handler)


def handle_next(api, handler):
    global request_id
    headers, event = api.next()
    request_id = headers["lambda-runtime-aws-request-id"]
    if headers.get("lambda-runtime-trace-id"):
        os.environ["_X_AMZN_TRACE_ID"] = headers["lambda-runtime-trace-id"]
    try:
        answer = marshal(handler(unmarshal(event), LambdaContext(headers)))
        outcome = "response"
    except Exception as error:
        answer = describe(error)
        log_error(answer)
        outcome = "error"
    mark_end_of_log()
    api.post(f"invocation/{request_id}/{outcome}", answer)


def unmarshal(event):
    try:
        return json.loads(event)
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None


def marshal(answer):
    try:
        return json.dumps(answer, ensure_ascii=False, default=decimal_as_float)
    except Exception as error:
        raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def decimal_as_float(value):
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


class LambdaContext:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    def __init__(self, headers):
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.tenant_id = None
        self.client_context = client_context(headers.get("lambda-runtime-client-context"))
        self.identity = CognitoIdentity()
        self._deadline = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))


class CognitoIdentity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class ClientContext:
    def __init__(self, document):
        self.custom = document.get("custom")
        self.env = document.get("env")
        client = document.get("client")
        self.client = None if client is None else Client(client)


class Client:
    def __init__(self, document):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, document.get(name))


def client_context(header):
    if not header:
        return None
    try:
        return ClientContext(json.loads(header))
    except ValueError as error:
        raise Fault("Runtime.LambdaContextUnmarshalError", f"Unable to parse Client Context JSON: {error}") from None


# The handler


def load_handler(name):
    """`folder/file.function`, or with dots between folder and file."""
    module_name, dot, function = name.rpartition(".")
    if not dot:
        message = f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)"
        raise Fault("Runtime.MalformedHandlerName", message)
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = f"Cannot use built-in module {module_name} as a handler module"
        raise Fault("Runtime.BuiltInModuleConflict", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}{sdk_hint(error)}"
        raise Fault("Runtime.ImportModuleError", message) from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        message = f"Syntax error in module '{module_name}': {error}"
        raise Fault("Runtime.UserCodeSyntaxError", message, trace) from None
    if not hasattr(module, function):
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{module_name}'")
    return getattr(module, function)


class ManagedRuntimePackages(importlib.abc.MetaPathFinder):
    """What AWS's managed runtime brings: the SDK and what it stands on. A package of the function's own goes first."""

    names = ("boto3", "botocore", "s3transfer", "jmespath", "urllib3", "dateutil", "six")

    def find_spec(self, fullname, path=None, target=None):
        if path is not None or fullname not in self.names:
            return None
        return importlib.machinery.PathFinder.find_spec(fullname, [SDK_FOLDER])


def sdk_hint(error):
    if SDK_FOLDER is not None or error.name not in ManagedRuntimePackages.names:
        return ""
    return (
        f" ({error.name} is part of Lambda's Python runtime; here it comes from a Python on this machine, "
        "and none has it: python3 -m pip install boto3)"
    )


def prepare_interpreter():
    # The folder of this file stands where a script's own folder does.
    sys.path[0] = TASK_ROOT
    if SDK_FOLDER is not None:
        sys.meta_path.append(ManagedRuntimePackages())
    # Without `site`, which is the way to the developer's packages, its harmless part is missing too.
    import site

    site.setquit()
    site.sethelper()


# The log


def set_up_logging():
    """https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html"""
    handler = LambdaLogHandler()
    handler.addFilter(add_request_id)
    if JSON_LOGS:
        handler.setFormatter(JsonFormatter())
    else:
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
        )
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
    root = logging.getLogger()
    root.addHandler(handler)
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL")
    if level:
        root.setLevel({"TRACE": "DEBUG"}.get(level, level))


class LambdaLogHandler(logging.Handler):
    def emit(self, record):
        try:
            write_event(self.format(record))
        except Exception:
            self.handleError(record)


def add_request_id(record):
    record.aws_request_id = request_id or ""
    return True


class JsonFormatter(logging.Formatter):
    """A record as an object, with what was given as `extra` beside its own members."""

    reserved = set(logging.makeLogRecord({}).__dict__) | {"aws_request_id", "message", "asctime", "taskName"}

    def format(self, record):
        level = min(50, max(0, record.levelno)) // 10 * 10
        time_of_record = datetime.fromtimestamp(record.created, tz=timezone.utc)
        line = {
            "timestamp": time_of_record.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "level": logging.getLevelName(level),
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            error_type, error, trace = record.exc_info
            line["stackTrace"] = traceback.format_tb(trace)
            line["errorType"] = getattr(error_type, "__name__", None)
            line["errorMessage"] = str(error)
        line["requestId"] = record.aws_request_id
        if record.exc_info:
            line["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
        for name, value in record.__dict__.items():
            if name not in self.reserved and name not in line:
                line[name] = value
        members = {name: value for name, value in line.items() if value is not None}
        return json.dumps(members, ensure_ascii=False)


def describe(error):
    if isinstance(error, Fault):
        error_type, trace = error.error_type, error.trace
    else:
        error_type = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        while frames and frames[0].filename == __file__:
            frames.pop(0)
        trace = traceback.format_list(frames)
    return {
        "errorMessage": str(error),
        "errorType": error_type,
        "requestId": request_id or "",
        "stackTrace": trace,
    }


def log_error(described):
    if JSON_LOGS:
        timestamp = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
        write_event(json.dumps({"timestamp": timestamp, "level": "ERROR", **described}))
        return
    message = described["errorMessage"]
    lines = [f"[ERROR] {described['errorType']}{': ' if message else ''}{message}"]
    lines.append("Traceback (most recent call last):")
    for entry in described["stackTrace"]:
        lines.extend(map(with_lasting_indent, entry.splitlines()))
    write_event("\n".join(lines))


def with_lasting_indent(line):
    """AWS indents with no-break spaces, which no viewer of logs trims."""
    text = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(text)) + text


def write_event(text):
    # A line feed would end the log event; the reader of this stream turns carriage returns into line feeds.
    sys.stdout.write(text.replace("\n", "\r") + "\n")


def mark_end_of_log():
    """Tells the reader of both streams that everything this invocation wrote has been written."""
    mark = f"\0{request_id or 'init'}\n".encode()
    for stream, descriptor in ((sys.stdout, 1), (sys.stderr, 2)):
        try:
            stream.flush()
        except (AttributeError, ValueError, OSError):
            pass  # The handler put something else there, or closed it.
        os.write(descriptor, mark)


# The Runtime API


class RuntimeApi:
    def __init__(self, address):
        self._connection = HTTPConnection(address)

    def next(self):
        response, body = self._send("GET", "invocation/next")
        return response.headers, body

    def post(self, path, answer):
        body = answer if isinstance(answer, str) else json.dumps(answer)
        # A lone surrogate has no UTF-8; AWS sends a question mark as well.
        self._send("POST", path, body.encode("utf-8", "replace"))

    def _send(self, method, path, body=None):
        try:
            self._connection.request(method, f"/2018-06-01/runtime/{path}", body)
            response = self._connection.getresponse()
            return response, response.read()
        except OSError:
            # Without the Runtime API there is nobody to run for: the embedded AWS has ended.
            os._exit(1)


if __name__ == "__main__":
    main()
