import unittest

from redrive.back_off import back_off


class BackOff(unittest.TestCase):
    def test_waits_three_times_as_long_each_time_up_to_what_sqs_can_delay(self) -> None:
        delays = [back_off(attempts, 5, lambda: 0) for attempts in (0, 1, 2, 3, 4, 5, 9)]
        self.assertEqual(delays, [5, 15, 45, 135, 405, 900, 900])

    def test_leaves_up_to_half_of_the_delay_to_chance(self) -> None:
        self.assertEqual(back_off(1, 10, lambda: 0.999), 16)
