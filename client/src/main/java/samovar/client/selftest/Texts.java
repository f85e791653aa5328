package samovar.client.selftest;

import samovar.json.Json;

/** Where the self-test's files come from: the repository's folders on the JVM, a test server in the browser. May await. */
public interface Texts {
    /** A file by its path in the repository, decompressed where it ends in {@code .gz}. */
    String read(String path);

    default Json json(String path) {
        return Json.parse(read(path), path);
    }

    default Json golden(String name) {
        return json("shared/src/test/resources/goldens/" + name);
    }
}
