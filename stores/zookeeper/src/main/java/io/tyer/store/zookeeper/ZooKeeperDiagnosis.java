package io.tyer.store.zookeeper;

import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to say of the members at an address before a client opens the store there. */
final class ZooKeeperDiagnosis {

  /** Tickets' numbers, which are ZooKeeper's own, end where the epoch of its leaders is that. */
  private static final long LAST_EPOCH = 1L << 19;

  /** Its client would give up connecting in less. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final Duration LONG = Duration.ofDays(1);

  /** By ZooKeeper's defaults. */
  private static final int TICKS_OF_SHORTEST_SESSION = 2;

  private final ZooKeeperAddress address;
  private final Settings settings;
  private final Failures failures;
  private final List<Finding> findings = new ArrayList<>();
  private boolean there;

  ZooKeeperDiagnosis(ZooKeeperAddress address, Settings settings) {
    this.address = address;
    this.settings = settings;
    this.failures = new Failures(address);
  }

  Diagnosis run() {
    transport();
    Map<HostPort, Members.Said> said =
        new Members(address, ClientConfig.of(address))
            .ask(settings.connectTimeout().multipliedBy(address.servers().size()));
    said.forEach(this::member);
    if (Members.areAbsent(said)) {
      findings.add(
          Finding.problem(
              "reachable",
              "no member that the address names answers",
              "see whether they run, and whether this client may connect"));
    } else {
      ensemble(said);
      try {
        session();
        store();
      } catch (StoreException e) {
        findings.add(
            Finding.problem(
                e.kind() == StoreException.Kind.REFUSED ? "rights" : "session",
                String.valueOf(e.getMessage()),
                "most members must be up and reach each other, and let this client in"));
      }
    }
    boolean sound = findings.stream().noneMatch(one -> one.level() == Level.PROBLEM);
    return new Diagnosis(sound && there, findings);
  }

  private void transport() {
    if (ClearText.server(address).isPresent()) {
      findings.add(
          Finding.warning(
              "transport", "the password crosses the network in the clear", "add tls=true"));
    } else {
      findings.add(
          Finding.ok(
              "transport",
              address.tls() ? "connections use TLS" : "connections are not encrypted"));
    }
    findings.add(
        Finding.ok(
            "access",
            address.owned()
                ? "what this client makes is for who has its credentials"
                : "what this client makes is open to everybody who reaches the servers"));
  }

  private void member(HostPort server, Members.Said said) {
    switch (said.state()) {
      case SERVES ->
          findings.add(
              Finding.ok(
                  "member",
                  server
                      + " is ZooKeeper "
                      + said.field("zookeeper version").replaceFirst("[-,].*", "")
                      + ", "
                      + said.field("mode")));
      case SILENT ->
          findings.add(Finding.ok("member", said.words() + " (4lw.commands.whitelist lacks srvr)"));
      default ->
          findings.add(
              Finding.warning(
                  "member",
                  said.words(),
                  "most members must be up; one that answers is enough to begin with"));
    }
    numbers(server, said.field("zxid"));
  }

  private void numbers(HostPort server, String zxid) {
    if (!zxid.matches("0x[0-9a-f]{1,16}")) {
      return;
    }
    long epoch = Long.parseUnsignedLong(zxid.substring(2), 16) >>> Integer.SIZE;
    if (epoch >= LAST_EPOCH) {
      findings.add(
          Finding.problem(
              "numbers",
              server + " has had " + epoch + " leaders; there are no numbers left for tickets",
              "take another ensemble, and let what checks tokens forget those of this one"));
    } else if (epoch >= LAST_EPOCH / 2) {
      findings.add(
          Finding.warning(
              "numbers",
              server + " has had " + epoch + " leaders, of which tickets can count " + LAST_EPOCH,
              "find out why leaders change so often"));
    }
  }

  private void ensemble(Map<HostPort, Members.Said> said) {
    if (said.values().stream().anyMatch(one -> one.field("mode").equals("standalone"))) {
      findings.add(
          said.size() > 1
              ? Finding.problem(
                  "members",
                  "a member that the address names is alone, and no member of an ensemble",
                  "name the members of one ensemble: clients of two would both be granted a lock")
              : Finding.warning(
                  "members",
                  "it is a single server: while it is down, nobody is granted anything",
                  "three members go on when one is lost"));
    }
  }

  /** A short session, then one longer than most servers give, tell what there can be. */
  private void session() throws StoreException {
    Duration shortest = given(SHORT);
    Duration longest = given(LONG);
    Duration ttl = settings.ttl();
    String range =
        "the servers keep sessions for "
            + text(shortest)
            + (shortest.equals(SHORT) ? " or less, to " : " to ")
            + text(longest)
            + (longest.equals(LONG) ? " or more" : "");
    if (longest.compareTo(ttl) < 0 && longest.compareTo(LONG) < 0) {
      findings.add(
          Finding.problem(
              "ttl",
              range + ", and the ttl is " + text(ttl),
              "ask for a shorter ttl, or raise maxSessionTimeout of the servers"));
    } else {
      findings.add(Finding.ok("ttl", range + "; the ttl is " + text(ttl)));
    }
    Duration tick = shortest.dividedBy(TICKS_OF_SHORTEST_SESSION);
    if (shortest.compareTo(SHORT) > 0 && tick.compareTo(address.tick()) > 0) {
      findings.add(
          Finding.warning(
              "tick",
              "the shortest session of the servers is "
                  + text(shortest)
                  + ", by default two ticks of theirs, and this client takes a tick for "
                  + text(address.tick()),
              "compare the option tick with tickTime of the servers: leases rely on it"));
    } else {
      findings.add(
          Finding.ok(
              "tick", "this client takes a tick of the servers for " + text(address.tick())));
    }
  }

  private static String text(Duration duration) {
    return duration.toMillis() + " ms";
  }

  private Duration given(Duration asked) throws StoreException {
    Link link = connect((int) asked.toMillis());
    try {
      return link.timeout();
    } finally {
      end(link);
    }
  }

  private Link connect(int timeoutMillis) throws StoreException {
    Link link = Link.to(address, settings, timeoutMillis, new NoEvents());
    try {
      Asked<Boolean> connected = new Asked<>();
      link.send(settings.connectTimeout(), connected::failed, live -> connected.done(true));
      Boolean unused = connected.await(failures, settings.connectTimeout().multipliedBy(2));
      return link;
    } catch (StoreException e) {
      link.abandon();
      throw e;
    }
  }

  private void end(Link link) {
    Asked<Boolean> ended = new Asked<>();
    link.end(client -> {}, ended);
    try {
      Boolean unused = ended.await(failures, settings.operationTimeout().multipliedBy(2));
    } catch (StoreException e) {
      // It dies by itself.
      link.abandon();
    }
  }

  private void store() throws StoreException {
    Link link = connect((int) Duration.ofSeconds(10).toMillis());
    try {
      String path = new Paths(address.root()).lines();
      Asked<String> read = new Asked<>();
      link.send(
          read::failed,
          live ->
              live.client()
                  .getData(
                      path,
                      null,
                      (result, on, context, data, stat) -> {
                        if (result == ZooKeeperLines.OK) {
                          read.done(data == null ? "" : new String(data, StandardCharsets.UTF_8));
                        } else if (result == ZooKeeperLines.NO_NODE) {
                          read.done(NOT_THERE);
                        } else {
                          read.failed(failures.of(result, on, false));
                        }
                      },
                      null));
      format(path, read.await(failures, settings.operationTimeout()));
    } finally {
      end(link);
    }
  }

  private static final String NOT_THERE = "\0";

  private void format(String path, String format) {
    if (format.equals(Opening.FORMAT)) {
      there = true;
      findings.add(Finding.ok("format", "the locks at " + address.root() + " have format 1"));
    } else if (format.equals(NOT_THERE)) {
      findings.add(
          Finding.ok(
              "store", "there are no locks at " + address.root() + "; the first client begins"));
    } else {
      findings.add(
          Finding.problem(
              "format",
              "what is at " + path + " was written in a format that this version does not know",
              "use the version that wrote it, or another path"));
    }
  }

  /** Nothing that a diagnosis has could be lost. */
  private static final class NoEvents implements Link.Events {
    @Override
    public void reconnected() {}

    @Override
    public void over(@Nullable StoreException why) {}
  }
}
