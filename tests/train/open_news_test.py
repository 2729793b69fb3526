"""Tests of tools/train/open_news.py and of the annotations beside it."""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools/train"))
sys.dont_write_bytecode = True

import open_news  # noqa: E402

ACTS = set("STATEMENT DENIAL CRITICISM APPROVAL DIRECTIVE QUESTION COMMITMENT "
           "BELIEF OTHER".split())


def line(key, text, **fields):
    return {"id": "a", "key": key, "crc32": zlib.crc32(text.encode()),
            "held_out": 0, "claims": [], **fields}


class MergedTest(unittest.TestCase):

    def test_phrases_become_words_and_what_is_left_out_is_there(self):
        claim = {"type": "INDIRECT", "content": [[15, 21]], "speaker": "Jane Doe",
                 "kind": "P", "act": "STATEMENT", "time": [9, 14]}
        article = open_news.merged(line("u", "", claims=[claim]),
                                   "Doe said today it was.")
        found, = article["attributions"]
        self.assertEqual(found["time"], "today")
        self.assertIsNone(found["medium"])
        self.assertEqual(found["realis"], "ACTUAL")
        self.assertEqual(found["source"], [])
        self.assertEqual(article["origin"], "u")

    def test_texts_are_cut_behind_a_paragraph(self):
        long = "word " * 700
        self.assertEqual(open_news.cut(f"One.\r\n\n\n\n{long}\n\nTwo."),
                         f"One.\n\n{long.strip()}")


class CommandTest(unittest.TestCase):

    def run_on(self, lines):
        """Articles and held-out articles of three clones with a text each."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "w/data").mkdir(parents=True)
            with open(folder / "w/data/1.csv", "w", newline="") as f:
                rows = csv.writer(f)
                rows.writerow(["url", "title", "text"])
                rows.writerow(["u1", "T", "Monday, May 4, 2020\n" + "a b " * 60])
            (folder / "b").mkdir()
            (folder / "b/ground-truth.json").write_text(
                json.dumps({"x": {"url": "u2", "articleBody": "Two."}}))
            data = folder / "g/Giveme5W1H/examples/datasets/d/data"
            data.mkdir(parents=True)
            (data / "3.json").write_text(json.dumps({"title": "T", "text": "Three."}))
            (data / "4.json").write_text("no JSON")
            annotations = folder / "annotations"
            annotations.write_text("".join(json.dumps(x) + "\n" for x in lines))
            program = ("import sys, pathlib; sys.dont_write_bytecode = True; "
                       f"sys.path.insert(0, {str(ROOT / 'tools/train')!r}); "
                       "import open_news; open_news.ANNOTATIONS = "
                       f"pathlib.Path({str(annotations)!r}); open_news.main()")
            done = subprocess.run(
                [sys.executable, "-c", program, *(folder / x for x in "wbg"),
                 f"--out={folder}/out", f"--held_out={folder}/held"],
                check=True, stderr=subprocess.PIPE, text=True)
            found = [(folder / p).read_text(encoding="utf8").splitlines()
                     for p in ("out", "held")]
            return [[json.loads(x)["text"] for x in f] for f in found], done.stderr

    def test_articles_of_all_clones_in_their_files(self):
        three = "fhamborg/Giveme5W1H/Giveme5W1H/examples/datasets/d/data/3.json"
        wiki = "T\n\n" + ("a b " * 60).strip()
        (out, held), said = self.run_on(
            [line("u1", wiki), line("u2", "Two.", held_out=1),
             line(three, "T\n\nThree.")])
        self.assertEqual(out, [wiki, "T\n\nThree."])
        self.assertEqual(held, ["Two."])
        self.assertEqual(said, "")

    def test_what_has_changed_or_is_missing_is_left_out_and_counted(self):
        (out, held), said = self.run_on([line("u2", "Other."), line("u9", "Nine.")])
        self.assertEqual((out, held), ([], []))
        self.assertIn("2 articles are missing or have changed", said)


class AnnotationsTest(unittest.TestCase):

    def test_every_line_is_whole_and_holds_no_text(self):
        ids = set()
        for text in open_news.ANNOTATIONS.read_text(encoding="utf8").splitlines():
            article = json.loads(text)
            self.assertNotIn("text", article)
            self.assertNotIn(article["id"], ids)
            ids.add(article["id"])
            for claim in article["claims"]:
                where = (article["id"], claim["content"])
                self.assertTrue(claim["content"], where)
                spans = [s for role in ("source", "cue", "content")
                         for s in claim.get(role, [])]
                spans += [claim[p] for p in open_news.PHRASES if p in claim]
                for begin, end in spans:
                    self.assertLess(begin, end, where)
                self.assertEqual(claim["content"], sorted(claim["content"]))
                self.assertIn(claim["kind"], tuple("PUODX"), where)
                self.assertIn(claim["act"], ACTS, where)
                self.assertIn(claim["type"], ("DIRECT", "INDIRECT", "MIXED"))
        self.assertGreater(len(ids), 400)


if __name__ == "__main__":
    unittest.main()
