package io.tyer.benchmarks.server;

import io.tyer.benchmarks.play.Address;
import io.tyer.servers.tyer.TyerGroup;
import io.tyer.servers.tyer.TyerNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Three members of the lock server, each a JVM of its own. */
public final class OwnTyer implements OwnServer {

  public static final String SCHEME = "tyer";

  /**
   * An option of the address that is not the store's: TLS between all processes, and access tokens.
   */
  public static final String TLS = "tls";

  static final String ON = "on";

  /** What a member is promised to do with. */
  static final String HEAP = "-Xmx256m";

  /** As the program's script takes them. */
  private static final String MORE_OPTIONS = "TYER_SERVER_JAVA_OPTIONS";

  private static final Pattern SPACES = Pattern.compile(" +");
  private static final int MEMBERS = 3;
  private static final long START_MILLIS = 60_000;

  private final Path directory;
  private final TyerGroup group;
  private final Restarts restarts;

  private OwnTyer(Path directory, TyerGroup group) {
    this.directory = directory;
    this.group = group;
    this.restarts = Restarts.of(group.nodes().stream().map(TyerNode::process).toList());
  }

  /** Whether it asks for TLS between all processes of a group that is started for it. */
  public static boolean secured(Address address) {
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
    try {
      OwnTyer own =
          new OwnTyer(
              directory,
              TyerGroup.startToMeasure(directory, MEMBERS, secured(wanted), javaOptions()));
      own.clear();
      return own;
    } catch (IOException | RuntimeException e) {
      Directories.remove(directory);
      throw e;
    }
  }

  private static List<String> javaOptions() {
    String more = System.getenv().getOrDefault(MORE_OPTIONS, "");
    return Stream.concat(Stream.of(HEAP), SPACES.splitAsStream(more))
        .filter(option -> !option.isEmpty())
        .toList();
  }

  /** As clients are told. */
  private Address address() {
    return Address.parse(group.address());
  }

  @Override
  public String location() {
    return address().location();
  }

  /** With what clients are told of its security, in place of what it was asked for. */
  @Override
  public Address locate(Address wanted) {
    Address own = wanted.without(TLS).at(location());
    for (String option : address().query().split("&", -1)) {
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
    try (Group asked = Group.at(address())) {
      String unused = asked.awaitLeader(START_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    restarts.close();
    group.close();
    Directories.remove(directory);
  }
}
