package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of the store's directory is removed by hand while it is in use. */
class FolderDeletedTest {

  @TempDir Path store;

  @ParameterizedTest
  @ValueSource(strings = {"lines", "sessions", "shared", "tmp"})
  void whichFolderIsMissingIsToldAndAnyClientThatIsOpenedMakesItAgain(String folder)
      throws Exception {
    try (Tyer tyer = Clients.open(store, Clients.SHORT)) {
      long token = Clients.tokenOf(tyer, "a");
      assertThat(store.resolve(folder).toFile().renameTo(store.resolve(".away").toFile())).isTrue();
      assertThatThrownBy(() -> tryForEver(tyer))
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContainingAll(store.toString(), folder + " is missing", "restart");
      Clients.open(store, Clients.SHORT).close();
      Await.until("going on", () -> acquires(tyer));
      assertThat(Clients.tokenOf(tyer, "a")).isGreaterThan(token);
    }
  }

  /** Tries until that fails; a session that is not found is missed only when it beats. */
  private static void tryForEver(Tyer tyer) throws Exception {
    Await.until(
        "an error",
        () -> {
          tyer.lock("b").tryAcquire().ifPresent(Lease::close);
          return false;
        });
  }

  private static boolean acquires(Tyer tyer) throws Exception {
    try (Lease lease = tyer.lock("b").acquire()) {
      return lease.isValid();
    } catch (StoreUnreachableException e) {
      return false;
    }
  }

  @Test
  void withoutInboxesWaitersLookForThemselves() throws Exception {
    try (Tyer one = Clients.open(store, Clients.LONG);
        Tyer two = Clients.open(store, Clients.LONG)) {
      Lease lease = one.lock("a").acquire();
      CompletableFuture<Lease> waiter = two.lock("a").acquireAsync();
      Clients.awaitLine(one, "a", 2);
      Trees.delete(store.resolve("inbox").toFile());
      lease.close();
      Clients.get(waiter).close();
    }
  }

  @Test
  void whoseSessionIsRemovedIsTold() throws Exception {
    try (Tyer tyer = Clients.open(store, Clients.LONG)) {
      Lease lease = tyer.lock("a").acquire();
      long token = lease.token();
      CompletableFuture<LossCause> lost = Clients.lossOf(lease);
      for (String id : store.resolve("sessions").toFile().list()) {
        assertThat(store.resolve("sessions").resolve(id).toFile())
            .matches(from -> from.renameTo(store.resolve("tmp").resolve(id).toFile()));
      }
      assertThat(Clients.get(lost)).isEqualTo(LossCause.SESSION_ENDED);
      assertThat(Clients.tokenOf(tyer, "a")).isGreaterThan(token);
    }
  }
}
