package io.tyer.server.http;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * By which names requests may call this server. A web page can have its own name point here (DNS
 * rebinding), and a browser then lets it read what is answered: such requests have that name in
 * their header {@code Host}. An address is no name, and cannot be made to point elsewhere.
 */
final class Hosts {

  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9A-Fa-f:.]{2,45})]|(?<name>[A-Za-z0-9_-][A-Za-z0-9._-]{0,253}))"
              + "(?::[0-9]{0,5})?");

  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

  /** The type of an alternative name of a certificate that is one of DNS. */
  private static final Integer DNS_NAME = 2;

  private final Set<String> told;
  private final Supplier<? extends Collection<String>> ofMembers;
  private final Supplier<List<X509Certificate>> certificates;

  /**
   * Beside localhost and addresses, it is called by these.
   *
   * @param told names that do not change; {@code *.} at the beginning stands for any one label
   * @param ofMembers the names of the group's members, as they are now
   * @param certificates that clients are shown, whose names are this server's; none without TLS
   */
  Hosts(
      Collection<String> told,
      Supplier<? extends Collection<String>> ofMembers,
      Supplier<List<X509Certificate>> certificates) {
    this.told = told.stream().map(Hosts::plain).collect(Collectors.toUnmodifiableSet());
    this.ofMembers = ofMembers;
    this.certificates = certificates;
  }

  /**
   * Looks at whom a request is for.
   *
   * @throws Refusal if it does not say so once, or calls this server by a name that it has not
   */
  void check(HttpServerRequest request) {
    if (!request.uri().startsWith("/")) {
      throw Refusal.bad("the target of a request begins with '/', and names no host");
    }
    List<String> hosts = request.headers().getAll("Host");
    Matcher host = HOST.matcher(hosts.size() == 1 ? hosts.get(0) : "");
    if (!host.matches()) {
      throw Refusal.bad("name the server in one header 'Host', such as 'Host: localhost:7880'");
    }
    String name = host.group("name");
    if (name != null && !isOurs(plain(name))) {
      throw new Refusal(
          new Problem(
              Problem.Type.MISDIRECTED,
              "this server is not known as '"
                  + name
                  + "': call it by localhost, by its address, by a name of its certificate or of a"
                  + " member, or start it with --http-host "
                  + name));
    }
  }

  private boolean isOurs(String name) {
    return name.equals("localhost")
        || V4.matcher(name).matches()
        || isOf(told, name)
        || isOf(ofMembers.get(), name)
        || certificates.get().stream().anyMatch(one -> isOf(names(one), name));
  }

  private static boolean isOf(Collection<String> names, String name) {
    int dot = name.indexOf('.');
    String any = dot < 0 ? name : "*" + name.substring(dot);
    return names.stream().map(Hosts::plain).anyMatch(one -> one.equals(name) || one.equals(any));
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(one -> DNS_NAME.equals(one.get(0)))
              .map(one -> String.valueOf(one.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
