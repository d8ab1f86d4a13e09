package io.tyer.testkit.torture;

import io.tyer.testkit.fault.FaultProxy;
import io.tyer.testkit.host.ClientHosts;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Tmpfs;
import io.tyer.testkit.server.ServerGroup;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Where a run takes place: the store, how each worker reaches it, and what can be done to it. */
final class Ground implements AutoCloseable {

  private static final Set<FaultKind> OF_PROCESSES =
      EnumSet.of(FaultKind.PAUSE, FaultKind.SHORT_PAUSE, FaultKind.KILL, FaultKind.CLOCK);
  private static final Set<FaultKind> OF_LINKS =
      EnumSet.of(
          FaultKind.BLACK_HOLE,
          FaultKind.DELAY,
          FaultKind.RESET,
          FaultKind.LOST_REPLY,
          FaultKind.PARTITION);
  private static final Set<FaultKind> OF_SERVERS =
      EnumSet.of(FaultKind.SERVER_KILL, FaultKind.SERVER_PAUSE);
  private static final Set<FaultKind> OF_GROUPS =
      EnumSet.of(FaultKind.SERVER_PARTITION, FaultKind.SERVER_RESTART, FaultKind.SERVER_KILL_ALL);
  private static final Set<FaultKind> OF_CLOCKS =
      EnumSet.of(FaultKind.CLOCK, FaultKind.SERVER_CLOCK);
  private static final Set<FaultKind> OF_DISKS =
      EnumSet.of(FaultKind.DISK_FULL, FaultKind.READ_ONLY);

  private final TorturePlan plan;
  private final Map<FaultKind, String> skipped = new EnumMap<>(FaultKind.class);
  private final List<FaultProxy> proxies = new CopyOnWriteArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable StoreServer server;
  private volatile @Nullable Tmpfs disk;
  private volatile @Nullable FakeTime clocks;
  private volatile @Nullable ClientHosts hosts;

  Ground(TorturePlan plan) {
    this.plan = plan;
  }

  /**
   * Starts what is needed for those of the wanted faults that can be had. Whatever becomes of it,
   * {@link #close} takes away what was started.
   */
  void prepare() throws IOException, InterruptedException {
    if (plan.inThisProcess()) {
      skip(OF_PROCESSES, "the workers are threads of this process, since only it sees the store");
    }
    prepareClocks();
    startServer();
    prepareLinks();
  }

  private void prepareClocks() {
    ServerKind kind = plan.kind();
    if (kind == null || !kind.takesEnvironment()) {
      skip(EnumSet.of(FaultKind.SERVER_CLOCK), "the store has no process with a clock of its own");
    }
    Needs.FAKETIME.missing().ifPresent(reason -> skip(OF_CLOCKS, reason));
    if (OF_CLOCKS.stream().anyMatch(this::wants)) {
      clocks = new FakeTime(plan.output());
    }
  }

  private void startServer() throws IOException, InterruptedException {
    ServerKind kind = plan.kind();
    if (kind == null) {
      String reason = "the store is one that is there already, and none of this run's";
      skip(OF_LINKS, reason);
      skip(OF_SERVERS, reason);
      skip(OF_GROUPS, reason);
      skip(OF_DISKS, reason);
      return;
    }
    String unavailable = kind.unavailable().orElse(null);
    if (unavailable != null) {
      throw new IOException(
          "a store of kind " + kind.name() + " cannot be started: " + unavailable);
    }
    Path directory = Files.createDirectory(plan.output().resolve("store"));
    FakeTime faked = clocks;
    StoreServer started =
        faked != null && wants(FaultKind.SERVER_CLOCK)
            ? kind.start(directory, faked.environmentsOfServer(kind.members()))
            : kind.start(directory);
    server = started;
    if (!started.hasProcess()) {
      skip(OF_SERVERS, "a store of kind " + kind.name() + " has no process");
    }
    ServerGroup group = started.group().orElse(null);
    if (group != null) {
      GroupFaults.without(group, plan.faults()).forEach(skipped::putIfAbsent);
      return;
    }
    skip(OF_GROUPS, "a store of kind " + kind.name() + " is not kept by members");
    prepareDisk(kind, started);
  }

  private void prepareDisk(ServerKind kind, StoreServer started)
      throws IOException, InterruptedException {
    if (started.directory().isEmpty()) {
      skip(OF_DISKS, "clients of a store of kind " + kind.name() + " do not write to a disk");
    }
    if (wants(FaultKind.DISK_FULL) || wants(FaultKind.READ_ONLY)) {
      Needs.MOUNTS.missing().ifPresent(reason -> skip(OF_DISKS, reason));
    }
    if (wants(FaultKind.DISK_FULL) || wants(FaultKind.READ_ONLY)) {
      started.close();
      Path mount = Files.createDirectory(plan.output().resolve("disk"));
      disk = Tmpfs.mount(mount);
      server = kind.start(Files.createDirectory(mount.resolve("store")));
    }
  }

  private int members() {
    ServerKind kind = plan.kind();
    return kind == null ? 1 : kind.members();
  }

  private void prepareLinks() throws IOException, InterruptedException {
    StoreServer started = server;
    if (started == null) {
      return;
    }
    InetSocketAddress endpoint = started.endpoint().orElse(null);
    if (endpoint == null) {
      takeHostsOf(started.group().orElse(null));
      Set<FaultKind> impossible = EnumSet.copyOf(OF_LINKS);
      if (hosts != null) {
        impossible.remove(FaultKind.PARTITION);
      }
      skip(impossible, "clients reach the store at no single address, or not over TCP");
      return;
    }
    if (wants(FaultKind.PARTITION)) {
      Needs.NETWORKS.missing().ifPresent(reason -> skip(EnumSet.of(FaultKind.PARTITION), reason));
    }
    if (wants(FaultKind.PARTITION)) {
      hosts =
          new ProxiedHosts(
              Netns.create(plan.workers()), worker -> proxies.get(worker).address().getPort());
    }
    if (OF_LINKS.stream().anyMatch(this::wants)) {
      for (int i = 0; i < plan.workers(); i++) {
        ClientHosts net = hosts;
        proxies.add(
            net == null
                ? FaultProxy.to(endpoint)
                : FaultProxy.at(new InetSocketAddress(net.hereFor(i), 0), endpoint));
      }
    }
  }

  /** Hosts for the workers beside those of the members, if these have any and links are cut. */
  private void takeHostsOf(@Nullable ServerGroup group) throws IOException, InterruptedException {
    if (group != null && (wants(FaultKind.PARTITION) || wants(FaultKind.SERVER_PARTITION))) {
      hosts = group.hostsOfClients(plan.workers()).orElse(null);
    }
  }

  private void skip(Set<FaultKind> kinds, String reason) {
    for (FaultKind kind : kinds) {
      if (plan.faults().contains(kind)) {
        skipped.putIfAbsent(kind, reason);
      }
    }
  }

  private boolean wants(FaultKind kind) {
    return plan.faults().contains(kind) && !skipped.containsKey(kind);
  }

  /** The faults that were wanted and cannot be had, with the reason. */
  Map<FaultKind, String> skipped() {
    return skipped;
  }

  /** The faults that can be had. */
  Set<FaultKind> available() {
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    plan.faults().stream().filter(this::wants).forEach(kinds::add);
    return kinds;
  }

  /** The faults, ready to be used. */
  Map<FaultKind, Fault> faults(@Nullable ProcessCrew crew) {
    Map<FaultKind, Fault> faults = new EnumMap<>(FaultKind.class);
    if (crew != null) {
      faults.putAll(WorkerFaults.of(crew));
    }
    if (server != null) {
      faults.putAll(ServerFaults.of(server));
    }
    if (!proxies.isEmpty()) {
      faults.putAll(LinkFaults.of(proxies));
    }
    if (disk != null) {
      faults.putAll(DiskFaults.of(disk));
    }
    if (clocks != null) {
      faults.put(FaultKind.CLOCK, clocks);
      faults.put(FaultKind.SERVER_CLOCK, clocks.ofServer(members()));
    }
    if (hosts != null) {
      faults.put(FaultKind.PARTITION, new PartitionFault(hosts));
    }
    faults.keySet().retainAll(available());
    return faults;
  }

  Optional<StoreServer> server() {
    return Optional.ofNullable(server);
  }

  /** The address of the store that no fault of a link touches. */
  String uri() {
    StoreServer started = server;
    String uri = started == null ? plan.uri() : started.address();
    if (uri == null) {
      throw new IllegalStateException("a plan without a store");
    }
    return uri;
  }

  /** The address of the store as this worker reaches it. */
  String uriOf(int worker) {
    StoreServer started = server;
    if (started == null || proxies.isEmpty()) {
      return uri();
    }
    InetSocketAddress proxy = proxies.get(worker).address();
    return started.addressAt(proxy.getAddress().getHostAddress(), proxy.getPort());
  }

  /**
   * Where this host must listen so that workers reach it: all over, if they are hosts of their own.
   */
  String listensAt() {
    return hosts == null ? "127.0.0.1" : "0.0.0.0";
  }

  /** Where this worker reaches this host. */
  String hostFor(int worker) {
    ClientHosts net = hosts;
    return net == null ? "127.0.0.1" : net.hereFor(worker);
  }

  /** What the command that starts this worker begins with. */
  List<String> prefixOf(int worker) {
    ClientHosts net = hosts;
    return net == null ? List.of() : net.runOn(worker);
  }

  Map<String, String> environmentOf(int worker) throws IOException {
    FakeTime faked = clocks;
    return faked == null || !wants(FaultKind.CLOCK) ? Map.of() : faked.environmentOf(worker);
  }

  /** How many connections of workers are still open, -1 if nobody counts them. */
  int openConnections() {
    return proxies.isEmpty() ? -1 : proxies.stream().mapToInt(FaultProxy::openConnections).sum();
  }

  /** Takes everything away, once: also when this JVM is ended while a run is under way. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    proxies.forEach(proxy -> takeAway(proxy, "a proxy"));
    takeAway(server, "the store");
    takeAway(disk, "the store's file system");
    // Those of a group go with it.
    takeAway(hosts instanceof AutoCloseable own ? own : null, "the workers' hosts");
  }

  /** What cannot be taken away is told, and hinders neither the rest nor a verdict. */
  private void takeAway(@Nullable AutoCloseable part, String what) {
    if (part == null) {
      return;
    }
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      plan.console().accept("torture: " + what + " could not be taken away: " + e);
    }
  }
}
