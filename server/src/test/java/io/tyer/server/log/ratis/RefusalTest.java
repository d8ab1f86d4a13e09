package io.tyer.server.log.ratis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.log.MemberConfig;
import io.tyer.server.replica.MemberInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {

  @TempDir Path root;

  private static Path find(Path under, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(under)) {
      return files.filter(f -> f.getFileName().toString().matches(pattern)).findAny().orElseThrow();
    }
  }

  private static void damage(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int there = bytes.read();
      bytes.seek(at);
      bytes.write(~there);
    }
  }

  @Test
  void directoryOfAnotherClusterOrMember() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      MemberInfo a = one.info("a");
      one.stop("a");
      assertThatThrownBy(
              () ->
                  Ratis.engine()
                      .open(
                          MemberConfig.of(root.resolve("a"), "other", a, List.of(a)), new Words()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "belongs to cluster test, member a, not to cluster other, member a");
      MemberInfo b = Trio.member("b");
      assertThatThrownBy(
              () ->
                  Ratis.engine()
                      .open(MemberConfig.of(root.resolve("a"), "test", b, List.of(b)), new Words()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not to cluster test, member b");
      one.start(a, one.initial);
      assertThat(one.append("y")).as("nothing was changed").isEqualTo(2);
    }
  }

  @Test
  void directoryOfSomethingElseOrOfALaterRelease() throws Exception {
    MemberInfo a = Trio.member("a");
    Path directory = Files.createDirectory(root.resolve("a"));
    Files.writeString(directory.resolve("thesis.txt"), "all of it");
    MemberConfig config = MemberConfig.of(directory, "test", a, List.of(a));
    assertThatThrownBy(() -> Ratis.engine().open(config, new Words()))
        .hasMessageContaining("no member's, and not empty: it has thesis.txt");
    Files.writeString(directory.resolve("tyer-member"), "tyer server log, format 2\n");
    assertThatThrownBy(() -> Ratis.engine().open(config, new Words()))
        .hasMessageContaining("format 2")
        .hasMessageContaining("or a later one");
  }

  @Test
  void directoryInUse() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      MemberInfo elsewhere = new MemberInfo("a", Trio.member("a").peerAddress(), "");
      assertThatThrownBy(
              () ->
                  Ratis.engine()
                      .open(
                          MemberConfig.of(root.resolve("a"), "test", elsewhere, List.of()),
                          new Words()))
          .hasMessageContaining("in use");
      assertThat(one.append("y")).isEqualTo(2);
    }
  }

  @Test
  void whatCannotBeBegunLeavesNothingOpen() throws Exception {
    MemberInfo a = Trio.member("a");
    MemberConfig config = MemberConfig.of(root.resolve("a"), "test", a, List.of(a));
    Words machine = new Words();
    assertThatThrownBy(
            () ->
                RatisLog.open(
                    config,
                    machine,
                    of -> {
                      Promised closed = new Promised(of);
                      closed.close();
                      return closed;
                    }))
        .isInstanceOf(IOException.class);
    try (Trio one = new Trio(root)) {
      one.initial.add(a);
      assertThat(one.start().append("x")).as("its directory and its port are free").isEqualTo(1);
    }
  }

  @Test
  void aLossIsNotAcceptedByOneOfSeveralAndNothingIsStarted() throws Exception {
    try (Trio trio = new Trio(root, "a", "b").start()) {
      trio.append("x");
      Trio.await("the entry", () -> trio.wordsOf("a").words().size() == 1);
      assertThat(trio.log("a").snapshot().get(60, TimeUnit.SECONDS)).isNotNegative();
      trio.stop("a");
      trio.acceptsLoss = true;
      Words machine = new Words();
      assertThatThrownBy(
              () -> Ratis.engine().open(trio.config(trio.info("a"), trio.initial), machine))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("only a member that is alone may accept a loss");
      assertThat(machine.restored.getCount()).as("not even its state is read").isOne();
      trio.acceptsLoss = false;
      trio.start(trio.info("a"), trio.initial);
      Trio.await("what it had", () -> trio.wordsOf("a").words().equals(List.of("x")));
    }
  }

  @Test
  void peerAddressInUse() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MemberInfo a = new MemberInfo("a", "127.0.0.1:" + other.getLocalPort(), "");
      assertThatThrownBy(
              () ->
                  Ratis.engine()
                      .open(MemberConfig.of(root.resolve("a"), "test", a, List.of(a)), new Words()))
          .hasMessageContaining("cannot listen on its peer address 127.0.0.1:");
    }
  }

  @Test
  void damagedSnapshot() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      one.log("a").snapshot().get(60, TimeUnit.SECONDS);
      one.stop("a");
      Path snapshot = find(root, "snapshot\\.\\d+_\\d+");
      damage(snapshot, 3);
      assertThatThrownBy(() -> one.start(one.info("a"), one.initial))
          .hasMessageContaining(snapshot.toString())
          .hasMessageContaining("does not fit its digest")
          .hasMessageContaining("remove this member");
      damage(snapshot, 3);
      one.start(one.info("a"), one.initial);
      assertThat(one.append("y")).isEqualTo(2);
    }
  }

  @Test
  void damagedLog() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      for (int i = 0; i < 10; i++) {
        one.append("entry " + i);
      }
      one.stop("a");
      damage(find(root, "log_inprogress.*|log_\\d+-\\d+"), 200);
      assertThatThrownBy(() -> one.start(one.info("a"), one.initial))
          .hasMessageContaining("remove this member");
    }
  }

  @Test
  void lostSnapshot() throws Exception {
    try (Trio one = new Trio(root, "a")) {
      one.snapshotEvery = 5;
      one.start();
      for (int i = 0; i < 40; i++) {
        one.append(" ".repeat(1 << 20));
      }
      one.log("a").snapshot().get(60, TimeUnit.SECONDS);
      Trio.await("the log to be shortened", () -> !exists(root, "log_0-\\d+"));
      one.stop("a");
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().contains("snapshot.")).toList()) {
          Files.delete(file);
        }
      }
      assertThatThrownBy(() -> one.start(one.info("a"), one.initial))
          .hasMessageContaining("no snapshot")
          .hasMessageContaining("remove this member");
    }
  }

  @Test
  void termAndVoteThatAFullDiskTookAreRestoredFromTheirCopies() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      one.stop("a");
      Path meta = find(root, "raft-meta");
      Path members = find(root, "raft-meta\\.conf");
      byte[] before = Files.readAllBytes(meta);
      Files.write(meta, new byte[0]);
      Files.write(members, new byte[0]);
      one.start(one.info("a"), one.initial);
      assertThat(one.append("y")).isEqualTo(2);
      assertThat(term(Files.readAllBytes(meta))).isGreaterThan(term(before));
    }
  }

  private static long term(byte[] meta) throws IOException {
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(meta));
    return Long.parseLong(properties.getProperty("term"));
  }

  @Test
  void termAndVoteWithoutACopyAreNotGuessed() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      one.stop("a");
      Files.write(find(root, "raft-meta"), new byte[0]);
      Files.write(find(root, "raft-meta\\.copy"), "#\nvotedFor=a\nterm=".getBytes(UTF_8));
      assertThatThrownBy(() -> one.start(one.info("a"), one.initial))
          .hasMessageContaining("raft-meta is damaged")
          .hasMessageContaining("remove this member");
    }
  }

  private static boolean exists(Path under, String pattern) {
    try (Stream<Path> files = Files.walk(under)) {
      return files.anyMatch(file -> file.getFileName().toString().matches(pattern));
    } catch (IOException | java.io.UncheckedIOException changing) {
      return true;
    }
  }

  /** More than once: closing the engine as it fails to apply has had its thread spin for ever. */
  @RepeatedTest(5)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void entryThatCannotBeAppliedStopsTheMember() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      assertThatThrownBy(() -> one.append("poison")).isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> one.log("a").stopped().get(60, TimeUnit.SECONDS))
          .hasMessageContaining("poison");
      Trio.await("it to lead no more", () -> !one.log("a").status().leading());
      assertThat(one.wordsOf("a").words()).containsExactly("x");
    }
  }
}
