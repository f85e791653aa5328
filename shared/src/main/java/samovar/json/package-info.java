/**
 * JSON read into plain values that remember their path, and written back compactly. Text comes in, {@link
 * samovar.json.Json} goes out; every fault is a {@link samovar.json.JsonException} with source and path.
 */
package samovar.json;
