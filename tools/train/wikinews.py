#!/usr/bin/env python3
"""Wikinews articles as text to learn from, without labels.

    git clone https://github.com/vanatteveldt/wikinews
    tools/train/wikinews.py wikinews/data/*.csv > wikinews.jsonl

Input: CSV files with the columns url, title and text. Output: an article a
line, {"id", "origin", "text", "attributions": []}; the headline is the first
paragraph, the line of the date is left out, and so are articles that are too
short or too long to be news. Wikinews is CC BY 2.5.
"""

import csv
import json
import re
import sys

# In characters.
SHORTEST, LONGEST = 200, 30_000


def article(row):
    """A row of the CSV file, or None where it is no article."""
    text = re.sub(r"^\w+day, \w+ \d+, \d{4}\s*", "", row["text"].strip())
    text = re.sub(r"\s*\n\s*\n\s*", "\n\n", text)
    if not SHORTEST <= len(text) <= LONGEST:
        return None
    return {"origin": row["url"], "text": f"{row['title']}\n\n{text}"}


def main():
    csv.field_size_limit(sys.maxsize)
    number = 0
    for path in sys.argv[1:]:
        with open(path, encoding="utf8", newline="") as f:
            for row in csv.DictReader(f):
                found = article(row)
                if found:
                    number += 1
                    print(json.dumps({"id": f"wikinews-{number}", **found,
                                      "attributions": []}, ensure_ascii=False))


if __name__ == "__main__":
    main()
