package io.tyer.benchmarks.figures;

import io.tyer.server.run.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three members of the lock server, each the program {@code tyer server} in a JVM of its own, on
 * free ports, in directories of their own.
 */
final class OwnTyer implements OwnServer {

  static final String SCHEME = "tyer";

  /**
   * An option of the address that is not the store's: TLS between all processes, and access tokens.
   */
  static final String TLS = "tls";

  static final String ON = "on";

  /** What a member is promised to do with. */
  static final String HEAP = "-Xmx256m";

  /** As the program's script takes them. */
  private static final String MORE_OPTIONS = "TYER_SERVER_JAVA_OPTIONS";

  private static final Pattern SPACES = Pattern.compile(" +");
  private static final int MEMBERS = 3;
  private static final long START_MILLIS = 60_000;

  private final Path directory;
  private final Supervised members;
  private final Address address;

  private OwnTyer(Path directory, Supervised members, Address address) {
    this.directory = directory;
    this.members = members;
    this.address = address;
  }

  /** Whether it asks for TLS between all processes of a group that is started for it. */
  static boolean secured(Address address) {
    return address.scheme().equals(SCHEME) && address.option(TLS).isPresent();
  }

  /**
   * Whether such a group can be started.
   *
   * @throws IllegalArgumentException if not
   */
  static void check(Address address) {
    if (secured(address)
        && !(address.location().isEmpty() && address.option(TLS).equals(Optional.of(ON)))) {
      throw new IllegalArgumentException(
          "tls=on is for servers that are started for the run, as in tyer:?tls=on; clients of"
              + " others are told tls-ca=FILE or plaintext=true, not "
              + address);
    }
  }

  static OwnTyer start(Address wanted) throws IOException {
    Path directory = Files.createTempDirectory("tyer-members-");
    Supervised members = new Supervised();
    OwnTyer own = null;
    try {
      List<String> security = new ArrayList<>();
      String option = "plaintext=true";
      OwnTokens tokens = null;
      Path authority = null;
      if (secured(wanted)) {
        OwnCertificate certificate = OwnCertificate.make(directory);
        security.addAll(certificate.ofClients());
        security.addAll(certificate.ofMembers());
        authority = certificate.authority();
        tokens = OwnTokens.make(directory);
        security.add("--operator-token=" + tokens.ofOperator());
        option = "tls-ca=" + authority + "&token-file=" + tokens.ofClients();
      } else {
        security.add("--plaintext");
      }
      List<Integer> ports = Ports.free(2 * MEMBERS);
      String location = GroupLocation.here(ports.subList(0, MEMBERS)).text();
      own = new OwnTyer(directory, members, new Address(SCHEME, location, option));
      for (int member = 0; member < MEMBERS; member++) {
        members.start(command(directory, member, ports, security), own.output());
      }
      if (tokens != null && authority != null) {
        tokens.makeOfClients(
            leader(
                new Address(
                    SCHEME,
                    location,
                    "tls-ca=" + authority + "&token-file=" + tokens.ofOperator())),
            authority);
      }
      own.awaitAll();
      return own;
    } catch (IOException | RuntimeException e) {
      String output = own != null && Files.exists(own.output()) ? own.text() : "";
      members.close();
      Directories.remove(directory);
      throw new IOException("the lock server does not start: " + output, e);
    }
  }

  private static List<String> command(
      Path directory, int member, List<Integer> ports, List<String> security) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    SPACES
        .splitAsStream(System.getenv().getOrDefault(MORE_OPTIONS, ""))
        .filter(option -> !option.isEmpty())
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("--id=" + name(member));
    command.add("--data=" + directory.resolve(name(member)));
    command.add("--listen=" + client(ports, member));
    command.add(
        "--peers="
            + IntStream.range(0, MEMBERS)
                .mapToObj(
                    it -> name(it) + "=" + here(ports.get(MEMBERS + it)) + "/" + client(ports, it))
                .collect(Collectors.joining(",")));
    command.addAll(security);
    return command;
  }

  private static String name(int member) {
    return "node-" + (member + 1);
  }

  private static String client(List<Integer> ports, int member) {
    return here(ports.get(member));
  }

  private static String here(int port) {
    return "127.0.0.1:" + port;
  }

  private Path output() {
    return directory.resolve("output");
  }

  private String text() throws IOException {
    return Files.readString(output());
  }

  private void awaitAll() throws IOException {
    String unused = leader(address);
  }

  /** As soon as there is one. */
  private static String leader(Address members) throws IOException {
    try (Group group = TyerGroup.at(members)) {
      return group.awaitLeader(START_MILLIS);
    }
  }

  @Override
  public String location() {
    return address.location();
  }

  /** With what clients are told of its security, in place of what it was asked for. */
  @Override
  public Address locate(Address wanted) {
    Address own = wanted.without(TLS).at(location());
    for (String option : address.query().split("&", -1)) {
      int equals = option.indexOf('=');
      own = own.with(option.substring(0, equals), option.substring(equals + 1));
    }
    return own;
  }

  @Override
  public String keeps() throws IOException {
    return Directories.described(directory) + ", " + HEAP;
  }

  /** Whoever held anything has closed its session; a member that was killed is awaited. */
  @Override
  public void clear() throws IOException {
    awaitAll();
  }

  @Override
  public void close() throws IOException {
    members.close();
    Directories.remove(directory);
  }
}
