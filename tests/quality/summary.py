#!/usr/bin/env python3
"""Print what graders said of cards: a table of notes and a table of rules.

    python3 tests/quality/summary.py

Reads the marks beside it. A card is good if a learner can tell what is asked,
it holds one fact, has one answer, and says what the note says (columns 1-4);
it is wrong if it does not say what the note says (column 4).
"""

import csv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
NEEDED = ["self_contained", "one_fact", "answerable", "correct"]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def table(heads, lines):
    print("| " + " | ".join(heads) + " |")
    print("|" + " --- |" * len(heads))
    for line in lines:
        print("| " + " | ".join(str(cell) for cell in line) + " |")
    print()


def main():
    graded, good, wrong = Counter(), Counter(), Counter()
    notes = []
    for path in sorted(HERE.glob("*.tsv")):
        if path.stem == "made":
            continue
        marks = rows(path)
        sound = [all(row[column] == "1" for column in NEEDED) for row in marks]
        for row, is_good in zip(marks, sound):
            graded[row["rule"]] += 1
            good[row["rule"]] += is_good
            wrong[row["rule"]] += row["correct"] != "1"
        worst = sum(row["correct"] != "1" for row in marks)
        notes.append((path.stem, len(marks), sum(sound), f"{sum(sound) / len(marks):.0%}", worst))
    made = Counter({row["rule"]: int(row["cards"]) for row in rows(HERE / "made.tsv")})
    table(["note", "graded", "good", "share", "wrong"], notes)
    table(["rule", "made", "graded", "good", "wrong"],
          [(rule, made[rule], graded[rule], good[rule], wrong[rule]) for rule, _ in made.most_common()])


if __name__ == "__main__":
    main()
