import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Security;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Selector;
import org.bouncycastle.util.encoders.Hex;

/**
 * An opinion of BouncyCastle on our output: certificates, lists, OCSP, CMS, time stamps and signed PDF files.
 *
 * Started from source: java -cp bcprov.jar:bcpkix.jar:bcutil.jar Judge.java COMMAND ARGS [-- COMMAND ARGS]...
 * Prints one line for each thing judged; exit 0 only when every one is valid. All files are DER, except PDF.
 */
public class Judge {
    private static final String BC = "BC";

    public static void main(String[] args) {
        Security.addProvider(new BouncyCastleProvider());
        boolean valid = true;
        List<String> command = new ArrayList<>();
        for (int i = 0; i <= args.length; i++) {
            if (i < args.length && !args[i].equals("--")) {
                command.add(args[i]);
            } else if (!command.isEmpty()) {
                valid &= judge(command);
                command.clear();
            }
        }
        System.exit(valid ? 0 : 1);
    }

    private static boolean judge(List<String> words) {
        String name = words.get(0);
        List<String> args = words.subList(1, words.size());
        try {
            switch (name) {
                case "chain": chain(args); break;
                case "csr": csr(args); break;
                case "crl": crl(args); break;
                case "ocsp": ocsp(args); break;
                case "cms": cms(args); break;
                case "tsp": tsp(args); break;
                case "tsp-response": tspResponse(args); break;
                case "pdf-cms": return pdf(args);
                default: throw new IllegalArgumentException("unknown command");
            }
            return true;
        } catch (Exception e) {
            System.out.println(name + " INVALID " + String.join(" ", args) + ": " + e);
            return false;
        }
    }

    private static byte[] read(String file) throws Exception {
        return Files.readAllBytes(Path.of(file));
    }

    private static X509Certificate certificate(byte[] der) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509", BC).generateCertificate(new ByteArrayInputStream(der));
    }

    private static List<X509Certificate> certificates(List<String> files) throws Exception {
        List<X509Certificate> all = new ArrayList<>();
        for (String file : files) {
            all.add(certificate(read(file)));
        }
        return all;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private static ContentVerifierProvider verifier(X509Certificate certificate) throws Exception {
        return new JcaContentVerifierProviderBuilder().setProvider(BC).build(certificate.getPublicKey());
    }

    /** PKIX path from the leaf to one of the roots, without revocation. */
    private static int path(X509Certificate leaf, Collection<X509Certificate> between, List<X509Certificate> roots, Date at) throws Exception {
        Set<TrustAnchor> anchors = new HashSet<>();
        for (X509Certificate root : roots) {
            root.verify(root.getPublicKey(), BC);
            anchors.add(new TrustAnchor(root, null));
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
        List<X509Certificate> pool = new ArrayList<>(between);
        pool.add(leaf);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(pool), BC));
        parameters.setRevocationEnabled(false);
        parameters.setDate(at);
        CertPath path = CertPathBuilder.getInstance("PKIX", BC).build(parameters).getCertPath();
        return path.getCertificates().size();
    }

    /** chain ROOT ISSUING LEAF... */
    private static void chain(List<String> args) throws Exception {
        List<X509Certificate> all = certificates(args);
        List<X509Certificate> between = all.subList(1, 2);
        for (X509Certificate leaf : all.subList(2, all.size())) {
            int length = path(leaf, between, all.subList(0, 1), new Date(leaf.getNotBefore().getTime() + 1000));
            System.out.println("chain valid length=" + length + " algorithm=" + leaf.getSigAlgName() + " subject=" + leaf.getSubjectX500Principal());
        }
    }

    /** csr REQUEST */
    private static void csr(List<String> args) throws Exception {
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(read(args.get(0)));
        require(request.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider(BC).build(request.getSubjectPublicKeyInfo())), "signature");
        System.out.println("csr valid subject=" + request.getSubject());
    }

    /** crl CRL ISSUER */
    private static void crl(List<String> args) throws Exception {
        X509CRLHolder list = new X509CRLHolder(read(args.get(0)));
        X509Certificate issuer = certificate(read(args.get(1)));
        require(list.isSignatureValid(verifier(issuer)), "signature");
        require(list.getIssuer().equals(new X509CertificateHolder(issuer.getEncoded()).getSubject()), "issuer");
        System.out.println("crl valid entries=" + list.getRevokedCertificates().size() + " next=" + list.getNextUpdate().getTime() / 1000);
    }

    /** ocsp RESPONSE ISSUER SERIAL(hex) */
    private static void ocsp(List<String> args) throws Exception {
        OCSPResp response = new OCSPResp(read(args.get(0)));
        require(response.getStatus() == OCSPResp.SUCCESSFUL, "status " + response.getStatus());
        BasicOCSPResp basic = (BasicOCSPResp) response.getResponseObject();
        X509Certificate issuer = certificate(read(args.get(1)));
        X509Certificate responder = certificate(basic.getCerts()[0].getEncoded());
        responder.verify(issuer.getPublicKey(), BC);
        require(responder.getExtendedKeyUsage().contains("1.3.6.1.5.5.7.3.9"), "responder's usage");
        require(basic.isSignatureValid(verifier(responder)), "signature");
        CertificateID id = new CertificateID(
            new JcaDigestCalculatorProviderBuilder().setProvider(BC).build().get(CertificateID.HASH_SHA1),
            new X509CertificateHolder(issuer.getEncoded()), new BigInteger(args.get(2), 16));
        for (SingleResp single : basic.getResponses()) {
            if (single.getCertID().equals(id)) {
                Object status = single.getCertStatus();
                String word = status == null ? "good" : status instanceof UnknownStatus ? "unknown" : "revoked";
                if (status instanceof RevokedStatus && ((RevokedStatus) status).hasRevocationReason()) {
                    word += " reason=" + ((RevokedStatus) status).getRevocationReason();
                }
                System.out.println("ocsp valid status=" + word);
                return;
            }
        }
        throw new IllegalStateException("no answer for the serial number");
    }

    /** cms CMS CONTENT ROOT... */
    private static void cms(List<String> args) throws Exception {
        List<X509Certificate> roots = certificates(args.subList(2, args.size()));
        System.out.println("cms valid " + signedData(read(args.get(0)), read(args.get(1)), roots));
    }

    /** Signature, path and time stamp of the one signer; the words that describe it. */
    private static String signedData(byte[] cms, byte[] content, List<X509Certificate> roots) throws Exception {
        CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(content), cms);
        require(signed.getSignerInfos().size() == 1, "exactly one signer");
        SignerInformation signer = signed.getSignerInfos().iterator().next();
        X509Certificate leaf = named(signed, signer);
        require(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(leaf)), "signature");
        Date at = new Date();
        String stamp = "none";
        Attribute attribute = signer.getUnsignedAttributes() == null ? null
            : signer.getUnsignedAttributes().get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        if (attribute != null) {
            TimeStampToken token = new TimeStampToken(new CMSSignedData(attribute.getAttributeValues()[0].toASN1Primitive().getEncoded()));
            stamp = token(token, signer.getSignature(), roots);
            at = token.getTimeStampInfo().getGenTime();
        }
        int length = path(leaf, all(signed), roots, at);
        return "length=" + length + " digest=" + signer.getDigestAlgOID() + " signature=" + signer.getEncryptionAlgOID()
            + " stamp=" + stamp + " subject=" + leaf.getSubjectX500Principal();
    }

    @SuppressWarnings("unchecked")
    private static X509Certificate named(CMSSignedData signed, SignerInformation signer) throws Exception {
        Collection<X509CertificateHolder> matches = signed.getCertificates().getMatches((Selector<X509CertificateHolder>) (Selector<?>) signer.getSID());
        require(matches.size() == 1, "the signer's certificate");
        return certificate(matches.iterator().next().getEncoded());
    }

    private static List<X509Certificate> all(CMSSignedData signed) throws Exception {
        List<X509Certificate> all = new ArrayList<>();
        for (X509CertificateHolder holder : signed.getCertificates().getMatches(null)) {
            all.add(certificate(holder.getEncoded()));
        }
        return all;
    }

    /** tsp TOKEN DATA ROOT... */
    private static void tsp(List<String> args) throws Exception {
        List<X509Certificate> roots = certificates(args.subList(2, args.size()));
        TimeStampToken token = new TimeStampToken(new CMSSignedData(read(args.get(0))));
        System.out.println("tsp valid time=" + token(token, read(args.get(1)), roots));
    }

    /** tsp-response RESPONSE DATA ROOT... */
    private static void tspResponse(List<String> args) throws Exception {
        List<X509Certificate> roots = certificates(args.subList(2, args.size()));
        TimeStampResponse response = new TimeStampResponse(read(args.get(0)));
        require(response.getTimeStampToken() != null, "status " + response.getStatus() + " " + response.getStatusString());
        System.out.println("tsp-response valid time=" + token(response.getTimeStampToken(), read(args.get(1)), roots));
    }

    /** Imprint, signature, certificate binding, usage and path of a token; its time in seconds. */
    private static String token(TimeStampToken token, byte[] data, List<X509Certificate> roots) throws Exception {
        String digest = token.getTimeStampInfo().getMessageImprintAlgOID().getId();
        byte[] imprint = MessageDigest.getInstance(digest, BC).digest(data);
        require(Arrays.equals(imprint, token.getTimeStampInfo().getMessageImprintDigest()), "imprint");
        CMSSignedData signed = token.toCMSSignedData();
        X509Certificate stamper = named(signed, signed.getSignerInfos().iterator().next());
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider(BC).build(stamper));
        Date time = token.getTimeStampInfo().getGenTime();
        path(stamper, all(signed), roots, time);
        return Long.toString(time.getTime() / 1000);
    }

    private static final Pattern BYTE_RANGE = Pattern.compile("/ByteRange\\s*\\[\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s*\\]");

    /** pdf-cms PDF ROOT...: every signature of the file, by plain search for its byte range. */
    private static boolean pdf(List<String> args) throws Exception {
        byte[] file = read(args.get(0));
        List<X509Certificate> roots = certificates(args.subList(1, args.size()));
        Matcher matcher = BYTE_RANGE.matcher(new String(file, StandardCharsets.ISO_8859_1));
        boolean valid = true;
        int count = 0;
        while (matcher.find()) {
            count++;
            try {
                int[] range = new int[4];
                for (int i = 0; i < 4; i++) {
                    range[i] = Integer.parseInt(matcher.group(i + 1));
                }
                System.out.println("pdf-cms valid signature=" + count + " end=" + ((long) range[2] + range[3]) + "/" + file.length + " " + signature(file, range, roots));
            } catch (Exception e) {
                valid = false;
                System.out.println("pdf-cms INVALID signature=" + count + " " + args.get(0) + ": " + e);
            }
        }
        if (count == 0) {
            System.out.println("pdf-cms INVALID " + args.get(0) + ": no signature");
        }
        return valid && count > 0;
    }

    private static String signature(byte[] file, int[] range, List<X509Certificate> roots) throws Exception {
        int gap = range[0] + range[1];
        require(range[0] == 0 && gap <= range[2] && (long) range[2] + range[3] <= file.length, "byte range");
        require(file[gap] == '<' && file[range[2] - 1] == '>', "the gap is not a hex string");
        byte[] padded = Hex.decode(Arrays.copyOfRange(file, gap + 1, range[2] - 1));
        byte[] cms;
        try (ASN1InputStream stream = new ASN1InputStream(padded)) {
            stream.readObject();
            cms = Arrays.copyOf(padded, padded.length - stream.available());
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(file, 0, gap);
        content.write(file, range[2], range[3]);
        // A document time stamp is a token over the file (ETSI.RFC3161); everything else is detached from it.
        CMSSignedData parsed = new CMSSignedData(cms);
        if (parsed.getSignedContentTypeOID().equals(PKCSObjectIdentifiers.id_ct_TSTInfo.getId())) {
            return "document-stamp=" + token(new TimeStampToken(parsed), content.toByteArray(), roots);
        }
        return signedData(cms, content.toByteArray(), roots);
    }
}
