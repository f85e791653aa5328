/**
 * The golden tests once more, as a program: compiled to JavaScript and to WasmGC it runs in a browser, and on the JVM it runs as it
 * is. All three must print the same lines, one per case. {@link samovar.client.selftest.SelfTest} is free of platforms; goldens
 * come in as texts, lines go out.
 */
package samovar.client.selftest;
