import math
import random
from collections.abc import Callable

MAXIMUM_DELAY = 900


def back_off(attempts: int, first_delay: int, chance: Callable[[], float] = random.random) -> int:
    """Seconds to wait before the next attempt.

    Three times as long each time, at most SQS's 15 minutes, and up to half of it left to chance, so that what failed
    together does not come back together.
    """
    full = min(MAXIMUM_DELAY, first_delay * 3**attempts)
    return math.ceil(full * (1 - chance() / 2))
