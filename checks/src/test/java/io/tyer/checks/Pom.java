package io.tyer.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A module's pom.xml as it is written, without what it inherits. */
final class Pom {

  /** A dependency as it is declared; what is not declared is empty. */
  record Dependency(String groupId, String artifactId, String version, String scope) {

    String name() {
      return groupId + ":" + artifactId;
    }
  }

  private final Element project;

  private Pom(Element project) {
    this.project = project;
  }

  static Pom in(Path directory) {
    try {
      return new Pom(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(directory.resolve("pom.xml").toFile())
              .getDocumentElement());
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException("the pom in " + directory + " cannot be read", e);
    }
  }

  String artifactId() {
    return text(project, "artifactId");
  }

  List<String> modules() {
    return children(project, "modules").stream()
        .flatMap(modules -> children(modules, "module").stream())
        .map(module -> module.getTextContent().strip())
        .toList();
  }

  Map<String, String> properties() {
    Map<String, String> found = new TreeMap<>();
    for (Element properties : children(project, "properties")) {
      for (Element property : children(properties)) {
        found.put(property.getTagName(), property.getTextContent().strip());
      }
    }
    return found;
  }

  boolean published() {
    return !properties().getOrDefault("maven.deploy.skip", "false").equals("true");
  }

  List<Dependency> dependencies() {
    return dependenciesOf(project);
  }

  /** Versions written as properties are put in. */
  List<Dependency> managed() {
    return children(project, "dependencyManagement").stream()
        .flatMap(management -> dependenciesOf(management).stream())
        .map(
            each ->
                new Dependency(
                    each.groupId(), each.artifactId(), resolved(each.version()), each.scope()))
        .toList();
  }

  private String resolved(String version) {
    return version.startsWith("${")
        ? properties().getOrDefault(version.substring(2, version.length() - 1), version)
        : version;
  }

  private static List<Dependency> dependenciesOf(Element parent) {
    return children(parent, "dependencies").stream()
        .flatMap(dependencies -> children(dependencies, "dependency").stream())
        .map(
            each ->
                new Dependency(
                    text(each, "groupId"),
                    text(each, "artifactId"),
                    text(each, "version"),
                    text(each, "scope")))
        .toList();
  }

  private static String text(Element parent, String name) {
    List<Element> found = children(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    return children(parent).stream().filter(each -> each.getTagName().equals(name)).toList();
  }

  private static List<Element> children(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }
}
