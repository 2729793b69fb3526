"""Tests of tools/train/perturb.py, on texts of their own."""

import json
import pathlib
import random
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools/train"))
sys.dont_write_bytecode = True

import perturb  # noqa: E402
import perturb_names  # noqa: E402

ROLES = ("source", "cue", "content")


def article(marked, **fields):
    """An article from text with {s:...}, {c:...} and {t:...} around the source,
    cue and content of its only claim; several pieces of one role may follow."""
    row = {role: [] for role in ROLES}
    text, at, stack = "", 0, []
    while at < len(marked):
        if marked[at] == "{" and marked[at + 2] == ":":
            stack.append((marked[at + 1], len(text)))
            at += 3
        elif marked[at] == "}":
            role, begin = stack.pop()
            row[{"s": "source", "c": "cue", "t": "content"}[role]].append(
                [begin, len(text)])
            at += 1
        else:
            text += marked[at]
            at += 1
    return {"id": "a", "text": text, "attributions": [{**row, **fields}]}


def spans_of(of, row=0):
    return {role: [of["text"][b:e] for b, e in of["attributions"][row][role]]
            for role in ROLES}


# One article of each habit: curly and straight marks, inner marks, apostrophes,
# contents with their marks inside and outside, pieces, titles, letters whose
# other case has another length.
SAMPLES = [
    article("Harbour plan “dead”\n\n{t:“It’s over,”} {s:Mayor Sarah Quill} "
            "{c:said} on Monday. {t:“The ‘big’ plan isn’t funded.”}",
            speaker="Sarah Quill", kind="P", time="on Monday"),
    article('"{t:We won\'t pay. They know \'no\' means no}," {c:said} '
            "{s:Dr. Tom Arbuckle}. Mr. Arbuckle left -- at once.",
            speaker="Tom Arbuckle", kind="P", type="DIRECT"),
    article("{s:İnci Straße} {c:denied} {t:that the ﬁrst offer — a bad one — "
            "was hers}. Then she left.\n\nNobody followed. The end.",
            speaker="İnci Straße", kind="P"),
    article("{c:According to} {s:the Guardian}, {t:Ohio's Republicans would "
            "split}. (“No,” they wrote.) “Never.\n\n“Not once.”",
            speaker="Guardian", kind="O"),
    article("{s:Police}: {t:Six cars burn near the old town hall}\n\nA fire."
            " Nothing else.", speaker="Police", kind="O"),
    article("{t:''Go on. Ask them!''} {s:she} {c:urged}. ‘Tis late – he’s 'em.",
            speaker=None, kind="X"),
]


class EditsTest(unittest.TestCase):
    def test_spans_move_with_edits(self):
        text, move = perturb.apply("abcdef", [(1, 1, "XX"), (2, 4, "Y"),
                                              (6, 6, "Z")])
        self.assertEqual(text, "aXXbYefZ")
        cases = [((0, 1), "a"), ((1, 2), "b"), ((0, 2), "aXXb"),
                 ((1, 4), "bY"), ((2, 4), "Y"), ((4, 6), "ef"),
                 ((3, 6), "Yef"), ((2, 3), "Y")]
        for (begin, end), want in cases:
            b, e = move(begin, end)
            self.assertEqual(text[b:e], want, (begin, end))

    def test_a_whole_span_is_never_deleted(self):
        of = {"id": "a", "text": "No” he", "attributions": [
            {"source": [[4, 6]], "cue": [[2, 3]], "content": [[0, 2]]}]}
        self.assertEqual(perturb.edited(of, [(2, 3, "")])["text"], "No” he")

    def test_overlapping_edits_are_a_bug(self):
        with self.assertRaises(AssertionError):
            perturb.apply("abc", [(0, 2, "x"), (1, 3, "y")])


class EveryKindTest(unittest.TestCase):
    def edits_and_article(self, kind, of, seed):
        result = perturb.KINDS[kind](of, random.Random(seed))
        if isinstance(result, dict):
            return None, result
        return perturb.keep_spans(of, result), perturb.edited(of, result)

    def test_spans_hold_their_own_words(self):
        """Against an oracle that edits one character at a time."""
        for kind in perturb.KINDS:
            for i, of in enumerate(SAMPLES):
                for seed in range(20):
                    edits, new = self.edits_and_article(kind, of, seed)
                    if edits is None:
                        continue
                    at = [["", c] for c in of["text"] + " "]
                    for b, e, replacement in edits:
                        if b == e:
                            at[b][0] = replacement
                            continue
                        at[b][1] = replacement
                        for k in range(b + 1, e):
                            at[k][1] = ""
                    for role in ROLES:
                        old = of["attributions"][0][role]
                        got = spans_of(new)[role]
                        want = ["".join(x[1] if k == b else x[0] + x[1]
                                        for k, x in enumerate(at) if b <= k < e)
                                for b, e in old]
                        self.assertEqual(got, want, (kind, i, seed, role))

    def test_spans_stay_in_range_and_keep_their_number(self):
        for kind in [*perturb.KINDS, "mix", "names+single", "lower+ocr"]:
            for of in SAMPLES:
                for seed in range(20):
                    before = json.dumps(of)
                    new = perturb.perturb(of, kind, random.Random(seed))
                    self.assertEqual(json.dumps(of), before, "input changed")
                    for row in new["attributions"]:
                        for role in ROLES:
                            for b, e in row[role]:
                                self.assertLess(b, e)
                                self.assertLessEqual(0, b)
                                self.assertLessEqual(e, len(new["text"]))
                    last = new["attributions"][-1]
                    for role in ROLES:
                        self.assertEqual(len(last[role]), len(
                            of["attributions"][0][role]), (kind, role))

    def test_same_seed_same_article(self):
        for kind in [*perturb.KINDS, "mix"]:
            for of in SAMPLES:
                a = perturb.perturb(of, kind, random.Random(7))
                b = perturb.perturb(of, kind, random.Random(7))
                self.assertEqual(a, b)


class KindTest(unittest.TestCase):
    def test_examples(self):
        curly, straight = SAMPLES[0], SAMPLES[1]
        cases = [
            ("straight", curly, {"content": [
                '"It\'s over,"', '"The \'big\' plan isn\'t funded."']}),
            ("curly", straight, {"content": [
                "We won’t pay. They know ‘no’ means no"]}),
            ("single", curly, {"content": [
                "‘It’s over,’", "‘The “big” plan isn’t funded.’"]}),
            ("single", straight, {"content": [
                'We won\'t pay. They know "no" means no']}),
            ("lower", SAMPLES[2], {"source": ["i̇nci straße"],
                                   "content": ["that the ﬁrst offer — a bad "
                                               "one — was hers"]}),
            ("upper", SAMPLES[2], {"source": ["İNCI STRASSE"], "content": [
                "THAT THE FIRST OFFER — A BAD ONE — WAS HERS"]}),
            ("no_paragraphs", curly, {"cue": ["said"]}),
        ]
        for kind, of, want in cases:
            got = spans_of(perturb.perturb(of, kind, random.Random(1)))
            for role, texts in want.items():
                self.assertEqual(got[role], texts, kind)

    def test_single_marks_around(self):
        new = perturb.perturb(SAMPLES[1], "single", random.Random(1))
        self.assertTrue(new["text"].startswith("'We won't pay. They know \"no\""))
        self.assertIn("no,' said", new["text"])

    def test_guillemets(self):
        texts = {perturb.perturb(SAMPLES[0], "guillemets", random.Random(s))
                 ["text"].replace("\xa0", "") for s in range(9)}
        self.assertEqual(texts, {
            "Harbour plan «dead»\n\n«It’s over,» Mayor Sarah Quill said on "
            "Monday. «The ‹big› plan isn’t funded.»"})

    def test_missing_closers_lose_closing_marks_only(self):
        lost = 0
        for seed in range(50):
            new = perturb.perturb(SAMPLES[0], "missing_closers",
                                  random.Random(seed))["text"]
            self.assertEqual(new.count("“"), SAMPLES[0]["text"].count("“"))
            self.assertIn("It’s", new)
            lost += 4 - new.count("”") - new.count("big’")
        self.assertTrue(0.15 < lost / (50 * 4) < 0.45, lost)

    def test_line_breaks(self):
        new = perturb.perturb(SAMPLES[2], "no_paragraphs", random.Random(1))
        self.assertIn("she left. Nobody followed. The end.", new["text"])
        self.assertNotIn("\n", new["text"])
        new = perturb.perturb(SAMPLES[2], "sentence_paragraphs",
                              random.Random(1))
        self.assertIn("hers.\n\nThen she left.\n\nNobody followed.\n\nThe end.",
                      new["text"])

    def test_a_quotation_is_opened_again_or_kept_whole(self):
        texts = {perturb.perturb(SAMPLES[5], "sentence_paragraphs",
                                 random.Random(s))["text"][:20]
                 for s in range(20)}
        self.assertEqual(texts, {"''Go on. Ask them!''",
                                 "''Go on.\n\n''Ask them"})

    def test_abbreviations_end_no_sentence(self):
        new = perturb.perturb(SAMPLES[1], "sentence_paragraphs",
                              random.Random(1))["text"]
        self.assertIn("Dr. Tom Arbuckle.\n\nMr. Arbuckle", new)

    def test_ocr_is_about_one_in_a_hundred(self):
        of = {"id": "a", "attributions": [], "text": "little wooden fences " * 500}
        changed = len(perturb.ocr(of, random.Random(1)))
        self.assertTrue(30 < changed < 200, changed)

    def test_title(self):
        of = article("Rain {c:is} “not over,”\n\nthe rest")
        new = perturb.perturb(of, "title", random.Random(1))
        self.assertEqual(new["text"], "Rain Is “Not Over,”\n\nthe rest")
        new = perturb.perturb(new, "title", random.Random(1))
        self.assertEqual(new["text"], "RAIN IS “NOT OVER,”\n\nthe rest")

    def test_headline(self):
        of = article("{s:Ann Lee} {c:says} {t:“the town hall is closed”}.",
                     speaker="Ann Lee", kind="P")
        new = perturb.perturb(of, "headline", random.Random(1))
        got = spans_of(new)
        self.assertIn(got["source"][0], ("Ann Lee", "Lee"))
        self.assertEqual(got["cue"], [":"])
        self.assertEqual(got["content"][0][1:-1], "The town hall is closed")
        self.assertEqual(spans_of(new, 1), spans_of(of))

    def test_phrases_move_along(self):
        of = article("{s:Ann} {c:said} on Monday {t:it rained}.",
                     time="on Monday")
        new = perturb.perturb(of, "upper", random.Random(1))
        self.assertEqual(new["attributions"][0]["time"], "ON MONDAY")


class NamesTest(unittest.TestCase):
    OF = article("Ms. Hillary Clinton spoke. {t:“We won,”} {s:Clinton} {c:said}."
                 " CLINTON’S rival Bill Young of Ohio met young Republicans in "
                 "the White House. Hillary’s and Mr. Young’s aides left.",
                 speaker="Hillary Clinton", kind="P", accept=["Clinton"])

    def test_consistent(self):
        for seed in range(30):
            new = perturb.perturb(self.OF, "names", random.Random(seed))
            text, row = new["text"], new["attributions"][0]
            given, family = row["speaker"].split(" ", 1)
            self.assertNotIn("Clinton", row["speaker"])
            for word in ("Clinton", "CLINTON", "Hillary", "Ohio", "Republican",
                         "Bill", "Mr. Young"):
                self.assertNotIn(word, text)
            self.assertEqual(row["accept"], [family])
            self.assertEqual(spans_of(new)["source"], [family])
            self.assertTrue(text.startswith(f"Ms. {given} {family} spoke."))
            self.assertIn(family.upper() + "’S rival", text)
            self.assertIn(given + "’s and Mr. ", text)
            # Words that are also names stay where they are words.
            self.assertIn("met young", text)
            self.assertIn("the White House", text)

    def test_gender(self):
        women = {w for _, f, _ in perturb_names.CULTURES for w in f}
        men = {w for m, _, _ in perturb_names.CULTURES for w in m}
        for seed in range(30):
            rename = perturb_names.renamer(self.OF, random.Random(seed))
            self.assertIn(rename.string("Hillary"), women)
            self.assertIn(rename.string("Bill Young").split()[0], men)

    def test_article_without_names(self):
        of = article("{t:It rained}, {s:they} {c:said}.")
        self.assertEqual(perturb.perturb(of, "names", random.Random(1)), of)


class CommandTest(unittest.TestCase):
    def run_command(self, *flags, lines=SAMPLES):
        data = "\n".join(json.dumps({**a, "id": str(i)})
                         for i, a in enumerate(lines))
        return subprocess.run(
            [sys.executable, "-B", ROOT / "tools/train/perturb.py", *flags],
            input=data, capture_output=True, text=True, encoding="utf8",
            check=False)

    def test_order_and_seed(self):
        flags = ("--kind=lower,names+single,mix", "--seed=3")
        first, again = self.run_command(*flags), self.run_command(*flags)
        self.assertEqual(first.returncode, 0, first.stderr)
        self.assertEqual(first.stdout, again.stdout)
        ids = [json.loads(line)["id"] for line in first.stdout.splitlines()]
        self.assertEqual(ids, [str(i) for i in range(len(SAMPLES))])

    def test_unknown_kind(self):
        run = self.run_command("--kind=lower,upside_down")
        self.assertEqual(run.returncode, 2)
        self.assertIn("upside_down", run.stderr)


if __name__ == "__main__":
    unittest.main()
