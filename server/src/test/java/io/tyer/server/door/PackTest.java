package io.tyer.server.door;

import static io.tyer.server.door.RawClient.enter;
import static io.tyer.server.door.RawClient.exclusive;
import static io.tyer.server.door.RawClient.open;
import static io.tyer.server.door.RawClient.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.ServerMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several messages that come as one. */
class PackTest {

  private DoorHouse house;

  @BeforeEach
  void start() throws IOException {
    house = new DoorHouse();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  private static ClientMessage openWithPacks() {
    ClientMessage open = open(1, random(16));
    return open.toBuilder().setOpen(open.getOpen().toBuilder().setPacks(true)).build();
  }

  /** Enters with these sequence numbers, as one message. */
  private static ClientMessage enters(int from, int to) {
    ClientMessage.Builder pack = enter(from, exclusive("lock " + from, random(16))).toBuilder();
    for (int i = from + 1; i <= to; i++) {
      pack.addMore(enter(i, exclusive("lock " + i, random(16))));
    }
    return pack.build();
  }

  private static List<Long> sequences(ServerMessage message) {
    List<Long> sequences = new ArrayList<>();
    sequences.add(message.getReply().getSequence());
    message.getMoreList().forEach(more -> sequences.add(more.getReply().getSequence()));
    return sequences;
  }

  @Test
  void areAnsweredEachTogetherToAClientThatTakesIt() {
    RawClient client = house.client();
    assertThat(client.ask(openWithPacks()).getAlive().getPacks()).isTrue();
    ServerMessage answer = client.send(enters(2, 4)).next();
    assertThat(sequences(answer)).containsExactly(2L, 3L, 4L);
    assertThat(answer.getMore(1).getReply().getTicket().hasGranted()).isTrue();
    assertThat(house.replica.packs()).containsExactly(1, 3);
  }

  @Test
  void areAnsweredOneByOneToAClientThatHasNotSaidSo() {
    RawClient client = house.client();
    client.ask(open(1, random(16)));
    client.send(enters(2, 3));
    assertThat(sequences(client.next())).containsExactly(2L);
    assertThat(sequences(client.next())).containsExactly(3L);
  }

  @Test
  void oneThatIsRefusedHindersNoOther() {
    RawClient client = house.client();
    client.ask(openWithPacks());
    ClientMessage pack =
        enter(2, exclusive("a", random(16))).toBuilder()
            .addMore(enter(3, exclusive("b", random(3))))
            .addMore(enter(4, exclusive("c", random(16))))
            .build();
    ServerMessage refused = client.send(pack).next();
    assertThat(refused.getReply().getSequence()).isEqualTo(3);
    assertThat(refused.getReply().getFailure().getKind()).isEqualTo(Failure.Kind.REFUSED);
    assertThat(sequences(client.next())).containsExactly(2L, 4L);
  }

  @Test
  void theStreamGoesOnHoweverManyCome() {
    RawClient client = house.client();
    client.ask(openWithPacks());
    // More in all than may be unanswered at once.
    int sequence = 2;
    for (int pack = 0; pack < 50; pack++) {
      ClientMessage enters = enters(sequence, sequence + 49);
      client.send(settled(enters, sequence));
      int last = sequence + 49;
      List<Long> answered = new ArrayList<>();
      while (!answered.contains((long) last)) {
        answered.addAll(sequences(client.next()));
      }
      assertThat(answered).hasSize(50);
      sequence += 50;
    }
  }

  private static ClientMessage settled(ClientMessage pack, long settled) {
    ClientMessage.Builder all = pack.toBuilder().setSettled(settled);
    all.getMoreBuilderList().forEach(more -> more.setSettled(settled));
    return all.build();
  }

  @Test
  void noneOfThemHasMoreItself() {
    RawClient client = house.client();
    client.ask(openWithPacks());
    client.send(enters(2, 3).toBuilder().addMore(enters(4, 5)).build());
    Status end = client.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("no more itself");
  }

  @Test
  void thereIsABoundOnTheirNumber() {
    RawClient client = house.client();
    client.ask(openWithPacks());
    client.send(enters(2, 300));
    Status end = client.end();
    assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(end.getDescription()).contains("at most 255 more");
  }
}
