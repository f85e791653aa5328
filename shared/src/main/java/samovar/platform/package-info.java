/** What the shared core asks of the platform it runs on: a clock, Unicode normalization, a flag to stop by. */
package samovar.platform;
