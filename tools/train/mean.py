#!/usr/bin/env python3
"""A mean of the weights of two runs, of which one went on from the other.

    tools/train/mean.py before.safetensors after.safetensors 0.7 out.safetensors

0.7 is the share of the second. What a run gains on new articles stays for the
most part, and so does what it would lose on the old ones (Wortsman et al.:
"Robust fine-tuning of zero-shot models", CVPR 2022).
"""

import sys

from safetensors.torch import load_file, save_file


def main():
    before, after, share, out = sys.argv[1:]
    old, new = load_file(before), load_file(after)
    share = float(share)
    save_file({k: (1 - share) * old[k].float() + share * new[k].float()
               for k in new}, out)


if __name__ == "__main__":
    main()
