"""Tests of tools/evaluate: responses become lines of the scorer."""

import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import re
import struct
import sys
import unittest

sys.dont_write_bytecode = True
PATH = pathlib.Path(__file__).resolve().parents[2] / "tools/evaluate"
LOADER = importlib.machinery.SourceFileLoader("evaluate", str(PATH))
evaluate = importlib.util.module_from_spec(
    importlib.util.spec_from_loader("evaluate", LOADER))
LOADER.exec_module(evaluate)


def span(begin, end, text=""):
    return {"begin": begin, "end": end, "text": text}


class PredictionTest(unittest.TestCase):
    def test_all_fields(self):
        response = {
            "speakers": [{"speakerId": "s1", "name": "Antony Blinken",
                          "kind": "SPEAKER_KIND_PERSON"}],
            "claims": [{
                "content": [span(1, 5), span(9, 12)], "cue": span(6, 8),
                "source": span(13, 20), "speakerId": "s1",
                "act": "ACT_DENIAL", "realis": "REALIS_NEGATED",
                "context": {"addressee": span(30, 39, "reporters"),
                            "time": span(40, 49, "on Friday")},
            }],
        }
        self.assertEqual(evaluate.prediction("a1", response), {
            "id": "a1",
            "attributions": [{
                "source": [[13, 20]], "cue": [[6, 8]],
                "content": [[1, 5], [9, 12]], "speaker": "Antony Blinken",
                "kind": "P", "act": "DENIAL", "realis": "NEGATED",
                "addressee": "reporters", "medium": None, "time": "on Friday",
            }],
        })

    def test_what_is_absent_is_empty(self):
        response = {"speakers": [], "claims": [{
            "content": [span(0, 4)], "speakerId": "", "act": "ACT_OTHER",
            "realis": "REALIS_ACTUAL"}]}
        row = evaluate.prediction("a", response)["attributions"][0]
        self.assertEqual((row["source"], row["cue"]), ([], []))
        self.assertIsNone(row["speaker"])
        self.assertIsNone(row["kind"])


class FakeScorer:
    """The parts of a scorer that are asked for, on words between blanks."""

    WORD = re.compile(r"\S+")

    @staticmethod
    def words(spans, starts, ends):
        return frozenset(i for b, e in spans for i in range(len(starts))
                         if starts[i] < e and ends[i] > b)

    @staticmethod
    def quoted_words(text, starts):
        return [text[start] == "'" for start in starts]


class QuotationsKeptTest(unittest.TestCase):
    def test_counts_words_in_any_claim(self):
        def row(*content, **more):
            return {"content": [list(c) for c in content], **more}

        text = "'aa 'bb 'cc he said dd"
        gold = [{"id": "a", "text": text, "attributions": [
            row((0, 3), (4, 7)),          # In two claims together.
            row((8, 11)),                 # In none.
            row((12, 14)),                # Not quoted.
            row((0, 3), optional=True)]}]  # Not asked for.
        for claims, expected in (
                ([row((0, 3)), row((4, 19))], (2, 2)),
                ([row((0, 3)), row((4, 7))], (2, 1)),
                ([row((0, 3))], (2, 0)),
                ([], (2, 0))):
            with self.subTest(claims=claims):
                self.assertEqual(evaluate.quotations_kept(
                    FakeScorer, gold, {"a": claims}), expected)
        self.assertEqual(evaluate.quotations_kept(FakeScorer, gold, {}), (2, 0))


class ModelFileTest(unittest.TestCase):
    def test_names_and_paths(self):
        path = evaluate.MODELS / "quoth-en.qm"
        self.assertEqual(evaluate.model_file("quoth-en"), path)
        self.assertEqual(evaluate.model_file(str(path)), path)

    def test_unknown_names_the_models_that_are_there(self):
        for unknown in ("quoth-xx", "./quoth-en", ""):
            with self.assertRaises(SystemExit) as caught:
                evaluate.model_file(unknown)
            self.assertIn("models/ has quoth-en", str(caught.exception))


class GoldClaimsTest(unittest.TestCase):
    def test_frame(self):
        article = {"text": "\u00e9 x", "attributions": [
            {"source": [[0, 1], [2, 3]], "cue": [], "content": [[1, 2]]}]}
        text = article["text"].encode()
        self.assertEqual(evaluate.claims_frame(article), struct.pack(
            f"<I{len(text)}sI7i", len(text), text, 1, 0, 3, -1, -1, 1, 1, 2))

    def test_counts_by_kind(self):
        gold = [{"attributions": [
            {"speaker": "Jane Doe", "kind": "P"},
            {"speaker": "poll", "kind": "D"},
            {"speaker": None, "kind": "X"}]}]
        found = [{"attributions": [
            {"speaker": "Jane Doe", "kind": "P"},
            {"speaker": "report", "kind": "D"},
            {"speaker": "Jane Doe", "kind": "P"}]}]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            evaluate.score_speakers(
                lambda name, accepted, kind: name in accepted, gold, found)
        rows = [line.split() for line in out.getvalue().splitlines()]
        self.assertEqual(rows, [["claims", "speaker", "kind"],
                                ["D", "1", "0.0", "100.0"],
                                ["P", "1", "100.0", "100.0"],
                                ["all", "2", "50.0", "100.0"]])


if __name__ == "__main__":
    unittest.main()
