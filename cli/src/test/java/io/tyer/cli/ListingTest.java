package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.LockView;
import io.tyer.LockView.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingTest {

  private static final Instant NOW = Instant.parse("2030-05-06T07:08:09Z");
  private static final Ages AGES = Ages.asOf(NOW);

  private static final LockView NIGHTLY =
      new LockView(
          "nightly",
          List.of(
              new Place(
                  7, true, true, 1, 0, "web1 pid 12", "s1", NOW.minusSeconds(192), true, true),
              new Place(
                  10,
                  false,
                  true,
                  1,
                  0,
                  "web2\u001b[2J",
                  "s2",
                  NOW.minusSeconds(5),
                  false,
                  false)));

  private static final LockView POOL =
      new LockView(
          "pool \"x\"",
          List.of(
              new Place(
                  11, true, false, 2, 5, "a", "s3", NOW.minus(Duration.ofHours(26)), false, false),
              new Place(12, true, false, 1, 0, "b", "s3", NOW.plusSeconds(1), false, false)));

  @Test
  void tableIsAligned() {
    assertThat(LocksTable.text(List.of(NIGHTLY, POOL), AGES, false))
        .isEqualTo(
            """
            NAME      STATE                  FOR    KIND       TOKEN  OWNER
            nightly   held or kept, revoked  3m12s  exclusive  28672  web1 pid 12
            nightly   waiting                5s     exclusive  40960  web2\\u001b[2J
            pool "x"  held                   1d2h   2/5        45056  a
            pool "x"  held                   0s     shared     49152  b
            """);
    assertThat(LocksTable.text(List.of(POOL), AGES, true)).startsWith("\u001b[1mNAME");
  }

  @Test
  void jsonIsStable() {
    assertThat(LocksJson.text("file:/x", List.of(NIGHTLY, POOL)))
        .isEqualTo(
            """
            {"format": 1, "store": "file:/x", "locks": [
              {"name": "nightly", "line": [
                {"ticket": "7", "token": "28672", "state": "held", "kind": "exclusive", \
            "permits": 1, "capacity": null, "owner": "web1 pid 12", "session": "s1", \
            "since": "2030-05-06T07:04:57Z", "revoked": true, "biased": true},
                {"ticket": "10", "token": "40960", "state": "waiting", "kind": "exclusive", \
            "permits": 1, "capacity": null, "owner": "web2\\u001b[2J", "session": "s2", \
            "since": "2030-05-06T07:08:04Z", "revoked": false, "biased": false}
              ]},
              {"name": "pool \\"x\\"", "line": [
                {"ticket": "11", "token": "45056", "state": "held", "kind": "permits", \
            "permits": 2, "capacity": 5, "owner": "a", "session": "s3", \
            "since": "2030-05-05T05:08:09Z", "revoked": false, "biased": false},
                {"ticket": "12", "token": "49152", "state": "held", "kind": "shared", \
            "permits": 1, "capacity": null, "owner": "b", "session": "s3", \
            "since": "2030-05-06T07:08:10Z", "revoked": false, "biased": false}
              ]}
            ]}
            """);
    assertThat(LocksJson.text("file:/x", List.of()))
        .isEqualTo("{\"format\": 1, \"store\": \"file:/x\", \"locks\": []}\n");
  }

  @Test
  void aLineThatWasCutSaysSo() {
    LockView cut = new LockView(POOL.name(), POOL.line().subList(0, 1), 7);
    assertThat(LocksTable.text(List.of(cut), AGES, false))
        .isEqualTo(
            """
            NAME      STATE       FOR   KIND  TOKEN  OWNER
            pool "x"  held        1d2h  2/5   45056  a
            pool "x"  and 7 more
            """);
    assertThat(new WaitText("pool", "other", AGES).line(cut, false))
        .startsWith("waiting for pool, 7 in line");
    assertThat(LocksJson.line("file:/x", List.of(cut)))
        .endsWith("\"biased\": false}], \"omitted\": 7}]}\n");
  }

  @Test
  void waitTextTellsHolderAndPlace() {
    WaitText text = new WaitText("nightly", "web2\u001b[2J", AGES);
    assertThat(text.line(NIGHTLY, true))
        .isEqualTo("waiting for nightly, place 1 of 1 in line; held for 3m12s by web1 pid 12");
    assertThat(text.line(NIGHTLY, false)).endsWith("; held by web1 pid 12");
    assertThat(new WaitText("nightly", "other", AGES).line(NIGHTLY, false))
        .isEqualTo("waiting for nightly, 1 in line; held by web1 pid 12");
    assertThat(text.line(POOL, true))
        .isEqualTo("waiting for nightly; held for 1d2h by a and 1 other");
    assertThat(text.line(new LockView("nightly", List.of()), true))
        .isEqualTo("waiting for nightly");
  }

  @Test
  void agesHaveTwoUnits() {
    assertThat(Ages.text(Duration.ofMillis(900))).isEqualTo("0s");
    assertThat(Ages.text(Duration.ofSeconds(-3))).isEqualTo("0s");
    assertThat(Ages.text(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(Ages.text(Duration.ofHours(1))).isEqualTo("1h");
    assertThat(Ages.text(Duration.ofSeconds(90061))).isEqualTo("1d1h");
  }
}
