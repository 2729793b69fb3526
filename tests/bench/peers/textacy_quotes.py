#!/usr/bin/env python3
"""Speed of textacy's extraction of direct quotations (on spaCy), one thread.

  textacy_quotes.py ARTICLES.jsonl

Prints "ARTICLES_PER_SECOND QUOTATIONS", in CPU time of this process. Exits with
3 if textacy, spaCy or an English pipeline (en_core_web_sm, or what SPACY_PIPELINE
names) is missing.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
try:
    import spacy
    import textacy.extract
    pipeline = spacy.load(os.environ.get("SPACY_PIPELINE", "en_core_web_sm"),
                          exclude=["ner"])
except (ImportError, OSError) as error:
    print(f"not installed: {error}", file=sys.stderr)
    sys.exit(3)


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    pipeline(texts[0])
    begin = time.process_time()
    quotations = 0
    for text in texts:
        try:
            quotations += len(list(
                textacy.extract.direct_quotations(pipeline(text))))
        except (IndexError, ValueError):
            pass  # It gives up on marks that do not pair.
    seconds = time.process_time() - begin
    print(f"{len(texts) / seconds:.1f} {quotations}")


if __name__ == "__main__":
    main()
