package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.Ask;
import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That records are written as they are read, and that whatever else is read is only refused. */
class FormsTest {

  private static final RecordKey KEY = new RecordKey(RecordKey.Kind.LINES, "b0");

  private static Line line(int tickets, long floor) {
    Line line = Line.empty(floor);
    for (int i = 0; i < tickets; i++) {
      Ask ask = Ask.exclusive(new SessionId(i, 7), new RequestId(3, i), "me é", false);
      line = line.enter(ask, 0, 5).line();
    }
    return line;
  }

  private static Bucket bucket() {
    Bucket bucket = Bucket.empty(1000);
    for (String name : List.of("b", "a", "ü", "\uD83D\uDE00", "zz")) {
      LockName lock = LockName.of(name);
      bucket = bucket.with(lock, Line.empty(1000), line(name.length(), 1000));
    }
    return bucket;
  }

  @Test
  void aBucketIsReadAsItWasWritten() throws Exception {
    byte[] content = BucketCodec.encode(bucket());
    Bucket read = BucketCodec.decode(content);
    assertThat(read.floor()).isEqualTo(1000);
    assertThat(read.lines())
        .extracting(stored -> stored.name().text())
        .containsExactly("a", "b", "zz", "ü", "\uD83D\uDE00");
    for (StoredLine stored : read.lines()) {
      assertThat(stored.line()).isEqualTo(line(stored.name().text().length(), 1000));
    }
    assertThat(BucketCodec.encode(read)).isEqualTo(content);
    assertThat(BucketCodec.decode(BucketCodec.encode(Bucket.UNDRAWN)).drawn()).isFalse();
  }

  @Test
  void aBucketWhoseNamesDoNotAscendIsRefused() {
    StoredLine a = StoredLine.of(LockName.of("a"), line(1, 0));
    StoredLine b = StoredLine.of(LockName.of("b"), line(1, 0));
    for (List<StoredLine> lines : List.of(List.of(b, a), List.of(a, a))) {
      byte[] content = BucketCodec.encode(new Bucket(5, lines));
      assertThatThrownBy(() -> BucketCodec.decode(content))
          .isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void anEmptiedLineIsForgottenAndItsNumbersAreNot() throws Exception {
    LockName name = LockName.of("a");
    Bucket bucket = Bucket.empty(5);
    Line line = line(3, 5);
    bucket = bucket.with(name, bucket.line(name), line);
    for (Ticket ticket : line.tickets()) {
      Line before = bucket.line(name);
      bucket = bucket.with(name, before, before.leave(ticket.number(), 0).line());
    }
    assertThat(bucket.lines()).isEmpty();
    assertThat(bucket.floor()).isEqualTo(8);
    assertThat(bucket.line(name).last()).isEqualTo(8);
    assertThat(bucket.line(LockName.of("other")).last()).isEqualTo(8);
  }

  @Test
  void aSessionIsReadAsItWasWritten() throws Exception {
    SessionCodec codec = new SessionCodec();
    SessionState state =
        new SessionState(
            false,
            15_000,
            "host ü",
            3,
            -5,
            1_760_000_000_000L,
            2,
            "clock",
            "table",
            List.of(new Bearer(1, 2), new Bearer(3, 4)));
    for (SessionState each : List.of(state, state.died(), state.called())) {
      Stamped stamped = new Stamped(1, 1, codec.encode(each));
      assertThat(codec.decode(KEY, stamped)).isEqualTo(each);
    }
  }

  @Test
  void aSessionWhoseTextsAreNotUtf8IsRefused() {
    SessionCodec codec = new SessionCodec();
    SessionState state = new SessionState(false, 1000, "abcd", 1, 2, 3, 4, "", "", List.of());
    byte[] content = codec.encode(state);
    content[RecordHead.LENGTH + 1 + 5 * Long.BYTES + Short.BYTES] = (byte) 0xc3;
    assertThatThrownBy(() -> codec.decode(KEY, new Stamped(1, 1, content)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void anyBytesAreARecordOrAreRefused() {
    long seed = Long.getLong("tyer.seed", 17L);
    Random random = new Random(seed);
    SessionCodec sessions = new SessionCodec();
    byte[] bucket = BucketCodec.encode(bucket());
    byte[] session =
        sessions.encode(
            new SessionState(false, 1000, "o", 1, 2, 3, 4, "c", "p", List.of(new Bearer(1, 2))));
    for (int i = 0; i < 10_000; i++) {
      read(KEY, mangled(bucket, random), seed, sessions);
      read(KEY, mangled(session, random), seed, sessions);
    }
  }

  private static void read(RecordKey key, byte[] content, long seed, SessionCodec sessions) {
    try {
      Bucket bucket = BucketCodec.decode(content);
      for (StoredLine stored : bucket.lines()) {
        stored.line();
      }
      assertThat(BucketCodec.encode(bucket)).isEqualTo(content);
    } catch (MalformedRecordException e) {
      assertThat(e.getMessage()).as("seed %d", seed).isNotEmpty();
    }
    try {
      sessions.decode(key, new Stamped(1, 1, content));
    } catch (MalformedRecordException e) {
      assertThat(e.getMessage()).as("seed %d", seed).isNotEmpty();
    }
  }

  private static byte[] mangled(byte[] good, Random random) {
    byte[] bytes =
        Arrays.copyOf(good, random.nextBoolean() ? good.length : random.nextInt(good.length + 9));
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  @Test
  void aNewerFormatIsToldFromDamage() {
    byte[] newer = BucketCodec.encode(bucket());
    newer[1] = 2;
    assertThatThrownBy(() -> BucketCodec.decode(newer))
        .isInstanceOfSatisfying(
            MalformedRecordException.class, e -> assertThat(e.newerFormat()).isTrue());
    byte[] other = BucketCodec.encode(bucket());
    other[0] = 'S';
    assertThatThrownBy(() -> BucketCodec.decode(other))
        .isInstanceOfSatisfying(
            MalformedRecordException.class, e -> assertThat(e.newerFormat()).isFalse());
  }

  @Test
  void whatCannotBeReadIsRefusedAndLeftAsItIs() {
    World world = new World(5);
    Shelf shelf = new Shelf(world, 1);
    Client client = new Client(shelf, "one");
    LockName name = LockName.of("a");
    for (byte[] content :
        new byte[][] {
          {}, {'L', 2, 0}, "garbage".getBytes(java.nio.charset.StandardCharsets.UTF_8)
        }) {
      shelf.writeByHand(KEY, content);
      RequestId request = client.request();
      refused(client.enter(name, client.exclusive(request)).failure(), "LINES/b0");
      refused(client.tryEnter(name, client.exclusive(request)).failure(), "LINES/b0");
      refused(client.check(name, request, 0).failure(), "LINES/b0");
      refused(client.leave(name, request, 0).failure(), "LINES/b0");
      Stamped left = shelf.read(KEY);
      assertThat(left).isNotNull();
      assertThat(left.content()).isEqualTo(content);
    }
    shelf.removeByHand(KEY);
    RecordKey mark = new RecordKey(RecordKey.Kind.SHARED, "numbers");
    shelf.writeByHand(mark, new byte[] {'N', 7, 0});
    refused(client.enter(name, client.exclusive(client.request())).failure(), "SHARED/numbers");
  }

  @Test
  void aLineOfANewerFormatIsRefusedAndItsNeighboursAreNot() {
    World world = new World(6);
    Shelf shelf = new Shelf(world, 1);
    Client client = new Client(shelf, "one");
    LockName a = LockName.of("a");
    LockName b = LockName.of("b");
    client.take(a, client.request());
    Stamped stamped = shelf.read(KEY);
    assertThat(stamped).isNotNull();
    byte[] content = stamped.content().clone();
    content[2 + 8 + 4 + 2 + 1 + 4] = 9;
    shelf.writeByHand(KEY, content);
    StoreException failure = client.check(a, client.request(), 0).failure();
    refused(failure, "LINES/b0");
    assertThat(failure).hasMessageContaining("newer");
    client.take(b, client.request());
    assertThat(client.check(a, client.request(), 0).failed()).isTrue();
  }

  private static void refused(StoreException failure, String record) {
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContaining(record);
  }
}
