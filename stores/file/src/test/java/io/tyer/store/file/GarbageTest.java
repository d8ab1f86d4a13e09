package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.StoreRefusedException;
import io.tyer.Tyer;
import io.tyer.testkit.host.Command;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record turns to garbage while locks are held and waited for. */
class GarbageTest {

  private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);

  @TempDir Path store;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDamagedLineIsRefusedAndTheRestGoesOn(boolean restored) throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      long others = Clients.tokenOf(one, "others");
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      File newest = newestVersion(Stores.recordOf(store, "a"));
      byte[] good = Files.readAllBytes(newest.toPath());
      Files.write(newest.toPath(), GARBAGE);
      String remedy = "mv " + newest.getParent() + " " + store.resolve("tmp");
      assertThatThrownBy(() -> two.lock("a").tryAcquire())
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContainingAll(newest.toString(), remedy);
      assertThatThrownBy(() -> two.lock("a").acquire())
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContainingAll(newest.toString(), remedy);
      assertThat(Clients.tokenOf(two, "others")).isGreaterThan(others);
      lease.checkValid();
      CompletableFuture<Void> left = lease.closeAsync();
      if (restored) {
        Files.write(newest.toPath(), good);
      } else {
        assertThat(Command.succeeds("sh", "-c", remedy)).isTrue();
      }
      Clients.get(left);
      assertThat(Clients.tokenOf(two, "a")).isGreaterThan(token);
      assertThat(Clients.tokenOf(one, "a")).isGreaterThan(token);
    }
  }

  @Test
  void whoseSessionIsDamagedIsToldAndGoesOnUnderANewOne() throws Exception {
    try (Tyer one = Clients.open(store, Clients.SHORT);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<LossCause> lost = Clients.lossOf(lease);
      File session = sessionOtherThan(two);
      Files.write(newestVersion(session).toPath(), GARBAGE);
      assertThat(Clients.get(lost)).isEqualTo(LossCause.UNPROVED);
      assertThat(Clients.tokenOf(one, "b")).isPositive();
      String remedy = "mv " + session + " " + store.resolve("tmp");
      assertThatThrownBy(() -> two.lock("a").tryAcquire())
          .as("nobody knows whether its holder lives")
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContainingAll(session.toString(), remedy);
      assertThat(Command.succeeds("sh", "-c", remedy)).isTrue();
      assertThat(Clients.tokenOf(two, "a")).isGreaterThan(token);
    }
  }

  @Test
  void aDamagedMarkerKeepsNewClientsOutOnly() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Path marker = store.resolve(FormatMarker.FILE_NAME);
      byte[] good = Files.readAllBytes(marker);
      long token;
      try (Lease lease = one.lock("a").acquire()) {
        token = lease.token();
        Files.write(marker, GARBAGE);
        assertThatThrownBy(() -> Clients.open(store, Clients.LONG))
            .isInstanceOf(StoreRefusedException.class)
            .hasMessageContainingAll(marker.toString(), "damaged", "Restore the file");
        lease.checkValid();
        assertThat(two.lock("a").tryAcquire().asOptional()).isEmpty();
      }
      assertThat(Clients.tokenOf(two, "a")).isGreaterThan(token);
      Files.write(marker, good);
      Clients.open(store, Clients.LONG).close();
    }
  }

  private File sessionOtherThan(Tyer tyer) throws Exception {
    try (Lease lease = tyer.lock("whose").acquire()) {
      String own = tyer.operator().locks("whose").get(0).line().get(0).session();
      assertThat(lease.isValid()).isTrue();
      for (File session : Objects.requireNonNull(store.resolve("sessions").toFile().listFiles())) {
        if (!session.getName().equals(own)) {
          return session;
        }
      }
    }
    throw new AssertionError("there is no other session");
  }

  private static File newestVersion(File record) {
    File[] versions = Objects.requireNonNull(record.listFiles());
    return Arrays.stream(versions).max(File::compareTo).orElseThrow();
  }
}
