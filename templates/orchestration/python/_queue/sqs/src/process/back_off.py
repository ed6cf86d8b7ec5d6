import math
import random
from collections.abc import Callable

MAXIMUM_DELAY = 900


def back_off(receives: int, first_delay: int, chance: Callable[[], float] = random.random) -> int:
    """Seconds to wait after so many receives.

    Twice as long each time, at most 15 minutes, and up to half of it left to chance, so that what failed together does
    not come back together.
    """
    full = min(MAXIMUM_DELAY, first_delay * 2 ** (receives - 1))
    return math.ceil(full * (1 - chance() / 2))
