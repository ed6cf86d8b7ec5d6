import math
import random
import time
from collections.abc import Callable

from process.process_request import LeftInQueue

MAXIMUM_DELAY = 900


def hidden_for(error: Exception, receives: int, first_delay: int, now: Callable[[], float] = time.time) -> int:
    """Seconds after which a message that failed comes back.

    What another invocation has in hand is looked at again when that one is over, at the latest: to look sooner, and
    oftener, would use up the receives of a request that is well.
    """
    if isinstance(error, LeftInQueue) and error.until is not None:
        return max(1, math.ceil(error.until - now()))
    return back_off(receives, first_delay)


def back_off(receives: int, first_delay: int, chance: Callable[[], float] = random.random) -> int:
    """Seconds to wait after so many receives.

    Twice as long each time, at most 15 minutes, and up to half of it left to chance, so that what failed together does
    not come back together.
    """
    full = min(MAXIMUM_DELAY, first_delay * 2 ** (receives - 1))
    return math.ceil(full * (1 - chance() / 2))
