package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.Bearers;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import io.tyer.testkit.contract.Asked;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreProviderTest {

  private static final Settings SETTINGS =
      new Settings(
          Stores.SURROUNDINGS,
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));

  @TempDir Path directory;

  private static LineStoreProvider provider() {
    return ServiceLoader.load(LineStoreProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.schemes().contains("file"))
        .findFirst()
        .orElseThrow();
  }

  private LineStore open(String options) throws StoreException {
    return provider().open(StoreAddress.parse("file:" + directory + "/store" + options), SETTINGS);
  }

  @Test
  void aLockGoesFromOneClientToTheNext() throws Exception {
    LockName name = LockName.of("orders/1");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (LineStore one = open("?buckets=16");
        LineStore two = open("")) {
      StoreSession holder = session(one, new LinkedBlockingQueue<>());
      StoreSession waiter = session(two, told);
      RequestId first = new RequestId(1, 1);
      RequestId second = new RequestId(2, 2);
      Ask ask = Ask.exclusive(holder.id(), first, "one", false);
      TicketState granted = await(reply -> holder.enter(name, ask, false, reply));
      assertThat(granted).isInstanceOf(TicketState.Granted.class);
      Ask other = Ask.exclusive(waiter.id(), second, "two", false);
      TicketState waiting = await(reply -> waiter.enter(name, other, false, reply));
      assertThat(waiting).isInstanceOf(TicketState.Waiting.class);
      long number = ((TicketState.Waiting) waiting).number();

      assertThat(this.<Boolean>await(reply -> holder.leave(name, first, 0, reply))).isTrue();
      if (two.traits().firstCheck().toMillis() > 50) {
        assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();
      }
      TicketState checked = await(reply -> waiter.check(name, second, number, reply));
      assertThat(checked).isInstanceOf(TicketState.Granted.class);
      assertThat(this.<Boolean>await(waiter::end)).isTrue();
      assertThat(this.<Boolean>await(holder::end)).isTrue();
    }
    assertThat(directory.resolve("store/sessions").toFile().list()).isEmpty();
    assertThat(directory.resolve("store/inbox").toFile().list()).isEmpty();
    assertThat(directory.resolve("store/tmp").toFile().list()).isEmpty();
  }

  @Test
  void whatIsWrongWithAnAddressIsToldAtOnce() {
    assertThatThrownBy(() -> open("?bucket=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("buckets");
    assertThatThrownBy(() -> provider().open(StoreAddress.parse("file:/dev/null/locks"), SETTINGS))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("/dev/null/locks");
  }

  private StoreSession session(LineStore store, BlockingQueue<String> told) {
    SessionRequest request =
        new SessionRequest(
            SessionSecret.random(Stores.SURROUNDINGS),
            Duration.ofSeconds(15),
            "test",
            Bearers.none());
    return await(reply -> store.open(request, new Told(told), reply));
  }

  private <T> T await(Consumer<Reply<T>> request) {
    return Asked.begin(request).orTimeout(20, TimeUnit.SECONDS).join();
  }

  private record Told(BlockingQueue<String> told) implements SessionEvents {
    @Override
    public void granted(LockName name, RequestId request, long number) {
      told.add("granted");
    }

    @Override
    public void changed(LockName name) {
      told.add("changed");
    }

    @Override
    public void changedAnywhere() {
      told.add("anywhere");
    }

    @Override
    public void ended(String why) {
      told.add("ended");
    }
  }
}
