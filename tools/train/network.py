"""The network that server/model runs, in PyTorch: an encoder and the heads of both scopes.

Parameter names are those of the weights file (safetensors) that
tools/convert_model.py reads: enc.*, tags.*, arg.* (ALL_ATTRIBUTIONS) and
reported.tags.*, reported.arg.* (REPORTED).
"""

import torch
from torch import nn
import torch.nn.functional as F

SCOPES = ("all", "reported")
# Words from a cue up to which distances share a row of the embedding; the
# same table as in server/model/argument_head.cc.
DISTANCE_EDGES = torch.tensor([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97])


class Dropout(nn.Module):
    """Dropout whose masks are slices of one pool at random offsets: drawing a
    mask of its own for every call takes a third of a step on a CPU.

    All instances share the pool; renew() draws it anew, which the training
    loop does every few steps.
    """

    SIZE = 1 << 22
    pool = None

    def __init__(self, share):
        super().__init__()
        self.share = share

    @classmethod
    def renew(cls, share, seed, device):
        generator = torch.Generator().manual_seed(seed)
        kept = torch.rand(cls.SIZE, generator=generator) >= share
        cls.pool = (kept.float() / (1 - share)).to(device)

    def forward(self, x):
        if not self.training or self.share == 0:
            return x
        n = x.numel()
        if n > self.SIZE // 2:
            return F.dropout(x, self.share)
        at = int(torch.randint(self.SIZE - n, ()))
        return x * self.pool[at:at + n].view(x.shape)


class Layer(nn.Module):
    """One transformer layer, BERT's."""

    def __init__(self, width, heads, inner, dropout):
        super().__init__()
        self.h = heads
        self.qkv, self.o = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.f1, self.f2 = nn.Linear(width, inner), nn.Linear(inner, width)
        self.n1 = nn.LayerNorm(width, eps=1e-12)
        self.n2 = nn.LayerNorm(width, eps=1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x, mask):
        b, n, width = x.shape
        q, k, v = (self.qkv(x).view(b, n, 3, self.h, width // self.h)
                   .permute(2, 0, 3, 1, 4))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = a.transpose(1, 2).reshape(b, n, width)
        x = self.n1(x + self.drop(self.o(a)))
        return self.n2(x + self.drop(self.f2(F.gelu(self.f1(x)))))


class Encoder(nn.Module):
    """Pieces with their shapes and quotation states -> one vector a piece."""

    def __init__(self, layers, width, heads, inner, vocabulary, dropout):
        super().__init__()
        self.word, self.pos = nn.Embedding(vocabulary, width), nn.Embedding(512, width)
        self.shape, self.quote = nn.Embedding(8, width), nn.Embedding(8, width)
        for e in (self.shape, self.quote):
            nn.init.normal_(e.weight, std=0.02)
        self.norm, self.drop = nn.LayerNorm(width, eps=1e-12), Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(width, heads, inner, dropout) for _ in range(layers))

    def forward(self, pieces, shapes, quotes, mask):
        x = (self.word(pieces) + self.pos.weight[:pieces.shape[1]] +
             self.shape(shapes) + self.quote(quotes))
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class ArgumentHead(nn.Module):
    """Words of a window and one cue -> logits of OTHER, SOURCE, CONTENT per word."""

    def __init__(self, width, a=192, c=128, dropout=0.1):
        super().__init__()
        self.tok, self.mul_t = nn.Linear(width, a), nn.Linear(width, a)
        self.cue, self.mul_c = nn.Linear(2 * width, a), nn.Linear(2 * width, a)
        self.dist = nn.Embedding(2 * len(DISTANCE_EDGES) + 1, a)
        self.rel = nn.Embedding(15, a)
        for e in (self.dist, self.rel):
            nn.init.normal_(e.weight, std=0.1)
        self.down = nn.Linear(a, c)
        self.c1 = nn.Conv1d(c, c, 5, padding=2)
        self.c2 = nn.Conv1d(c, c, 5, padding=4, dilation=2)
        self.out, self.drop = nn.Linear(c, 3), Dropout(dropout)

    def forward(self, words, row, cue, dist, rel, valid):
        """words: [windows, W, width]; row, cue: the window and the vector
        [2 * width] of each cue; dist, rel: [cues, W]; valid: [cues, W, 1]."""
        x = (self.tok(words)[row] + self.cue(cue).unsqueeze(1) +
             self.mul_t(words)[row] * self.mul_c(cue).unsqueeze(1) +
             self.dist(dist) + self.rel(rel))
        y = (F.gelu(self.down(self.drop(F.gelu(x)))) * valid).transpose(1, 2)
        y = (y + F.gelu(self.c1(y))) * valid.transpose(1, 2)
        y = y + F.gelu(self.c2(y))
        return self.out(self.drop(y.transpose(1, 2)))


class Heads(nn.Module):
    """The heads of one scope. tags: BIO of cue | content | source; the last
    two are auxiliary losses, which serving leaves out."""

    def __init__(self, width, dropout):
        super().__init__()
        self.tags = nn.Linear(width, 9)
        self.arg = ArgumentHead(width, dropout=dropout)


class Network(Heads):
    """The encoder and the heads of both scopes; its own heads are those of
    ALL_ATTRIBUTIONS."""

    def __init__(self, layers=6, width=384, heads=12, inner=1536,
                 vocabulary=30522, dropout=0.1):
        super().__init__(width, dropout)
        self.enc = Encoder(layers, width, heads, inner, vocabulary, dropout)
        self.reported = Heads(width, dropout)
        self.drop = Dropout(dropout)

    def heads(self, scope):
        return self.reported if scope == "reported" else self

    def words(self, batch):
        """[windows, W, width]: each word by its first piece."""
        h = self.enc(batch.pieces, batch.shapes, batch.quotes, batch.mask)
        index = batch.first.unsqueeze(-1).expand(-1, -1, h.shape[-1])
        return self.drop(torch.gather(h, 1, index))

    def roles(self, words, batch, scope):
        """[cues, W, 3] logits for the cues of the batch."""
        at = torch.arange(words.shape[1], device=words.device)
        inside = ((at >= batch.cue_begin[:, None]) &
                  (at < batch.cue_end[:, None])).float()
        own = words[batch.row]
        mean = torch.einsum(
            "pw,pwd->pd", inside / inside.sum(1, keepdim=True), own)
        first = own[torch.arange(len(batch.row)), batch.cue_begin]
        valid = batch.valid[batch.row].unsqueeze(-1).float()
        return self.heads(scope).arg(words, batch.row, torch.cat([mean, first], -1),
                                     batch.dist, batch.rel, valid)


def layers_of(tensors):
    """How many layers the encoder of an earlier run has."""
    return 1 + max(int(k.split(".")[2]) for k in tensors if k.startswith("enc.layers."))


def pick_layers(tensors, layers):
    """The tensors of an earlier run with some layers of its encoder only: a
    student begins as its teacher without the others."""
    out = {k: v for k, v in tensors.items() if not k.startswith("enc.layers.")}
    for to, of in enumerate(layers):
        prefix = f"enc.layers.{of}."
        out.update({f"enc.layers.{to}.{k.removeprefix(prefix)}": v
                    for k, v in tensors.items() if k.startswith(prefix)})
    return out


def load_weights(network, tensors):
    """Takes the weights of an earlier run (any scope may be missing: REPORTED
    then begins as a copy of ALL_ATTRIBUTIONS), or of a BERT encoder under
    Hugging Face's names."""
    if "enc.word.weight" in tensors:
        tensors = {k: v.float() for k, v in tensors.items()}
        for k in [k for k in tensors if k.startswith(("tags.", "arg."))]:
            tensors.setdefault("reported." + k, tensors[k])
        network.load_state_dict(tensors)
    else:
        _load_bert(network.enc, tensors)


def _load_bert(encoder, tensors):
    get = lambda k: tensors[k if k in tensors else "bert." + k].float()
    names = {"o": "attention.output.dense", "n1": "attention.output.LayerNorm",
             "f1": "intermediate.dense", "f2": "output.dense",
             "n2": "output.LayerNorm"}
    with torch.no_grad():
        embeddings = "embeddings.{}_embeddings.weight"
        encoder.word.weight.copy_(get(embeddings.format("word")))
        encoder.pos.weight.copy_(get(embeddings.format("position")) +
                                 get(embeddings.format("token_type"))[0])
        for part in ("weight", "bias"):
            getattr(encoder.norm, part).copy_(get("embeddings.LayerNorm." + part))
            for i, layer in enumerate(encoder.layers):
                prefix = f"encoder.layer.{i}."
                qkv = [get(f"{prefix}attention.self.{x}.{part}")
                       for x in ("query", "key", "value")]
                getattr(layer.qkv, part).copy_(torch.cat(qkv))
                for ours, theirs in names.items():
                    getattr(getattr(layer, ours), part).copy_(
                        get(f"{prefix}{theirs}.{part}"))
