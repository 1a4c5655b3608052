import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.xml.security.Init;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.signature.ObjectContainer;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Apache Santuario as a referee.
 *
 * <p>{@code verify <file>} prints "Id valid" or "Id invalid" for each signature; {@code sign
 * <file> <signed file> <PKCS#12> <password> <Id>…} signs the elements with these Ids.
 */
public final class Santuario {
  private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
  private static final String XAD = "http://uri.etsi.org/01903/v1.2.2#";
  private static final String SHA256 = MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256;

  private Santuario() {}

  public static void main(String[] words) throws Exception {
    Init.init();
    if (words[0].equals("verify")) {
      verify(parsed(words[1]));
    } else {
      sign(words);
    }
  }

  private static Document parsed(String file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    Document document = factory.newDocumentBuilder().parse(new File(file));
    declareIds(document.getDocumentElement());
    return document;
  }

  private static void declareIds(Element element) {
    if (element.hasAttributeNS(null, "Id")) {
      element.setIdAttributeNS(null, "Id", true);
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element) {
        declareIds((Element) child);
      }
    }
  }

  private static List<Element> all(Document document, String uri, String name) {
    NodeList nodes = document.getElementsByTagNameNS(uri, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static void verify(Document document) throws Exception {
    for (Element element : all(document, DS, "Signature")) {
      XMLSignature signature = new XMLSignature(element, "", true);
      X509Certificate certificate = signature.getKeyInfo().getX509Certificate();
      boolean valid = signature.checkSignatureValue(certificate.getPublicKey());
      System.out.println(signature.getId() + (valid ? " valid" : " invalid"));
    }
  }

  private static void sign(String[] words) throws Exception {
    Document document = parsed(words[1]);
    KeyStore store = KeyStore.getInstance("PKCS12");
    char[] password = words[4].toCharArray();
    try (FileInputStream stream = new FileInputStream(words[3])) {
      store.load(stream, password);
    }
    String alias = store.aliases().nextElement();
    PrivateKey key = (PrivateKey) store.getKey(alias, password);
    X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
    for (int i = 5; i < words.length; i++) {
      signElement(document, words[i], key, certificate);
    }
    write(document, words[2]);
  }

  private static void signElement(
      Document document, String id, PrivateKey key, X509Certificate certificate) throws Exception {
    XMLSignature signature =
        new XMLSignature(
            document,
            "",
            XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256,
            Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
    signature.setId(id + "_SIG_1");
    document.getElementById(id).appendChild(signature.getElement());
    ObjectContainer container = new ObjectContainer(document);
    container.appendChild(qualifyingProperties(document, id + "_SIG_1", certificate));
    signature.appendObject(container);
    declareIds(document.getDocumentElement());
    Transforms content = new Transforms(document);
    content.addTransform(Transforms.TRANSFORM_ENVELOPED_SIGNATURE);
    content.addTransform(Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
    signature.addDocument("#" + id, content, SHA256);
    Transforms properties = new Transforms(document);
    properties.addTransform(Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
    signature.addDocument(
        "#" + id + "_SIG_1_SP", properties, SHA256, null, XAD + "SignedProperties");
    signature.addKeyInfo(certificate);
    signature.sign(key);
  }

  private static Element child(Element parent, String uri, String name) {
    String prefix = uri.equals(DS) ? "ds:" : "xad:";
    Element element = parent.getOwnerDocument().createElementNS(uri, prefix + name);
    parent.appendChild(element);
    return element;
  }

  private static void text(Element parent, String uri, String name, String value) {
    child(parent, uri, name).setTextContent(value);
  }

  private static void digest(Element parent, byte[] value) {
    child(parent, XAD, "DigestMethod").setAttributeNS(null, "Algorithm", SHA256);
    text(parent, XAD, "DigestValue", Base64.getEncoder().encodeToString(value));
  }

  private static Element qualifyingProperties(
      Document document, String signatureId, X509Certificate certificate) throws Exception {
    Element qualifying = document.createElementNS(XAD, "xad:QualifyingProperties");
    qualifying.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:xad", XAD);
    qualifying.setAttributeNS(null, "Target", "#" + signatureId);
    Element signed = child(qualifying, XAD, "SignedProperties");
    signed.setAttributeNS(null, "Id", signatureId + "_SP");
    Element properties = child(signed, XAD, "SignedSignatureProperties");
    text(properties, XAD, "SigningTime", "2026-01-05T13:45:00Z");
    signingCertificate(properties, certificate);
    policy(properties);
    Element roles = child(child(properties, XAD, "SignerRole"), XAD, "ClaimedRoles");
    text(roles, XAD, "ClaimedRole", "Élu délégué");
    return qualifying;
  }

  private static void signingCertificate(Element properties, X509Certificate certificate)
      throws Exception {
    Element named = child(child(properties, XAD, "SigningCertificate"), XAD, "Cert");
    digest(
        child(named, XAD, "CertDigest"),
        MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    Element serial = child(named, XAD, "IssuerSerial");
    text(serial, DS, "X509IssuerName", certificate.getIssuerX500Principal().getName());
    text(serial, DS, "X509SerialNumber", certificate.getSerialNumber().toString());
  }

  private static void policy(Element properties) {
    Element policy =
        child(child(properties, XAD, "SignaturePolicyIdentifier"), XAD, "SignaturePolicyId");
    Element id = child(policy, XAD, "SigPolicyId");
    text(id, XAD, "Identifier", "urn:oid:1.2.250.1.131.1.5.18.21.1.7");
    digest(
        child(policy, XAD, "SigPolicyHash"),
        Base64.getDecoder().decode("roF9+cfRHNPtVJolhdqfIqGMVuUXX8aR4rpiquf0u5E="));
  }

  private static void write(Document document, String file) throws Exception {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.ENCODING, StandardCharsets.ISO_8859_1.name());
    document.setXmlStandalone(true);
    try (FileOutputStream stream = new FileOutputStream(file)) {
      transformer.transform(new DOMSource(document), new StreamResult(stream));
    }
  }
}
