package dev.holdfast.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reports of drills as the JDK's own parser reads them. */
public final class Reports {
    private Reports() {}

    /** A file that is XML; nothing is fetched for it. */
    public static Document read(byte[] file) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(file));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(new String(file, java.nio.charset.StandardCharsets.UTF_8), e);
        }
    }

    /** A file as CI systems want it. */
    public static Document junit(byte[] file) {
        try {
            var schema = Objects.requireNonNull(Reports.class.getResource("junit.xsd"));
            SchemaFactory.newDefaultInstance()
                    .newSchema(schema)
                    .newValidator()
                    .validate(new StreamSource(new ByteArrayInputStream(file)));
        } catch (SAXException | IOException e) {
            throw new AssertionError(new String(file, java.nio.charset.StandardCharsets.UTF_8), e);
        }
        return read(file);
    }

    /** All elements of a name, in their order. */
    public static List<Element> all(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
