"""Small image files of every kind that is read, and what Pillow makes of them: goldens/decode/.

    python decode_images.py        # needs pillow 13.0.0, numpy

The values are those of ImageOps.exif_transpose(image).convert("RGB"), of the first frame. Two kinds differ by intent, and the
script writes what is wanted of them: 16-bit grey keeps its upper byte (Pillow cuts it off at 255), and a file's colour profile is not
looked at (Pillow does not either).
"""
import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy
import PIL
from PIL import Image, ImageCms, ImageOps

OUT = Path(__file__).resolve().parents[1] / "resources/goldens/decode"
WIDTH, HEIGHT = 37, 22
cases = []


def picture():
    """Smooth colours, with a sharp corner."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = numpy.stack([x * 255 // (WIDTH - 1), y * 255 // (HEIGHT - 1), (x * 3 + y * 5) % 256], axis=2)
    rgb[:6, :9] = (250, 20, 60)
    return rgb.astype(numpy.uint8)


def add(name, data, tolerance=0, alpha=False, expected=None):
    """tolerance: how far a decoder may be off per channel. alpha: the file has some, so that a 2D canvas would spoil it."""
    (OUT / name).write_bytes(data)
    image = Image.open(io.BytesIO(data))
    image.seek(0)
    rgb = expected if expected is not None else numpy.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    cases.append({
        "file": name, "stored_width": image.size[0], "stored_height": image.size[1], "width": rgb.shape[1], "height": rgb.shape[0],
        "tolerance": tolerance, "alpha": alpha, "rgb": base64.b64encode(rgb.tobytes()).decode(),
    })


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def foreign_profile():
    """sRGB with red and green swapped: who follows it gets quite other colours."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entries = {}
    for i in range(struct.unpack_from(">I", data, 128)[0]):
        tag, offset, _ = struct.unpack_from(">4sII", data, 132 + 12 * i)
        entries[tag] = (132 + 12 * i + 4, offset)
    struct.pack_into(">I", data, entries[b"rXYZ"][0], entries[b"gXYZ"][1])
    struct.pack_into(">I", data, entries[b"gXYZ"][0], entries[b"rXYZ"][1])
    data[24:36] = bytes(12)  # when it was made
    return bytes(data)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png16(values, colour):
    """A 16-bit PNG; values are [height, width, channels]."""
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    head = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], 16, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pngs(rgb):
    image = Image.fromarray(rgb)
    grey = image.convert("L")
    alpha = Image.fromarray((numpy.mgrid[0:HEIGHT, 0:WIDTH][1] * 7 % 256).astype(numpy.uint8))
    add("rgb.png", saved(image, "PNG"))
    add("grey.png", saved(grey, "PNG"))
    add("bilevel.png", saved(grey.convert("1"), "PNG"))
    add("palette.png", saved(image.quantize(16), "PNG"))
    add("palette_transparent.png", saved(image.quantize(16), "PNG", transparency=bytes(range(0, 256, 16))), alpha=True)
    add("rgb_transparent_colour.png", saved(image, "PNG", transparency=(250, 20, 60)), alpha=True)
    add("profile.png", saved(image, "PNG", icc_profile=foreign_profile()))
    translucent = image.copy()
    translucent.putalpha(alpha)
    add("rgba.png", saved(translucent, "PNG"), alpha=True)
    clouded = grey.copy()
    clouded.putalpha(alpha)
    add("grey_alpha.png", saved(clouded, "PNG"), alpha=True)
    deep = rgb.astype(numpy.uint16) * 256 + 77
    add("rgb16.png", png16(deep, 2))
    upper = numpy.asarray(grey)
    add("grey16.png", png16(upper.astype(numpy.uint16)[:, :, None] * 256 + 77, 0), expected=numpy.stack([upper] * 3, axis=2))


def jpegs(rgb):
    image = Image.fromarray(rgb)
    add("subsampled.jpg", saved(image, "JPEG", quality=90), tolerance=3)
    add("full.jpg", saved(image, "JPEG", quality=95, subsampling=0), tolerance=3)
    add("progressive.jpg", saved(image, "JPEG", quality=90, progressive=True), tolerance=3)
    add("grey.jpg", saved(image.convert("L"), "JPEG", quality=90), tolerance=3)
    add("rgb.jpg", saved(image, "JPEG", quality=95, keep_rgb=True), tolerance=3)
    add("profile.jpg", saved(image, "JPEG", quality=95, subsampling=0, icc_profile=foreign_profile()), tolerance=3)
    add("cmyk.jpg", saved(image.convert("CMYK"), "JPEG", quality=95), tolerance=3)
    for orientation in range(2, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        add(f"orientation{orientation}.jpg", saved(image, "JPEG", quality=95, subsampling=0, exif=exif), tolerance=3)


def webps(rgb):
    image = Image.fromarray(rgb)
    translucent = image.copy()
    translucent.putalpha(Image.fromarray((numpy.mgrid[0:HEIGHT, 0:WIDTH][1] * 7 % 256).astype(numpy.uint8)))
    add("lossless.webp", saved(image, "WEBP", lossless=True))
    add("lossless_alpha.webp", saved(translucent, "WEBP", lossless=True, exact=True), alpha=True)
    add("lossy.webp", saved(image, "WEBP", quality=90), tolerance=3)
    add("lossy_alpha.webp", saved(translucent, "WEBP", quality=90, exact=True), tolerance=3, alpha=True)
    other = Image.fromarray(255 - rgb)
    add("animated.webp", saved(image, "WEBP", lossless=True, save_all=True, append_images=[other], duration=100))


def gifs(rgb):
    image = Image.fromarray(rgb).quantize(32)
    add("plain.gif", saved(image, "GIF", interlace=0))
    add("interlaced.gif", saved(image, "GIF", interlace=1))
    add("animated.gif", saved(image, "GIF", save_all=True, append_images=[Image.fromarray(255 - rgb).quantize(32)], duration=100))
    add("transparent.gif", saved(image, "GIF", transparency=3), alpha=True)
    # The canvas made larger than the frame: the width and height of the header.
    wide = bytearray(saved(image, "GIF"))
    struct.pack_into("<HH", wide, 6, WIDTH + 5, HEIGHT + 3)
    add("small_frame.gif", bytes(wide), alpha=True)


def bmps(rgb):
    image = Image.fromarray(rgb)
    add("rgb.bmp", saved(image, "BMP"))
    add("palette.bmp", saved(image.quantize(16), "BMP"))
    add("grey.bmp", saved(image.convert("L"), "BMP"))
    add("bilevel.bmp", saved(image.convert("1"), "BMP"))
    # Rows that go down: a negative height, and the rows the other way round.
    data = bytearray(saved(image, "BMP"))
    start = struct.unpack_from("<I", data, 10)[0]
    stride = (len(data) - start) // HEIGHT
    rows = [bytes(data[start + i * stride:start + (i + 1) * stride]) for i in range(HEIGHT)]
    struct.pack_into("<i", data, 22, -HEIGHT)
    data[start:] = b"".join(reversed(rows))
    add("downward.bmp", bytes(data))


def resized(rgb):
    """The first case in other sizes: tall ones too, which Pillow resizes in another order."""
    results = []
    for filter in (Image.NEAREST, Image.LANCZOS, Image.BILINEAR, Image.BICUBIC, Image.BOX, Image.HAMMING):
        for size in ((96, 96), (192, 192), (16, 9), (5, 60), (37, 8), (90, 22), (35, 2), (1, 1)):
            digest = 0x811C9DC5
            for byte in Image.fromarray(rgb).resize(size, filter).tobytes():
                digest = ((digest ^ byte) * 16777619) & 0xFFFFFFFF
            results.append({"resample": int(filter), "width": size[0], "height": size[1], "fnv1a": f"{digest:x}"})
    return results


def headers():
    """Whole files, files cut off, and files that say what is not so."""
    def of(name):
        return (OUT / name).read_bytes()

    huge = bytearray(of("rgb.png"))
    struct.pack_into(">II", huge, 16, 100000, 100000)
    files = {name: of(name) for name in ("rgb.png", "grey.jpg", "lossless.webp", "lossy.webp", "lossy_alpha.webp", "plain.gif")}
    files |= {f"half of {name}": of(name)[:len(of(name)) // 2] for name in list(files)}
    files |= {"huge.png": bytes(huge), "nothing": b"", "drawing.svg": b"<svg/>", "text": b"hello", "bmp": of("rgb.bmp")[:54]}
    return [{"name": name, "base64": base64.b64encode(data).decode()} for name, data in files.items()]


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    values = picture()
    for make in (pngs, jpegs, webps, gifs, bmps):
        make(values)
    golden = {"made_with": f"Pillow {PIL.__version__}, shared/src/test/python/decode_images.py", "cases": cases,
              "resized": resized(values), "headers": headers()}
    (OUT / "decode.json").write_text(json.dumps(golden, indent=1) + "\n")
    print(len(cases), "cases")
