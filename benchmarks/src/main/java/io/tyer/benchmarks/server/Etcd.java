package io.tyer.benchmarks.server;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.maintenance.StatusResponse;
import io.etcd.jetcd.options.DeleteOption;
import io.tyer.benchmarks.play.Address;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Nodes of etcd, asked through jetcd. */
public final class Etcd implements Group {

  /** The scheme of a bare put, and of the lock of etcd's Java client. */
  public static final String PUT = "etcd-put";

  public static final String LOCK = "jetcd";

  /** The scheme of Tyer's store. */
  public static final String STORE = "etcd";

  private static final long ANSWER_SECONDS = 5;
  private static final long LEADER_MILLIS = 20_000;

  /** With the option of a range, it means all keys. */
  private static final ByteSequence ALL = ByteSequence.from(new byte[] {0});

  private final GroupLocation location;
  private final Client client;

  private Etcd(GroupLocation location) {
    this.location = location;
    this.client = client(location);
  }

  public static Etcd at(Address place) {
    return new Etcd(GroupLocation.of(place));
  }

  /**
   * A client of these nodes, connected first to the one that leads: a command that another one is
   * given takes a longer way.
   */
  public static Client open(Address place) throws IOException {
    try (Etcd etcd = at(place)) {
      return client(etcd.location.startingWith(etcd.awaitLeader(LEADER_MILLIS)));
    }
  }

  private static Client client(GroupLocation location) {
    List<URI> nodes = location.members().stream().map(Etcd::endpoint).map(URI::create).toList();
    return Client.builder().endpoints(nodes).build();
  }

  private static String endpoint(String member) {
    return "http://" + member;
  }

  public static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  /** Its outcome, awaited for some seconds. */
  public static <T> T answer(CompletableFuture<T> future) throws IOException {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("etcd: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private StatusResponse status(String member) throws IOException {
    return answer(client.getMaintenanceClient().statusMember(endpoint(member)));
  }

  @Override
  public Optional<String> leader() {
    Set<Long> leaders = new HashSet<>();
    String found = null;
    try {
      for (String member : location.members()) {
        StatusResponse status = status(member);
        leaders.add(status.getLeader());
        if (status.getLeader() == status.getHeader().getMemberId()) {
          found = member;
        }
      }
    } catch (IOException unused) {
      // One of them is not there yet.
      return Optional.empty();
    }
    return leaders.size() == 1 ? Optional.ofNullable(found) : Optional.empty();
  }

  @Override
  public String version() throws IOException {
    return "etcd " + status(location.members().get(0)).getVersion();
  }

  /** Removes all keys, and all that they were before. */
  public void clear() throws IOException {
    // What changes nothing makes no revision, and none can be compacted twice.
    answer(client.getKVClient().put(ALL, ALL));
    DeleteOption all = DeleteOption.builder().withRange(ALL).build();
    long revision = answer(client.getKVClient().delete(ALL, all)).getHeader().getRevision();
    answer(client.getKVClient().compact(revision));
  }

  @Override
  public void close() {
    client.close();
  }
}
