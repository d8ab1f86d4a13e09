package io.tyer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Reply;
import io.tyer.server.door.DoorLimits;
import io.tyer.server.door.RawClient;
import io.tyer.server.metrics.Scrape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether a server's numbers move as what they count does. */
@Timeout(180)
class TyerServerMetricsTest {

  @TempDir Path directory;

  private final List<TyerServer> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  @AfterEach
  void closeAll() {
    channels.forEach(ManagedChannel::shutdownNow);
    servers.forEach(TyerServer::close);
  }

  private TyerServer start(ServerConfig config) throws Exception {
    TyerServer server = TyerServer.start(config);
    servers.add(server);
    return server;
  }

  private TyerServer alone(DoorLimits limits) throws Exception {
    TyerServer server =
        start(
            ServerConfig.local(directory, 0)
                .withSecurity(new ClientSecurity.Plaintext())
                .withLimits(limits));
    await("a leader", () -> server.status().leading());
    return server;
  }

  private ManagedChannel channel(TyerServer server) {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("localhost", server.port()).usePlaintext().build();
    channels.add(channel);
    return channel;
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waited 60 s for %s", what).isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Scrape scrape(TyerServer server) {
    return Scrape.of(server.metrics());
  }

  @Test
  void oneMembersNumbersMoveWithItsSessionsAndLines() throws Exception {
    TyerServer server = alone(DoorLimits.DEFAULT);
    RawClient first = RawClient.on(channel(server));
    RawClient second = RawClient.on(channel(server));
    ByteString hold = RawClient.random(16);
    ByteString wait = RawClient.random(16);
    first.ask(RawClient.open(1, RawClient.random(16)));
    second.ask(RawClient.open(1, RawClient.random(16)));
    Reply held = first.ask(RawClient.enter(2, RawClient.exclusive("one-lock", hold)));
    second.ask(RawClient.enter(2, RawClient.exclusive("one-lock", wait)));

    Scrape waiting = scrape(server);
    assertThat(waiting.get("tyer_server_leading")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_leader_known")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_leads_total")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_members")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_sessions")).isEqualTo(2);
    assertThat(waiting.get("tyer_server_lines")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_tickets")).isEqualTo(2);
    assertThat(waiting.get("tyer_server_tickets_waiting")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_grants_total")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_wait_seconds_count")).isEqualTo(1);
    assertThat(waiting.get("tyer_server_hold_seconds_count")).isZero();
    assertThat(waiting.get("tyer_server_connections")).isEqualTo(2);
    assertThat(waiting.get("tyer_server_streams")).isEqualTo(2);
    assertThat(waiting.get("tyer_server_commands_total")).isGreaterThanOrEqualTo(4);
    assertThat(waiting.get("tyer_server_append_seconds_count")).isGreaterThanOrEqualTo(4);
    assertThat(waiting.get("tyer_server_applied_index")).isGreaterThanOrEqualTo(4);
    assertThat(waiting.text())
        .as("nothing that a client chose")
        .doesNotContain("one-lock", "thread\"");

    first.ask(RawClient.leave(3, "one-lock", hold, held.getTicket().getGranted().getNumber()));
    assertThat(second.event().hasGranted()).isTrue();
    Scrape granted = scrape(server);
    assertThat(granted.get("tyer_server_tickets_waiting")).isZero();
    assertThat(granted.get("tyer_server_tickets")).isEqualTo(1);
    assertThat(granted.get("tyer_server_grants_total")).isEqualTo(2);
    assertThat(granted.get("tyer_server_hold_seconds_count")).isEqualTo(1);
    assertThat(granted.get("tyer_server_entries_total"))
        .isGreaterThan(waiting.get("tyer_server_entries_total"));

    // Nobody beats: both end after their TTL of 2 s.
    await("the sessions' ends", () -> scrape(server).get("tyer_server_sessions") == 0);
    Scrape ended = scrape(server);
    assertThat(ended.get("tyer_server_session_expiries_total")).isEqualTo(2);
    assertThat(ended.get("tyer_server_lines")).isZero();
    assertThat(ended.get("tyer_server_hold_seconds_count")).isEqualTo(2);
    assertThat(ended.get("tyer_server_hold_seconds_sum")).isGreaterThan(0.1);

    double before = ended.get("tyer_server_refusals_total{reason=\"session_dead\"}");
    await("both are told", () -> first.next().getEvent().hasEnded() && second.event().hasEnded());
    first.ask(RawClient.leave(4, "one-lock", hold, 0));
    assertThat(scrape(server).get("tyer_server_refusals_total{reason=\"session_dead\"}"))
        .isEqualTo(before + 1);
  }

  @Test
  void whatTheDoorRefusesIsCountedByItsBound() throws Exception {
    DoorLimits limits = DoorLimits.DEFAULT.withConnections(1);
    TyerServer server = alone(limits);
    RawClient first = RawClient.on(channel(server));
    first.ask(RawClient.open(1, RawClient.random(16)));
    String connections = "tyer_server_door_refusals_total{bound=\"connections\"}";
    assertThat(scrape(server).get(connections)).isZero();
    RawClient second = RawClient.on(channel(server));
    assertThat(second.end().isOk()).isFalse();
    assertThat(scrape(server).get(connections)).isPositive();
    assertThat(scrape(server).get("tyer_server_door_refusals_total{bound=\"rate\"}")).isZero();
  }

  @Test
  void theLeadIsSeenToMoveWhenTheLeaderIsGone() throws Exception {
    LocalTrio trio = LocalTrio.start(directory);
    servers.addAll(trio.servers());
    TyerServer leader = trio.leader();
    assertThat(scrape(leader).get("tyer_server_leads_total")).isPositive();
    assertThat(scrape(leader).get("tyer_server_members")).isEqualTo(3);
    double term = scrape(leader).get("tyer_server_term");
    RawClient client = leading(leader);
    client.ask(RawClient.open(1, RawClient.random(16), 300_000));
    double grants = scrape(leader).get("tyer_server_grants_total");
    client.ask(RawClient.enter(2, RawClient.exclusive("lock", RawClient.random(16))));
    assertThat(scrape(leader).get("tyer_server_grants_total")).isEqualTo(grants + 1);
    for (TyerServer server : servers) {
      await("it at " + server.port(), () -> scrape(server).get("tyer_server_tickets") == 1);
      if (server != leader) {
        assertThat(scrape(server).get("tyer_server_leading")).isZero();
        assertThat(scrape(server).get("tyer_server_grants_total"))
            .as("counted at the leader only")
            .isZero();
        assertThat(scrape(server).get("tyer_server_commands_total")).isPositive();
      }
    }

    servers.remove(leader);
    trio.stop(leader);
    Scrape after = leading(trio);
    assertThat(after.get("tyer_server_leads_total")).isPositive();
    assertThat(after.get("tyer_server_term")).isGreaterThan(term);
    assertThat(after.get("tyer_server_tickets")).isEqualTo(1);
  }

  /** Of whichever leads, taken while it does. */
  private static Scrape leading(LocalTrio trio) {
    AtomicReference<Scrape> found = new AtomicReference<>();
    await(
        "numbers of a leader",
        () -> {
          Scrape scrape = scrape(trio.leader());
          found.set(scrape);
          return scrape.get("tyer_server_leading") == 1;
        });
    return Objects.requireNonNull(found.get());
  }

  /** A stream, as soon as the door knows that the member leads. */
  private RawClient leading(TyerServer server) {
    ManagedChannel channel = channel(server);
    await(
        "the door",
        () -> {
          try {
            var unused = LocksGrpc.newBlockingStub(channel).list(ListRequest.getDefaultInstance());
            return true;
          } catch (StatusRuntimeException notYet) {
            return false;
          }
        });
    return RawClient.on(channel);
  }
}
