package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements and texts, of XML, or of a page that is XML, too. Whatever a text holds stays a text. Names of elements and attributes
 * are ours. Used by one thread.
 */
final class Markup {
    private final StringWriter written = new StringWriter();
    private final XMLStreamWriter writer;

    private Markup() throws XMLStreamException {
        this.writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(written);
    }

    /** An XML file. */
    static Markup xml() {
        return begin(writer -> writer.writeStartDocument("UTF-8", "1.0"));
    }

    /** A page for browsers. */
    static Markup page() {
        return begin(writer -> writer.writeDTD("<!DOCTYPE html>"));
    }

    /** What writes, and may fail where there is nothing to fail. */
    private interface Writing {
        void to(XMLStreamWriter writer) throws XMLStreamException;
    }

    private static Markup begin(Writing head) {
        try {
            var markup = new Markup();
            markup.write(head);
            return markup.line();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing into memory failed", e);
        }
    }

    private void write(Writing writing) {
        try {
            writing.to(writer);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing into memory failed", e);
        }
    }

    /** Begins an element. */
    Markup open(String name) {
        write(out -> out.writeStartElement(name));
        return this;
    }

    /** Gives an attribute to the element that has just begun. It is one line, whatever the value holds. */
    Markup with(String name, String value) {
        write(out -> out.writeAttribute(name, Visible.line(value)));
        return this;
    }

    /** Ends the element that was begun last, and the line. */
    Markup close() {
        write(XMLStreamWriter::writeEndElement);
        return line();
    }

    Markup text(String text) {
        write(out -> out.writeCharacters(Visible.of(text)));
        return this;
    }

    /** An element with nothing but a text in it. */
    Markup element(String name, String text) {
        return open(name).text(text).close();
    }

    /** Begins an element that never has anything in it: it gets attributes, and is not closed. */
    Markup empty(String name) {
        write(out -> out.writeEmptyElement(name));
        return this;
    }

    private Markup line() {
        write(out -> out.writeCharacters("\n"));
        return this;
    }

    byte[] bytes() {
        write(XMLStreamWriter::writeEndDocument);
        return written.toString().getBytes(UTF_8);
    }
}
