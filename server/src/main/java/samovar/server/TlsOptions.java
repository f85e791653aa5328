package samovar.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import samovar.server.tls.OwnCertificate;
import samovar.server.tls.PemFiles;
import samovar.server.tls.TlsException;
import samovar.server.tls.TlsIdentity;

/** The options of https. */
final class TlsOptions {
    @CommandLine.Option(
            names = "--tls",
            description =
                    "Serve https: browsers give pages of other machines WebGPU, threads and storage over https only."
                            + " With a certificate that this machine makes for itself and keeps; its fingerprint is printed.")
    private boolean tls;

    @CommandLine.Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Certificate to use instead, PEM, with those of its authority after it. With --tls-key.")
    private Path certificate;

    @CommandLine.Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Private key of --tls-cert, PEM, not encrypted.")
    private Path key;

    /** Empty for http. */
    Optional<TlsIdentity> identity(String host, Path dataFolder) throws TlsException {
        if ((certificate == null) != (key == null)) {
            throw new TlsException("--tls-cert and --tls-key go together; give both, or --tls alone");
        }
        if (certificate != null) {
            return Optional.of(PemFiles.read(certificate, key));
        }
        if (!tls) {
            return Optional.empty();
        }
        Set<String> names = OwnCertificate.namesOfThisMachine();
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            names.add(host);
        }
        return Optional.of(OwnCertificate.keptIn(dataFolder.resolve("tls"), names));
    }

    static String describe(TlsIdentity identity) {
        return "certificate until "
                + identity.certificate().getNotAfter().toInstant().toString().substring(0, 10) + ", SHA-256 "
                + identity.fingerprint();
    }
}
