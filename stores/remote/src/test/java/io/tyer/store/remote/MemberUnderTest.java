package io.tyer.store.remote;

import io.tyer.servers.tyer.TyerGroup;
import io.tyer.servers.tyer.TyerKind;
import io.tyer.testkit.contract.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member that the tests of this JVM share, one after the other, for as long as each leaves
 * nothing behind: starting one takes seconds.
 */
final class MemberUnderTest extends ServerUnderTest {

  private record Running(TyerGroup member, Path directory) {}

  private static final AtomicReference<@Nullable Running> LEFT = new AtomicReference<>();

  private final Running running;

  MemberUnderTest() throws IOException {
    this(running());
  }

  private MemberUnderTest(Running running) throws IOException {
    super(new TyerKind(), new RemoteLineStoreProvider(), running::member);
    this.running = running;
  }

  private static Running running() throws IOException {
    Running left = LEFT.getAndSet(null);
    if (left != null) {
      return left;
    }
    Path directory = Files.createTempDirectory("tyer-member");
    return new Running(new TyerKind().start(directory), directory);
  }

  @Override
  public void close() throws IOException {
    boolean clean;
    try {
      clean = running.member().look().isEmpty();
    } catch (IOException e) {
      clean = false;
    }
    if (clean) {
      LEFT.set(running);
      return;
    }
    running.member().close();
    try (Stream<Path> files = Files.walk(running.directory())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
