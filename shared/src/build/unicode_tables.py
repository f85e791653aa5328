"""Writes shared/src/main/java/samovar/tokenizer/UnicodeData.java.

The tables are asked of the reference itself, one code point at a time, so that both agree by construction:
Hugging Face tokenizers 0.23.3, whose `Split` runs Oniguruma (Unicode 16), and whose `Digits`, `Punctuation` and
`Lowercase` run Rust's own tables.

    pip install tokenizers==0.23.3
    python shared/src/build/unicode_tables.py && mvn -q spotless:apply -pl shared
"""

import pathlib

import tokenizers
from tokenizers import Regex, normalizers, pre_tokenizers

# The order is that of the constants in UnicodeClasses.
CATEGORIES = (
    "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Co Cn"
).split()
CONTROL_SPACE = len(CATEGORIES)
LATER_NUMERIC = CONTROL_SPACE + 1
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"
CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]
OUT = pathlib.Path(__file__).parents[1] / "main/java/samovar/tokenizer/UnicodeData.java"


def matched(pattern):
    split = pre_tokenizers.Split(Regex(pattern), "removed", invert=True)
    found = set()
    for i in range(0, len(CODE_POINTS), 4096):
        for piece, _ in split.pre_tokenize_str("".join(map(chr, CODE_POINTS[i : i + 4096]))):
            found.update(map(ord, piece))
    return found


def split_off(splitter):
    """Code points that the splitter separates from a preceding letter."""
    found = set()
    for i in range(0, len(CODE_POINTS), 2048):
        text = "".join("x" + chr(c) for c in CODE_POINTS[i : i + 2048])
        for piece, _ in splitter.pre_tokenize_str(text):
            if len(piece) == 1 and piece != "x":
                found.add(ord(piece))
    return found


def runs(values):
    """Sorted numbers as inclusive (first, last) pairs."""
    pairs = []
    for value in sorted(values):
        if pairs and pairs[-1][1] == value - 1:
            pairs[-1][1] = value
        else:
            pairs.append([value, value])
    return pairs


def classes():
    table = [CATEGORIES.index("So")] * 0x110000  # surrogates: they are encoded as U+FFFD, which is So
    by_category = {name: matched(r"\p{%s}" % name) for name in CATEGORIES}
    for number, name in enumerate(CATEGORIES):
        for c in by_category[name]:
            table[c] = number
    spaces = matched(r"\s")
    for c in spaces:
        if table[c] == CATEGORIES.index("Cc"):
            table[c] = CONTROL_SPACE
    assert spaces == {c for c in CODE_POINTS if table[c] in (22, 23, 24, CONTROL_SPACE)}
    numeric = split_off(pre_tokenizers.Digits(individual_digits=True))
    for c in numeric:
        if table[c] == CATEGORIES.index("Cn"):
            table[c] = LATER_NUMERIC
    assert numeric == {c for c in CODE_POINTS if table[c] in (8, 9, 10, LATER_NUMERIC)}
    return table


def run_lengths(table):
    out, i = [], 0
    while i < len(table):
        j = i
        while j < len(table) and table[j] == table[i]:
            j += 1
        out.append(LETTERS[table[i]] + (str(j - i) if j - i > 1 else ""))
        i = j
    return "".join(out)


def lower_case():
    """Runs of equally spaced code points with the same distance to their lower case: first, count, step, distance."""
    lowercase = normalizers.Lowercase()
    pairs = []
    for c in CODE_POINTS:
        low = lowercase.normalize_str(chr(c))
        if c >= 128 and low != chr(c) and len(low) == 1:
            pairs.append((c, ord(low) - c))
    found = []
    for c, distance in pairs:
        last = found[-1] if found else None
        if last and last[3] == distance and last[1] == 1 and c - last[0] <= 2:
            last[2], last[1] = c - last[0], 2
        elif last and last[3] == distance and last[1] > 1 and c == last[0] + last[1] * last[2]:
            last[1] += 1
        else:
            found.append([c, 1, 1, distance])
    return [n for run in found for n in run]


def text_constant(name, doc, text):
    lines = [text[i : i + 96] for i in range(0, len(text), 96)]
    joined = "\n            + ".join('"%s"' % line for line in lines)
    return f"    /** {doc} */\n    static final String {name} = {joined};\n"


def numbers_constant(name, doc, numbers):
    return text_constant(name, doc, " ".join(map(str, numbers)))


def main():
    table = classes()
    letters = set(range(CATEGORIES.index("Nl") + 1)) | {CATEGORIES.index("Pc")}
    word = matched(r"[\w]")
    word_extra = {c for c in word if table[c] not in letters}
    assert {c for c in CODE_POINTS if table[c] in letters} <= word
    punctuation = split_off(pre_tokenizers.Punctuation())
    general = {c for c in CODE_POINTS if 11 <= table[c] <= 17}
    body = [
        text_constant(
            "CLASSES",
            "Class of every code point from 0 on: a letter for the class, then the length of its run where it is not 1.",
            run_lengths(table),
        ),
        numbers_constant(
            "WORD_EXTRA",
            "First and last code points that \\\\w takes in sets beside L, M, Nd, Nl and Pc.",
            [n for pair in runs(word_extra) for n in pair],
        ),
        numbers_constant(
            "PUNCTUATION_MISSING",
            "First and last code points of P that the Punctuation pre-tokenizer, whose table is older, does not take.",
            [n for pair in runs(general - punctuation) for n in pair],
        ),
        numbers_constant(
            "PUNCTUATION_EXTRA",
            "First and last code points beyond ASCII and P that it does take.",
            [n for pair in runs({c for c in punctuation - general if c > 127}) for n in pair],
        ),
        numbers_constant(
            "LOWER_CASE",
            "Lower case beyond ASCII, one to one: first code point, count, step, distance to the lower case.",
            lower_case(),
        ),
    ]
    OUT.write_text(
        "package samovar.tokenizer;\n\n"
        f"/** Made by shared/src/build/unicode_tables.py from tokenizers {tokenizers.__version__} (Unicode 16). Not edited by hand. */\n"
        "final class UnicodeData {\n"
        "    private UnicodeData() {}\n\n" + "\n".join(body) + "}\n"
    )


main()
