package samovar.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Set;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCertificateTest {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1");

    @TempDir
    private Path folder;

    @Test
    void isMadeOnceAndKeptForItsOwnerAlone() throws Exception {
        TlsIdentity first = OwnCertificate.keptIn(folder.resolve("tls"), NAMES);
        TlsIdentity second = OwnCertificate.keptIn(folder.resolve("tls"), NAMES);
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        first.certificate().checkValidity();
        assertThat(first.certificate().getSubjectAlternativeNames()).hasSize(3);
        Path key = folder.resolve("tls/key.pem");
        if (Files.getFileStore(key).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isMadeAnewForANewAddressAndInPlaceOfADamagedOne() throws Exception {
        String first = OwnCertificate.keptIn(folder, NAMES).fingerprint();
        String wider = OwnCertificate.keptIn(folder, Set.of("localhost", "127.0.0.1", "192.168.1.7"))
                .fingerprint();
        assertThat(wider).isNotEqualTo(first);
        assertThat(OwnCertificate.keptIn(folder, Set.of("192.168.1.7")).fingerprint())
                .isEqualTo(wider);
        Files.writeString(folder.resolve("key.pem"), "damaged");
        assertThat(OwnCertificate.keptIn(folder, Set.of("192.168.1.7")).fingerprint())
                .isNotEqualTo(wider);
    }

    /** PKCS#1 and SEC 1, which openssl wrote for long, beside PKCS#8. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void keysOfOtherFormsAreRead(String algorithm) throws Exception {
        OwnCertificate.keptIn(folder, NAMES);
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
        KeyPair pair = generator.generateKeyPair();
        Path key = Files.writeString(folder.resolve("other.pem"), pem(openssl(pair)));
        assertThat(Files.readString(key)).contains("BEGIN " + algorithm + " PRIVATE KEY");
        assertThat(PemFiles.belong(pair.getPrivate(), pair.getPublic())).isTrue();
        assertThatThrownBy(() -> PemFiles.read(folder.resolve("certificate.pem"), key))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("is not that of the certificate");
    }

    @Test
    void filesThatAreNoneAreNamed() throws Exception {
        OwnCertificate.keptIn(folder, NAMES);
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        assertThatThrownBy(() -> PemFiles.read(folder.resolve("none.pem"), key))
                .isInstanceOf(TlsException.class)
                .hasMessage("cannot read the certificate " + folder.resolve("none.pem") + ": no such file");
        assertThatThrownBy(() -> PemFiles.read(certificate, folder.resolve("none.pem")))
                .isInstanceOf(TlsException.class)
                .hasMessage("cannot read the key " + folder.resolve("none.pem") + ": no such file");
        assertThatThrownBy(() -> PemFiles.read(certificate, certificate))
                .isInstanceOf(TlsException.class)
                .hasMessageContaining("no private key in " + certificate);
        assertThat(PemFiles.read(certificate, key).chain()).hasSize(1);
    }

    /** As openssl writes it: a key on a curve says which. */
    private static Object openssl(KeyPair pair) throws IOException {
        if (!(pair.getPrivate() instanceof java.security.interfaces.ECPrivateKey key)) {
            return pair.getPrivate();
        }
        ECPrivateKey form = new ECPrivateKey(256, key.getS(), SECObjectIdentifiers.secp256r1);
        return new PemObject("EC PRIVATE KEY", form.getEncoded());
    }

    private static String pem(Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        }
        return text.toString();
    }
}
