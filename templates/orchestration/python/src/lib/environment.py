import os


def required(name: str) -> str:
    """A setting that the template gives.

    Read at start-up, so that a deployment which forgot one fails at its first invocation, by name, and not at the first
    request that needs it.
    """
    value = os.environ.get(name, "")
    if value == "":
        raise RuntimeError(f"The environment variable {name} is not set")
    return value


def required_integer(name: str) -> int:
    value = required(name)
    if not value.isdecimal() or int(value) < 1:
        raise RuntimeError(f"{name} must be a whole number of at least 1")
    return int(value)
