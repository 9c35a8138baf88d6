"""Writes fsrs-reference.txt: 10,000 random histories as py-fsrs, an implementation of its own, has them.

    python3 -m venv venv && venv/bin/pip install fsrs==6.3.2
    venv/bin/python tests/schedule/fsrs_reference.py > tests/schedule/fsrs-reference.txt

The histories follow from numbers that tests/suite/schedule.rs makes as well: 2 to 12 answers, each a
grade from 0 to 5 and the days since the last answer, 0 to 150. A line holds stability, difficulty and
interval after the last answer.
"""

from datetime import datetime, timedelta, timezone

from fsrs import Card, Rating, Scheduler


class Dice:
    """The generator of tests/suite/schedule.rs."""

    def __init__(self, state):
        self.state = state

    def roll(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


RATINGS = [Rating.Again, Rating.Again, Rating.Again, Rating.Hard, Rating.Good, Rating.Easy]


def main():
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    dice = Dice(6)
    for _ in range(10_000):
        card = Card()
        now = datetime(2020, 1, 1, 12, tzinfo=timezone.utc)
        for number in range(2 + dice.roll(11)):
            grade = dice.roll(6)
            days = [0, 1, dice.roll(8), dice.roll(40), dice.roll(151)][dice.roll(5)]
            now += timedelta(days=0 if number == 0 else days)
            card, _ = scheduler.review_card(card, RATINGS[grade], now)
        interval = (card.due - card.last_review).days
        print(f"{card.stability:.5g} {card.difficulty:.5g} {interval}")


main()
