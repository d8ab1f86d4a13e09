package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.io.File;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A later release has begun to write while this one is running. */
class NewerFormatTest {

  @TempDir Path store;

  @Test
  void aLineOfALaterReleaseIsLeftAloneAndUpgradingAsked() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      byte[] later = writtenLater(Stores.recordOf(store, "a"));
      assertRefused(two, "a");
      lease.checkValid();
      CompletableFuture<Void> left = lease.closeAsync();
      assertThat(newest(Stores.recordOf(store, "a"))).hasBinaryContent(later);
      assertThat(left).isNotDone();
      assertThat(Clients.tokenOf(two, "others")).isPositive();
    }
  }

  @Test
  void aFileOfALaterReleaseIsLeftAloneAndUpgradingAsked() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      File newest = newest(Stores.recordOf(store, "a"));
      markAs(newest, 2);
      assertRefused(two, "a");
      lease.checkValid();
      markAs(newest, 1);
      lease.close();
      assertThat(Clients.tokenOf(two, "a")).isGreaterThan(token);
    }
  }

  @Test
  void aSessionOfALaterReleaseIsTakenForAlive() throws Exception {
    try (Tyer one = Clients.open(store, Clients.SHORT);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      CompletableFuture<LossCause> lost = Clients.lossOf(lease);
      String id = one.operator().locks("a").get(0).line().get(0).session();
      byte[] later = writtenLater(store.resolve("sessions").resolve(id).toFile());
      assertThat(Clients.get(lost)).isEqualTo(LossCause.UNPROVED);
      Await.pass(Clients.SHORT);
      assertRefused(two, "a");
      assertThat(newest(store.resolve("sessions").resolve(id).toFile())).hasBinaryContent(later);
    }
  }

  @Test
  void aStoreOfALaterReleaseIsNotOpenedAndIsAsItWas() throws Exception {
    try (Tyer tyer = Clients.open(store, Clients.LONG)) {
      long token = Clients.tokenOf(tyer, "a");
      Path marker = store.resolve(FormatMarker.FILE_NAME);
      Files.writeString(marker, Files.readString(marker).replace("format=1", "format=2"));
      assertThatThrownBy(() -> Clients.open(store, Clients.LONG))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContainingAll(marker.toString(), "format 2", "upgrade");
      assertThat(Clients.tokenOf(tyer, "a")).as("who is in goes on").isGreaterThan(token);
    }
  }

  private static void assertRefused(Tyer tyer, String name) {
    assertThatThrownBy(() -> tyer.lock(name).tryAcquire())
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContainingAll("format 2", "upgrade")
        .hasMessageNotContaining("mv ");
    assertThatThrownBy(() -> tyer.lock(name).tryAcquire(Duration.ofMillis(300)))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContainingAll("format 2", "upgrade");
  }

  /** Writes the next version of a record, with content of another format. */
  private byte[] writtenLater(File record) throws Exception {
    String folder = record.getParentFile().getName();
    RecordKey.Kind kind = folder.equals("lines") ? RecordKey.Kind.LINES : RecordKey.Kind.SESSION;
    RecordKey key = new RecordKey(kind, record.getName());
    try (FileMedium medium = Stores.open(store)) {
      Stamped now = Stores.newest(medium, key);
      byte[] content = now.content().clone();
      content[1] = 2;
      Stamped later = Stores.replaced(medium, key, now, content);
      assertThat(later.version()).isEqualTo(now.version() + 1);
    }
    return Files.readAllBytes(newest(record).toPath());
  }

  private static void markAs(File version, int format) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(version, "rw")) {
      file.seek(4);
      file.writeShort(format);
    }
  }

  private static File newest(File record) {
    List<File> versions = Arrays.asList(Objects.requireNonNull(record.listFiles()));
    return versions.stream().max(File::compareTo).orElseThrow();
  }
}
