package samovar.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * A certificate that this machine makes for itself, once, and keeps with its key: for the names and addresses that it has. It is made
 * anew when it is about to end, or this machine has an address that is not in it.
 */
public final class OwnCertificate {
    /** Browsers refuse certificates that are good for longer. */
    private static final Duration VALID = Duration.ofDays(397);

    private static final Duration RENEWED_BEFORE = Duration.ofDays(14);

    private OwnCertificate() {}

    /**
     * The one kept in this folder, or a new one.
     *
     * @param names host names and addresses that it is for
     * @throws TlsException if the folder cannot be written
     */
    public static TlsIdentity keptIn(Path folder, Set<String> names) throws TlsException {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        if (Files.isRegularFile(certificate) && Files.isRegularFile(key)) {
            try {
                TlsIdentity kept = PemFiles.read(certificate, key);
                if (isGood(kept.certificate(), names)) {
                    return kept;
                }
            } catch (TlsException damaged) {
                // It is ours: a new one is as good.
            }
        }
        try {
            KeyPair pair = keyPair();
            X509Certificate made = make(pair, names);
            Files.createDirectories(folder);
            write(key, new JcaPKCS8Generator(pair.getPrivate(), null), true);
            write(certificate, made, false);
            return PemFiles.read(certificate, key);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new TlsException(
                    "cannot keep a certificate in " + folder + ": " + e.getMessage()
                            + "; set XDG_DATA_HOME to a folder that can be written, or give --tls-cert and --tls-key",
                    e);
        }
    }

    /** What this machine is called, and its addresses on all its networks. */
    public static Set<String> namesOfThisMachine() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        try {
            String name = InetAddress.getLocalHost().getHostName();
            names.add(name);
            if (name.indexOf('.') < 0) {
                names.add(name + ".local");
            }
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .forEach(address -> names.add(plain(address.getHostAddress())));
        } catch (IOException e) {
            // A machine without a name of its own: its addresses and localhost are there.
            return names;
        }
        return names;
    }

    /** Without the scope of an IPv6 address. */
    private static String plain(String address) {
        int scope = address.indexOf('%');
        return scope < 0 ? address : address.substring(0, scope);
    }

    private static boolean isGood(X509Certificate certificate, Set<String> names) {
        Instant end = certificate.getNotAfter().toInstant();
        return end.isAfter(Instant.now().plus(RENEWED_BEFORE))
                && names(certificate).containsAll(canonical(names));
    }

    private static Set<String> names(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.forEach(alternative -> names.add(String.valueOf(alternative.get(1))));
            }
        } catch (CertificateParsingException e) {
            return Set.of();
        }
        return canonical(names);
    }

    /** IPv6 addresses have several spellings. */
    private static Set<String> canonical(Set<String> names) {
        Set<String> canonical = new LinkedHashSet<>();
        for (String name : names) {
            try {
                canonical.add(
                        IPAddress.isValid(name) ? InetAddress.getByName(name).getHostAddress() : name);
            } catch (IOException e) {
                canonical.add(name);
            }
        }
        return canonical;
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Its own authority, so that phones can take it among those that they trust. */
    private static X509Certificate make(KeyPair pair, Set<String> names)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Instant now = Instant.now();
        X500Name subject = new X500Name("CN=Samovar on this machine");
        GeneralName[] alternatives = names.stream()
                .map(name ->
                        new GeneralName(IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(120, new SecureRandom()).setBit(120),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(VALID)),
                subject,
                pair.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    private static void write(Path file, Object pem, boolean secret) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pem);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        if (secret && posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(fresh, text.toString(), StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
