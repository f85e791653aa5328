package samovar.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads a certificate and its key as certificate authorities and their tools write them. */
public final class PemFiles {
    private PemFiles() {}

    /**
     * @param certificate the server's certificate, and after it those that lead to its authority
     * @param key its private key, not encrypted: PKCS#8, PKCS#1 or SEC 1
     * @throws TlsException naming the file
     */
    public static TlsIdentity read(Path certificate, Path key) throws TlsException {
        List<X509Certificate> chain = chain(certificate);
        PrivateKey secret = key(key);
        if (!belong(secret, chain.get(0).getPublicKey())) {
            throw new TlsException("the key " + key + " is not that of the certificate " + certificate
                    + "; the certificate's file begins with the server's own, the authority's come after it");
        }
        return new TlsIdentity(secret, chain);
    }

    private static List<X509Certificate> chain(Path file) throws TlsException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new TlsException(
                        "there is no certificate in " + file + "; it has to hold BEGIN CERTIFICATE blocks");
            }
            return chain;
        } catch (IOException | CertificateException e) {
            throw unreadable("certificate", file, e);
        }
    }

    private static PrivateKey key(Path file) throws TlsException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser parser = new PEMParser(in)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                if (block instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (block instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
            throw new TlsException("there is no private key in " + file
                    + " that can be used; it has to hold a BEGIN PRIVATE KEY block, not encrypted");
        } catch (IOException e) {
            throw unreadable("key", file, e);
        }
    }

    private static TlsException unreadable(String what, Path file, Exception cause) {
        // The file system's own words are the file's name once more.
        String why = cause instanceof NoSuchFileException
                ? "no such file"
                : cause instanceof AccessDeniedException ? "access denied" : cause.getMessage();
        return new TlsException("cannot read the " + what + " " + file + ": " + why, cause);
    }

    /** Whether one signs what the other confirms. */
    static boolean belong(PrivateKey key, PublicKey open) {
        String algorithm = open instanceof RSAPublicKey
                ? "SHA256withRSA"
                : open instanceof ECPublicKey ? "SHA256withECDSA" : "EdDSA";
        try {
            byte[] text = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A key of another kind.
            return false;
        }
    }
}
