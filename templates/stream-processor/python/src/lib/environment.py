import os


def required(name: str) -> str:
    """A setting that the template gives.

    Read at start-up, so that a deployment which forgot one fails at its first invocation, by name.
    """
    value = os.environ.get(name, "")
    if value == "":
        raise RuntimeError(f"The environment variable {name} is not set")
    return value
