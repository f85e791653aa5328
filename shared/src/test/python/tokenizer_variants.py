"""Writes goldens/tokenizer/variants.json: many small tokenizer.json files and what the reference makes of random texts.

The vocabulary is trained on such texts without any pre-tokenizer, so that its merges cross every border that a
pre-tokenizer may draw: a wrong border changes ids. Each variant replaces parts of that one tokenizer.json.

    pip install tokenizers==0.23.3
    python shared/src/test/python/tokenizer_variants.py [texts per variant] [seed] [file]
"""

import json
import pathlib
import random
import sys
import unicodedata

import tokenizers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
QWEN2 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
LLAMA3 = QWEN2.replace(r"|\p{N}|", r"|\p{N}{1,3}|")
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
ENDING = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
GPT4O = (
    rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+{ENDING}|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*{ENDING}"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TEKKEN = (
    rf"[^\r\n\p{{L}}\p{{N}}]?{UPPER}*{LOWER}+|[^\r\n\p{{L}}\p{{N}}]?{UPPER}+{LOWER}*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CL100K = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"
)
DEEPSEEK = [
    r"\p{N}{1,3}",
    "[一-龥぀-ゟ゠-ヿ]+",
    r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"
    r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
]

WORDS = (
    "the and Hello world don't I'LL it's we'Ve they'RE Straße naïve café CamelCaseWord XMLHttp HTTPServer iPhone15 snake_case "
    "foo(bar) x+=1; //comment 3.14 1234567 2026-11-23 ½ ² Ⅳ ٣٤٥ ১২৩ 你好世界 中文123字符 こんにちは カタカナ 한국어 ᄒ\u1161\u11ab العربية "
    "עברית Русский текст हिन्दी ไทย Ελληνικά ΣΊΣΥΦΟΣ ǅungla ʰmod 😀 👩\u200d👩\u200d👧 🇩🇪 👍🏽 e\u0301 a\u0308\u0323 'ſ 'S 'tis ’s "
    "<s> </s> <mask> <|x|> <|xy|> word WORD ab abc İstanbul ﬁn Å \u212a ® © ™ € $ # @ ... --- !!! ?! \u200b \ufeff \u00ad \ufffd"
).split(" ")
SPACES = [" ", " ", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u3000", "\u2028", "\u0085", " \n ", "\x0b", "\x1c", ""]
ASSIGNED_LATER = [0x10D40, 0x1C89, 0xA7DA, 0x16D70, 0x11DE0, 0x16FF4, 0x31350, 0xA7CB, 0x1FAE9]


def text(rng):
    parts = []
    for _ in range(rng.randint(0, 9)):
        kind = rng.random()
        if kind < 0.55:
            parts.append(rng.choice(WORDS))
        elif kind < 0.85:
            parts.append(rng.choice(SPACES))
        elif kind < 0.93:
            parts.append("".join(chr(rng.randint(32, 126)) for _ in range(rng.randint(1, 5))))
        elif kind < 0.98:
            parts.append(any_character(rng, 0xFFFF))
        else:
            parts.append(any_character(rng, 0x10FFFF))
        if rng.random() < 0.4:
            parts.append(" ")
    return "".join(parts)


def any_character(rng, limit):
    """Not one that a Unicode younger than 13 normalizes differently: platforms differ there."""
    if rng.random() < 0.05:
        return chr(rng.choice(ASSIGNED_LATER))
    while True:
        c = chr(rng.randint(0, limit))
        if not "\ud800" <= c <= "\udfff" and (unicodedata.category(c) != "Cn" or rng.random() < 0.1):
            return c


def byte_level(**options):
    return {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False, **options}


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}


def sequence(*parts):
    return {"type": "Sequence", "pretokenizers": [*parts, byte_level()]}


def added(token_id, content, **options):
    """The id is corrected later where the vocabulary has the token already."""
    flags = dict(single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
    return {"id": token_id, "content": content, **flags, **options}


def template(before, after):
    special = {t: {"id": t, "ids": [i], "tokens": [t]} for t, i in before + after}
    pieces = [[{"SpecialToken": {"id": t, "type_id": 0}} for t, _ in side] for side in (before, after)]
    a, b = ({"Sequence": {"id": x, "type_id": i}} for i, x in enumerate("AB"))
    return {
        "type": "TemplateProcessing",
        "single": pieces[0] + [a] + pieces[1],
        "pair": pieces[0] + [a] + pieces[1] + [b],
        "special_tokens": special,
    }


def variants(size, vocab):
    bos, eos = ("<s>", size), ("</s>", size + 1)
    ends = [added(size, "<s>"), added(size + 1, "</s>")]
    few = {t: i for i, t in enumerate(sorted(vocab, key=vocab.get)[:200])}
    few["<unk>"] = len(few)
    found = {
        "gpt2": {"pre_tokenizer": byte_level(use_regex=True)},
        "gpt2_split": {"pre_tokenizer": sequence(split(GPT2))},
        "bart": {
            "pre_tokenizer": byte_level(use_regex=True),
            "added_tokens": ends + [added(size + 2, "<mask>", lstrip=True)],
            "post_processor": {
                "type": "RobertaProcessing",
                "sep": list(eos),
                "cls": list(bos),
                "trim_offsets": True,
                "add_prefix_space": False,
            },
        },
        "prefix_space": {
            "pre_tokenizer": byte_level(use_regex=True, add_prefix_space=True),
            "added_tokens": ends,
        },
        "prefix_space_of_pieces": {
            "pre_tokenizer": {
                "type": "Sequence",
                "pretokenizers": [split("a", "MergedWithNext"), byte_level(add_prefix_space=True)],
            }
        },
        "qwen2": {"normalizer": {"type": "NFC"}, "pre_tokenizer": sequence(split(QWEN2)), "post_processor": byte_level()},
        "llama3": {
            "pre_tokenizer": sequence(split(LLAMA3)),
            "added_tokens": ends,
            "post_processor": {"type": "Sequence", "processors": [byte_level(), template([bos], [])]},
            "model": {"ignore_merges": True},
        },
        "gpt4o": {"pre_tokenizer": sequence(split(GPT4O, "Removed", True)), "post_processor": byte_level()},
        "tekken": {"pre_tokenizer": sequence(split(TEKKEN)), "added_tokens": ends, "post_processor": template([bos], [eos])},
        "cl100k": {"pre_tokenizer": sequence(split(CL100K))},
        "deepseek": {"pre_tokenizer": sequence(*(split(p) for p in DEEPSEEK))},
        "starcoder": {"pre_tokenizer": sequence({"type": "Digits", "individual_digits": True})},
        "digits": {"pre_tokenizer": sequence({"type": "Digits", "individual_digits": False})},
        "punctuation": {"pre_tokenizer": sequence({"type": "Punctuation", "behavior": "Isolated"})},
        "punctuation_next": {"pre_tokenizer": sequence({"type": "Punctuation", "behavior": "MergedWithNext"})},
        "whitespace": {"pre_tokenizer": sequence({"type": "Whitespace"})},
        "whitespace_split": {"pre_tokenizer": sequence({"type": "WhitespaceSplit"})},
        "words": {"pre_tokenizer": sequence(split(r"\w+(?=[^\w])|\d\W?|[^\d\S]|[\w\n]\P{Lu}", "Contiguous"))},
        "dot": {"pre_tokenizer": sequence(split(r".{2,3}|(?:[a-c]|\x{20}\u0041)x?|[\-\]a-c]{,2}\n", "Isolated"))},
        "texts": {"pre_tokenizer": sequence(split("...", "Isolated", kind="String"), split("😀", "Removed", kind="String"))},
        "nfd": {"normalizer": {"type": "NFD"}, "pre_tokenizer": byte_level(use_regex=True)},
        "nfkc": {"normalizer": {"type": "NFKC"}, "pre_tokenizer": byte_level(use_regex=True)},
        "nfkd_lower": {
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKD"}, {"type": "Lowercase"}]},
            "pre_tokenizer": byte_level(use_regex=True),
        },
        "lower": {
            "normalizer": {"type": "Lowercase"},
            "added_tokens": [added(size, "Word", normalized=True, special=False), added(size + 1, "AB", normalized=True, special=False)],
        },
        "replace": {
            "normalizer": {
                "type": "Sequence",
                "normalizers": [
                    {"type": "Prepend", "prepend": "▁"},
                    {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
                    {"type": "Replace", "pattern": {"Regex": r"\p{N}+"}, "content": "0"},
                ],
            },
            "decoder": {
                "type": "Sequence",
                "decoders": [
                    {"type": "Replace", "pattern": {"String": "the"}, "content": "THE"},
                    byte_level(),
                    {"type": "Fuse"},
                ],
            },
        },
        "added": {
            "added_tokens": [
                added(size, "<|x|>", rstrip=True),
                added(size + 1, "<|xy|>", lstrip=True, rstrip=True, special=False),
                added(size + 2, "ab", single_word=True, special=False, normalized=True),
                added(size + 3, "abc", special=False),
                added(size + 4, "word", single_word=True, lstrip=True, special=False),
                added(size + 5, "你好", special=False, normalized=True),
                added(size + 6, "...", special=False, rstrip=True),
                added(size + 7, "<s>"),
            ]
        },
        "unknown": {"model": {"vocab": few, "merges": [], "unk_token": "<unk>", "fuse_unk": False}},
        "unknown_fused": {"model": {"vocab": few, "merges": [], "unk_token": "<unk>", "fuse_unk": True}},
        "unknown_dropped": {"model": {"vocab": few, "merges": []}},
        "no_decoder": {"decoder": None, "added_tokens": ends},
        "fuse": {"decoder": {"type": "Fuse"}},
    }
    for behavior in ("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"):
        for invert in (False, True):
            found[f"split_{behavior}_{invert}"] = {"pre_tokenizer": sequence(split(r"[\s'a-e]", behavior, invert))}
    return found


def base(rng):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    trainer = trainers.BpeTrainer(
        vocab_size=1500, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False, max_token_length=9
    )
    tokenizer.train_from_iterator((text(rng) for _ in range(1000)), trainer)
    made = json.loads(tokenizer.to_str())
    made["decoder"] = byte_level()
    return made


def apply(made, changes):
    changed = {**made, **{k: v for k, v in changes.items() if k != "model"}}
    changed["model"] = {**made["model"], **changes.get("model", {})}
    next_id = len(changed["model"]["vocab"])
    for token in changed["added_tokens"]:
        known = changed["model"]["vocab"].get(token["content"])
        token["id"] = next_id if known is None else known
        next_id += known is None
    return changed


def main():
    here = pathlib.Path(__file__).parents[1] / "resources/goldens/tokenizer/variants.json"
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 3)
    out = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else here
    made = base(random.Random(1))
    size = len(made["model"]["vocab"])
    result = {"made_with": f"tokenizers {tokenizers.__version__}", "tokenizer": made, "variants": []}
    for name, changes in variants(size, made["model"]["vocab"]).items():
        reference = Tokenizer.from_str(json.dumps(apply(made, changes)))
        cases = []
        for _ in range(count):
            given = text(rng)
            ids = reference.encode(given).ids
            noise = [rng.randrange(reference.get_vocab_size() + 3) for _ in range(rng.randint(1, 8))]
            cases.append(
                {
                    "text": given,
                    "ids": ids,
                    "ids_no_special": reference.encode(given, add_special_tokens=False).ids,
                    "decoded": reference.decode(ids, skip_special_tokens=False),
                    "decoded_skip_special": reference.decode(ids),
                    "noise": noise,
                    "noise_decoded": reference.decode(noise, skip_special_tokens=False),
                }
            )
        result["variants"].append({"name": name, "changes": changes, "cases": cases})
    lines = json.dumps(result, ensure_ascii=True, separators=(",", ":")).replace('{"name":', '\n{"name":')
    out.write_text(lines + "\n")


main()
