package samovar.client.selftest;

import java.util.Arrays;
import java.util.Base64;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;
import samovar.client.browser.BrowserImageDecoder;
import samovar.client.browser.BrowserImages;
import samovar.client.js.Await;
import samovar.client.js.Globals;
import samovar.config.Resample;
import samovar.image.ImageException;
import samovar.image.ImageLimits;
import samovar.image.ImageSize;
import samovar.image.Resize;
import samovar.image.RgbImage;
import samovar.json.Json;

/** The browser's decoder over every kind of file, compared with Pillow, and with resizing; and what is said of files that are none. Awaits. */
final class DecodeCases {
    private static final String GOLDENS = "shared/src/test/resources/goldens/";
    private static final String FOLDER = GOLDENS + "decode/";

    private final String base;
    private final Report report;

    private DecodeCases(String base, Report report) {
        this.base = base;
        this.report = report;
    }

    static void run(String base, Texts texts, Report report) {
        DecodeCases cases = new DecodeCases(base, report);
        for (Json golden : texts.golden("decode/decode.json").get("cases").elements()) {
            cases.decodes(golden);
        }
        for (Json golden : texts.golden("image/resize.json").get("cases").elements()) {
            cases.resizes(golden);
        }
        cases.refuses();
        report.end();
    }

    private void decodes(Json golden) {
        String name = golden.get("file").asString();
        RgbImage image = new BrowserImageDecoder().load(base + FOLDER + name);
        report.check(
                "size of " + name,
                golden.get("width").asInt() + " × " + golden.get("height").asInt(),
                image.size().toString());
        byte[] expected = Base64.getDecoder().decode(golden.get("rgb").asString());
        int tolerance = golden.get("tolerance").asInt();
        boolean blackened = name.endsWith(".gif") && golden.get("alpha").asBoolean();
        int wrong = 0;
        for (int i = 0; i < expected.length; i++) {
            int distance = Math.abs((image.rgb()[i] & 0xff) - (expected[i] & 0xff));
            // Under the transparent pixels of a GIF browsers keep no colour.
            if (distance > tolerance && !(blackened && image.rgb()[i] == 0)) {
                wrong++;
            }
        }
        report.check("values of " + name + " that are off", "0", Integer.toString(wrong));
    }

    /** Decoded and resized, the bytes are Pillow's. */
    private void resizes(Json golden) {
        RgbImage image =
                decoder().load(base + GOLDENS + "image/" + golden.get("image").asString());
        Resample filter = filter(golden.get("resample").asString());
        ImageSize size =
                new ImageSize(golden.get("width").asInt(), golden.get("height").asInt());
        Int8Array rgb =
                Int8Array.copyFromJavaArray(Resize.resize(image, size, filter).rgb());
        report.check(
                "sha256 of " + golden.get("resized").asString(),
                golden.get("rgb_sha256").asString(),
                Await.of(Globals.sha256(rgb)).stringValue());
    }

    private static Resample filter(String name) {
        for (Resample filter : Resample.values()) {
            if (filter.name().equalsIgnoreCase(name)) {
                return filter;
            }
        }
        throw new IllegalArgumentException("no filter is called " + name);
    }

    private void refuses() {
        byte[] png = file("rgb.png");
        byte[] damaged = png.clone();
        Arrays.fill(damaged, 45, 60, (byte) 0x55);
        byte[] huge = png.clone();
        huge[16] = 1;
        refuses("a cut off png", "UNREADABLE", Arrays.copyOf(png, 100));
        refuses("a damaged png", "UNREADABLE", damaged);
        refuses("a cut off jpeg", "UNREADABLE", Arrays.copyOf(file("subsampled.jpg"), 700));
        refuses("an enormous png", "TOO_LARGE", huge);
        refuses("nothing", "UNREADABLE", new byte[0]);
        refuses("a drawing", "UNSUPPORTED_FORMAT", new byte[] {'<', 's', 'v', 'g', '/', '>'});
        report.check(
                "nothing at an address", "UNREACHABLE", kind(() -> decoder().load(base + FOLDER + "none.png")));
        report.check("no address", "UNREACHABLE", kind(() -> decoder().load("http://no such host/")));
        report.check(
                "more bytes than allowed", "TOO_LARGE", kind(() -> new BrowserImageDecoder(new ImageLimits(100, 1000))
                        .load(base + FOLDER + "rgb.png")));
        JSObject blob = blob(Int8Array.copyFromJavaArray(png));
        report.check("a Blob", "37 × 22", BrowserImages.read(blob).size().toString());
    }

    private static BrowserImageDecoder decoder() {
        return new BrowserImageDecoder();
    }

    private void refuses(String name, String kind, byte[] file) {
        report.check(name, kind, kind(() -> decoder().decode(file)));
    }

    /** Awaits; not one of the JDK's interfaces, which would become slow with it. */
    private interface Decoding {
        RgbImage run();
    }

    private static String kind(Decoding decoding) {
        try {
            return "decoded: " + decoding.run().size();
        } catch (ImageException e) {
            return e.getMessage().contains(";") ? e.kind().toString() : "no way out is named: " + e.getMessage();
        }
    }

    private byte[] file(String name) {
        return new Int8Array(Await.of(
                        Await.of(Globals.fetch(base + FOLDER + name, null)).arrayBuffer()))
                .copyToJavaArray()
                .clone();
    }

    @JSBody(params = "bytes", script = "return new Blob([bytes]);")
    private static native JSObject blob(Int8Array bytes);
}
