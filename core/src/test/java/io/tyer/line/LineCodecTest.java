package io.tyer.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written is read again; whatever else is read is refused. */
class LineCodecTest {

  private static final String TICKET =
      "01" // exclusive
          + "01" // number 1
          + "00000000000000000000000000000000" // session
          + "00000000000000000000000000000000" // request
          + "0000000000000000" // since
          + "00"; // owner

  private static final List<String> HOSTILE =
      List.of(
          "0101808040", // 2^20 tickets
          "0101ffff3f" + TICKET,
          "0101818040",
          "0101ffffffffffffffff7f",
          "01018080808010" + TICKET,
          "010101" + TICKET.substring(0, TICKET.length() - 2) + "8006");

  @Test
  void formatOneIsThis() throws MalformedLineException {
    String hex =
        "01" // version
            + "f0a204" // last: 70,000
            + "02" // two tickets
            + ("07" + "29") // exclusive, recallable, revoked; 41
            + "0f0e0d0c0b0a09080706050403020100"
            + "fedcba98765432100123456789abcdef"
            + "0000019b76daa800"
            + ("0a" + "686f7374202261" + "5c" + "6222")
            + ("00" + "8302") // 41 + 259 = 300
            + "0f0e0d0c0b0a09080706050403020100"
            + "00000000000000000000000000000001"
            + ("02" + "f403") // 2 of 500
            + "ffffffffffffffff"
            + ("05" + "636166c3a9");
    assertThat(HexFormat.of().formatHex(LineCodec.encode(Samples.two()))).isEqualTo(hex);
    assertThat(decode(hex)).isEqualTo(Samples.two());
  }

  @Test
  void whatIsWrittenIsRead() throws MalformedLineException {
    for (int testCase = 0; testCase < 500; testCase++) {
      Random random = Seed.random(testCase);
      Line line = Samples.random(random, random.nextInt(60));
      byte[] bytes = LineCodec.encode(line);
      Line read = LineCodec.decode(bytes);
      assertThat(Samples.same(read, line)).as(Seed.label(testCase)).isTrue();
      assertThat(LineCodec.encode(read)).as(Seed.label(testCase)).isEqualTo(bytes);
    }
  }

  @Test
  void severalLinesStandInOneRecord() throws MalformedLineException {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    for (Line line : Samples.few()) {
      record.writeBytes(LineCodec.encode(line));
    }
    ByteBuffer in = ByteBuffer.wrap(record.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    for (Line line : Samples.few()) {
      assertThat(LineCodec.decodeFrom(in)).isEqualTo(line);
    }
    assertThat(in.hasRemaining()).isFalse();
    assertThat(in.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void decodeReadsAllAndLeavesWhatItRefuses() throws MalformedLineException {
    byte[] bytes = LineCodec.encode(Samples.two());
    ByteBuffer exact = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    assertThat(LineCodec.decode(exact.asReadOnlyBuffer())).isEqualTo(Samples.two());
    assertThat(LineCodec.decode(exact)).isEqualTo(Samples.two());
    assertThat(exact.hasRemaining()).isFalse();

    ByteBuffer more = ByteBuffer.allocate(bytes.length + 1).put(bytes).rewind();
    assertThatThrownBy(() -> LineCodec.decode(more))
        .isInstanceOf(MalformedLineException.class)
        .hasMessageContaining("bytes after its end: 1");
    assertThat(more.position()).isZero();
    ByteBuffer less = ByteBuffer.wrap(bytes, 0, bytes.length - 1);
    assertThatThrownBy(() -> LineCodec.decodeFrom(less)).isInstanceOf(MalformedLineException.class);
    assertThat(less.position()).isZero();
  }

  @Test
  void everyTruncationIsRefused() {
    for (Line line : Samples.few()) {
      byte[] bytes = LineCodec.encode(line);
      for (int length = 0; length < bytes.length; length++) {
        ByteBuffer truncated = ByteBuffer.wrap(bytes, 0, length);
        assertThatThrownBy(() -> LineCodec.decode(truncated))
            .isInstanceOf(MalformedLineException.class);
      }
    }
  }

  @Test
  void everyFlippedBitIsRefusedOrMakesAnotherLine() {
    for (Line line : Samples.few()) {
      byte[] bytes = LineCodec.encode(line);
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        refusedOrCanonical(flipped, "bit " + bit);
      }
    }
  }

  @Test
  void randomBytesAreRefusedOrALine() {
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (int testCase = 0; testCase < 20_000; testCase++) {
            Random random = Seed.random(testCase);
            byte[] bytes = randomBytes(random);
            refusedOrCanonical(bytes, Seed.label(testCase) + HexFormat.of().formatHex(bytes));
          }
        });
  }

  @Test
  void aNewerFormatIsNamed() {
    assertThatThrownBy(() -> decode("020000"))
        .isInstanceOfSatisfying(
            MalformedLineException.class, e -> assertThat(e.newerFormat()).isTrue())
        .hasMessageContaining("newer release, in format 2")
        .hasMessageContaining("upgrade");
    assertThatThrownBy(() -> decode("ff"))
        .isInstanceOfSatisfying(
            MalformedLineException.class, e -> assertThat(e.newerFormat()).isTrue());
    refused("000000", "no format 0");
  }

  @Test
  void whatIsWrongIsSaid() throws MalformedLineException {
    assertThat(decode("010101" + TICKET).length()).isEqualTo(1);
    refused("", "ends too early");
    refused("01", "ends too early");
    refused("010002" + TICKET, "2 tickets in 43 bytes");
    refused("010001" + TICKET, "numbers up to 0");
    refused("010101" + "00" + TICKET.substring(2), "ends too early");
    refused("010101" + TICKET.replaceFirst("0101", "0100"), "a ticket's number");
    refused("010101" + TICKET.replaceFirst("01", "09"), "flags 9");
    refused("010101" + TICKET.replaceFirst("01", "11"), "flags 17");
    refused("010102" + TICKET + TICKET.replaceFirst("0101", "0100"), "after ticket 1");
    refused("010202" + TICKET + TICKET, "two tickets of request");
    refused("01808000", "a number with more bytes than it needs");
    refused("0181808000", "a number with more bytes than it needs");
    refused("01ffffffffffffff7f00", "is the largest");
    refused("01ffffffffffffffffffff7f00", "does not end");
    refused(
        "010101" + TICKET.substring(0, TICKET.length() - 2) + "02c328",
        "an owner that is not UTF-8");
    refused("010101" + TICKET.substring(0, TICKET.length() - 2) + "0107", "no control characters");
    refused("010101" + TICKET.substring(0, TICKET.length() - 2) + "05", "an owner of 5 bytes");
  }

  @Test
  void weightsAreChecked() throws MalformedLineException {
    String start = "010101" + "00" + "01" + "00".repeat(32);
    String end = "00".repeat(8) + "00";
    assertThat(decode(start + "0203" + end).tickets().get(0).capacity()).isEqualTo(3);
    refused(start + "0003" + end, "a weight is 1 to");
    refused(start + "0403" + end, "a weight is 1 to");
    refused(start + "0000" + end, "a capacity is 1 to");
    refused(start + "01c1843d" + end, "1000000 is the largest");
    String unbounded = start.replaceFirst("01010100", "01010108");
    assertThat(decode(unbounded + "01" + end).tickets().get(0).capacity()).isEqualTo(Ask.UNBOUNDED);
    refused(unbounded + "00" + end, "a weight is 1 to");
    refused(unbounded + "c1843d" + end, "1000000 is the largest");
  }

  @Test
  void hostileCountsAreRefused() {
    for (String hex : HOSTILE) {
      refused(hex, "");
    }
  }

  @Test
  @Tag("full")
  void hostileCountsCostNothing() {
    List<byte[]> read = HOSTILE.stream().map(HexFormat.of()::parseHex).toList();
    AtomicInteger rounds = new AtomicInteger();
    // Room made for the tickets that are only announced would be terabytes by then.
    assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int round = 0; round < 50_000; round++) {
            for (byte[] bytes : read) {
              rounds.addAndGet(refuses(bytes) ? 1 : 0);
            }
          }
        });
    assertThat(rounds).hasValue(50_000 * HOSTILE.size());
  }

  private static boolean refuses(byte[] bytes) {
    try {
      return LineCodec.decode(bytes) == null;
    } catch (MalformedLineException e) {
      return true;
    }
  }

  @Test
  void requestsChosenToBeAlikeAreOnlySlower() {
    ByteBuffer bytes = ByteBuffer.allocate(50_000 * 43 + 20);
    bytes.put(HexFormat.of().parseHex("01d08603" + "d08603"));
    for (int i = 0; i < 50_000; i++) {
      bytes.put((byte) 1).put((byte) 1).putLong(0).putLong(0);
      bytes.putLong((long) i << 40).putLong(0).putLong(0).put((byte) 0);
    }
    Line line = assertTimeout(Duration.ofSeconds(10), () -> LineCodec.decode(bytes.flip()));
    assertThat(line.length()).isEqualTo(50_000);
  }

  /** Reads it; if it is a line, that is written as the same bytes. */
  private static void refusedOrCanonical(byte[] bytes, String label) {
    Line line;
    try {
      line = LineCodec.decode(bytes);
    } catch (MalformedLineException e) {
      return;
    } catch (RuntimeException e) {
      throw new AssertionError(label, e);
    }
    assertThat(LineCodec.encode(line)).as(label).isEqualTo(bytes);
  }

  /** Noise, or noise that begins as a line does, or a line with a few bytes changed. */
  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    switch (random.nextInt(3)) {
      case 0 -> {
        byte[] start = {1, (byte) random.nextInt(128), (byte) random.nextInt(4), 1, 1};
        System.arraycopy(start, 0, bytes, 0, Math.min(start.length, bytes.length));
      }
      case 1 -> {
        bytes = LineCodec.encode(Samples.random(random, random.nextInt(6)));
        for (int i = random.nextInt(4); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      default -> {}
    }
    return bytes;
  }

  private static Line decode(String hex) throws MalformedLineException {
    return LineCodec.decode(HexFormat.of().parseHex(hex));
  }

  private static void refused(String hex, String message) {
    assertThatThrownBy(() -> decode(hex))
        .isInstanceOfSatisfying(
            MalformedLineException.class, e -> assertThat(e.newerFormat()).isFalse())
        .hasMessageContaining(message);
  }
}
