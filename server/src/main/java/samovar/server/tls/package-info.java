/**
 * The certificate that the server shows with {@code --tls}: read from PEM files, or made by itself once and kept. Files and names come in; a
 * {@link samovar.server.tls.TlsIdentity} goes out.
 */
package samovar.server.tls;
