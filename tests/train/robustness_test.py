"""Tests of tools/robustness: which kinds lose more than they may."""

import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import unittest

sys.dont_write_bytecode = True
PATH = pathlib.Path(__file__).resolve().parents[2] / "tools/robustness"
LOADER = importlib.machinery.SourceFileLoader("robustness", str(PATH))
robustness = importlib.util.module_from_spec(
    importlib.util.spec_from_loader("robustness", LOADER))
LOADER.exec_module(robustness)

ARTICLES = [{"id": "a", "text": "“Yes,” Ann said.", "attributions": [
    {"source": [[7, 10]], "cue": [[11, 15]], "content": [[1, 5]]}]}]


def figure(f1):
    return {"attribution": {"f1": f1}, "claim found": {"f1": f1}}


class TableTest(unittest.TestCase):
    def losing(self, kinds, lost):
        """What the table names and prints if every perturbation loses `lost`."""
        asked = []

        def ask(articles):
            asked.append(articles[0]["text"])
            return figure(0.8 if len(asked) == 1 else 0.8 - lost)

        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            worse = robustness.table(ARTICLES, kinds, 1, ask)
        return worse, asked, out.getvalue()

    def test_each_kind_is_asked_in_its_own_form(self):
        _, asked, _ = self.losing(["straight", "lower", "single"], 0)
        self.assertEqual(asked, ["“Yes,” Ann said.", '"Yes," Ann said.',
                                 "“yes,” ann said.", "‘Yes,’ Ann said."])

    def test_allowed_losses(self):
        for lost, worse in ((-0.01, []), (0.029, []), (0.04, ["single"]),
                            (0.06, ["lower", "single"])):
            got, _, out = self.losing(["lower", "single"], lost)
            self.assertEqual(got, worse, lost)
            self.assertEqual(out.count("too much"), len(worse))

    def test_row(self):
        _, _, out = self.losing(["lower"], 0.021)
        self.assertRegex(out, r"lower +1 +77\.9 +2\.1 +77\.9 +2\.1\n")


if __name__ == "__main__":
    unittest.main()
