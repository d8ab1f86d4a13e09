package io.tyer.servers.zookeeper;

import io.tyer.servers.group.Member;
import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One member, or the only one, in a process of its own. */
public final class ZooKeeperNode implements Member {

  private static final String HEX = "0x";
  private static final String PRINTED = "member.txt";

  private final ZooKeeperPlan plan;
  private final ServerProcess process;

  /** One that is not started yet. */
  ZooKeeperNode(ZooKeeperPlan plan, List<ZooKeeperPlan> members) throws IOException {
    this.plan = plan;
    plan.write(members);
    this.process =
        new ServerProcess(
            plan.directory(),
            plan.host(),
            plan.port(),
            PRINTED,
            plan.command(),
            plan.environment(),
            this::serves);
  }

  /** Whether it leads, follows or is alone, and not on its way to any of that. */
  @Override
  public boolean serves() throws IOException {
    return !mode().isEmpty();
  }

  /** Whether it leads; it may not know yet that it does no more. */
  public boolean leads() throws IOException {
    String mode = mode();
    return mode.equals("leader") || mode.equals("standalone");
  }

  private String mode() throws IOException {
    return FourLetters.field(status(), "Mode").toLowerCase(Locale.ROOT);
  }

  /** What it says of itself ({@code srvr}). */
  public String status() throws IOException {
    return FourLetters.ask(address(), "srvr");
  }

  /** The last change that it knows, of which a part is its epoch. */
  @Override
  public OptionalLong leadsSince() throws IOException {
    return leads() ? zxid() : OptionalLong.empty();
  }

  @Override
  public long applied() throws IOException {
    return zxid().orElseThrow(() -> new IOException(this + " does not serve"));
  }

  private OptionalLong zxid() throws IOException {
    String zxid = FourLetters.field(status(), "Zxid");
    return zxid.startsWith(HEX)
        ? OptionalLong.of(Long.parseUnsignedLong(zxid.substring(HEX.length()), 16))
        : OptionalLong.empty();
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(plan.host(), plan.port());
  }

  @Override
  public String id() {
    return "m" + plan.id();
  }

  @Override
  public String toString() {
    return process.toString();
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  /** The last cause of an exception that it has printed; empty if there is none. */
  String lastWords() throws IOException {
    return Files.readAllLines(plan.directory().resolve(PRINTED)).stream()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce("", (former, line) -> line);
  }

  /** Takes away all that it keeps, but its number. */
  void empty() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(plan.data().resolve("version-2"))) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }

  @Override
  public void close() {
    process.close();
    plan.giveBack();
  }
}
