package io.tyer.store.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What there is to say of the servers at an address before a client opens the store there. */
final class RedisDiagnosis {

  private final RedisAddress address;
  private final Wiring wiring;
  private final List<Finding> findings = new ArrayList<>();

  private RedisDiagnosis(Wiring wiring) {
    this.address = wiring.address();
    this.wiring = wiring;
  }

  static Diagnosis of(Wiring wiring) {
    return new RedisDiagnosis(wiring).run();
  }

  private Diagnosis run() {
    transport();
    switch (address.kind()) {
      case SINGLE -> master(address.servers().get(0), "0", false);
      case SENTINEL -> sentinels();
      case CLUSTER -> cluster();
    }
    return new Diagnosis(
        findings.stream().noneMatch(one -> one.level() == Level.PROBLEM), findings);
  }

  private void transport() {
    var exposed = ClearText.server(address);
    if (exposed.isPresent()) {
      findings.add(
          Finding.warning(
              "transport",
              "the password crosses the network to " + exposed.get() + " in the clear",
              "use TLS: an address that begins with rediss"));
    } else if (address.tls()) {
      findings.add(
          Finding.ok(
              "transport",
              "connections use TLS; certificates are checked"
                  + (address.verifies() ? "" : ", but not the names in them (tls-verify=ca)")));
    }
  }

  private void problem(String topic, StoreException failure) {
    findings.add(Finding.problem(topic, String.valueOf(failure.getMessage()), ""));
  }

  // ---- a server that should be a master

  private void master(HostPort server, String tag, boolean failsOver) {
    try (Probe<StatefulRedisConnection<String, String>> probe = Probe.of(wiring, server)) {
      ServerInfo info = ServerInfo.parse(probe.ask(c -> c.async().info()));
      wiring.requireUsable(server.toString(), info);
      findings.addAll(ServerFindings.of(server.toString(), info, address.replicas(), failsOver));
      rights(probe, server, tag);
      format(probe, server, tag);
      clock(probe, server);
    } catch (StoreException e) {
      problem("reachable", e);
    }
  }

  private Keys keys(String tag) {
    return new Keys(address.prefix(), tag);
  }

  /** As a session finds them out when it is opened. */
  private void rights(
      Probe<StatefulRedisConnection<String, String>> probe, HostPort server, String tag) {
    Keys keys = keys(tag);
    String who = "diagnosis" + Long.toHexString(wiring.surroundings().nextLong());
    String[] named = {
      text(keys.sessions()),
      text(keys.session(who)),
      text(keys.floor()),
      text(keys.line(new byte[0]))
    };
    try {
      Object unused =
          probe.<Object>ask(
              c ->
                  c.async()
                      .eval(text(Script.RIGHTS.source()), ScriptOutputType.INTEGER, named, who));
      findings.add(Finding.ok("rights", "this user may do at " + server + " what locks need"));
    } catch (StoreException e) {
      problem("rights", e);
    }
  }

  private void format(
      Probe<StatefulRedisConnection<String, String>> probe, HostPort server, String tag)
      throws StoreException {
    String format = probe.ask(c -> c.async().hget(text(keys(tag).floor()), "format"));
    if (format == null) {
      findings.add(Finding.ok("format", "no client has used " + server + " for locks yet"));
    } else if (format.equals("1")) {
      findings.add(Finding.ok("format", "the locks at " + server + " have format 1"));
    } else {
      findings.add(
          Finding.problem(
              "format",
              "the locks at "
                  + server
                  + " were written in a format that is newer than this version",
              "use the version that wrote them, or another prefix"));
    }
  }

  private void clock(Probe<StatefulRedisConnection<String, String>> probe, HostPort server)
      throws StoreException {
    List<String> time = probe.ask(c -> c.async().time());
    long ahead =
        Long.parseLong(time.get(0)) - Math.floorDiv(wiring.surroundings().wallMillis(), 1000L);
    findings.add(
        Finding.ok(
            "clock",
            String.format(
                "the clock of %s is %d s %s this machine's; they need not agree",
                server, Math.abs(ahead), ahead < 0 ? "behind" : "ahead of")));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  // ---- sentinels

  private void sentinels() {
    Set<HostPort> named = new LinkedHashSet<>();
    for (HostPort sentinel : address.servers()) {
      try {
        HostPort master = namedBy(sentinel);
        named.add(master);
        findings.add(
            Finding.ok("sentinel", "sentinel " + sentinel + " names the master " + master));
      } catch (StoreException e) {
        findings.add(
            Finding.warning(
                "sentinel",
                "sentinel " + sentinel + " names no master: " + e.getMessage(),
                "one that answers is enough, but it is asked after the others"));
      }
    }
    if (named.isEmpty()) {
      findings.add(
          Finding.problem(
              "reachable",
              "no sentinel names a master called " + address.master(),
              "see whether they run, and name the master with ?master="));
    } else if (named.size() > 1) {
      findings.add(
          Finding.problem(
              "sentinel",
              "the sentinels do not agree: they name " + named,
              "wait for a failover to end; if they go on, see their configuration"));
    } else {
      master(named.iterator().next(), "0", true);
    }
  }

  private HostPort namedBy(HostPort sentinel) throws StoreException {
    StatefulRedisConnection<String, String> connection =
        Probe.await(
            wiring,
            sentinel.toString(),
            wiring.connect(
                client -> client.connectAsync(StringCodec.UTF8, wiring.sentinelUri(sentinel))));
    return Probe.await(wiring, sentinel.toString(), new Sentinels(wiring).masterBy(connection))
        .at();
  }

  // ---- a cluster

  private void cluster() {
    for (HostPort node : address.servers()) {
      Map<HostPort, Integer> masters;
      try (Probe<StatefulRedisConnection<String, String>> probe = Probe.of(wiring, node)) {
        ServerInfo state = ServerInfo.parse(probe.ask(c -> c.async().clusterInfo()));
        findings.add(ClusterFindings.state(node.toString(), state));
        masters = new TreeMap<>(Comparator.comparing(HostPort::toString));
        Cluster.ownersIn(probe.ask(c -> c.async().clusterSlots()), node)
            .forEach((slot, owner) -> masters.putIfAbsent(owner, slot));
      } catch (StoreException e) {
        findings.add(
            Finding.warning(
                "node",
                String.valueOf(e.getMessage()),
                "one node that answers is enough, but it is asked after the others"));
        continue;
      }
      findings.add(ClusterFindings.masters(masters.keySet()));
      masters.forEach((master, slot) -> master(master, Slots.tagAt(slot), true));
      return;
    }
    findings.add(
        Finding.problem(
            "reachable", "no node of the cluster answers as one", "name nodes that do"));
  }
}
