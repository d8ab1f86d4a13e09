package io.tyer.testkit.sample;

import io.tyer.line.LockName;
import io.tyer.store.record.RecordKey;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.RecordContents;
import io.tyer.testkit.server.StoreServer;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A {@link SampleServer} that a test has started. */
public final class SampleProcess implements StoreServer {

  private final Path directory;
  private final String scheme;
  private final SampleFlaws flaws;
  private final Map<String, String> environment;
  private int port;
  private @Nullable Process process;

  private SampleProcess(
      Path directory, String scheme, SampleFlaws flaws, Map<String, String> environment) {
    this.directory = directory;
    this.scheme = scheme;
    this.flaws = flaws;
    this.environment = environment;
  }

  /**
   * Starts a server with its log in this directory.
   *
   * @param scheme of the addresses by which clients reach it
   */
  public static SampleProcess start(Path directory, String scheme, SampleFlaws flaws)
      throws IOException {
    return start(directory, scheme, flaws, Map.of());
  }

  /** The same, with these environment variables besides. */
  public static SampleProcess start(
      Path directory, String scheme, SampleFlaws flaws, Map<String, String> environment)
      throws IOException {
    SampleProcess started = new SampleProcess(directory, scheme, flaws, environment);
    started.start();
    return started;
  }

  @Override
  public void start() throws IOException {
    if (process != null) {
      return;
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SampleServer.class.getName(),
                directory.toString(),
                Integer.toString(port)));
    command.addAll(flaws.arguments());
    ProcessBuilder server =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    server.environment().putAll(environment);
    Process started = server.start();
    process = started;
    // The reader is not closed: it is the process's, and says nothing more.
    BufferedReader out =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null) {
      kill();
      throw new IOException("the sample server has not started");
    }
    port = Integer.parseInt(line);
  }

  @Override
  public String address() {
    return addressAt("127.0.0.1", port);
  }

  @Override
  public Optional<InetSocketAddress> endpoint() {
    return Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @Override
  public String addressAt(String host, int at) {
    return scheme + "://" + host + ":" + at;
  }

  @Override
  public boolean hasProcess() {
    return true;
  }

  @Override
  public OptionalLong pid() {
    return process == null ? OptionalLong.empty() : OptionalLong.of(process.pid());
  }

  @Override
  public void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
      process = null;
    }
  }

  /** Reads the server's log, in which everything is that it has acknowledged. */
  @Override
  public Contents look() throws IOException {
    RecordContents contents = new RecordContents();
    for (Entry entry : SampleRecords.newest(SampleLog.replay(directory.resolve("log"))).values()) {
      if (entry.key().kind() == RecordKey.Kind.LINES) {
        contents.addLines(entry.stamped().content());
      } else if (entry.key().kind() == RecordKey.Kind.SESSION) {
        contents.addSession();
      }
    }
    return contents.contents();
  }

  /** Removes the record that keeps this name's line, past all clients, as an operator might. */
  public void removeLine(String name) throws IOException {
    RecordKey key = SampleMedium.homeOf(LockName.of(name));
    Duration patience = Duration.ofSeconds(20);
    try (SampleConnection connection =
        new SampleConnection(endpoint().orElseThrow(), patience, patience)) {
      connection.send(
          out -> {
            out.writeByte(Wire.GET);
            Wire.putKey(out, key);
          });
      DataInputStream found = connection.receive();
      if (found.readUnsignedByte() == Wire.NOT_THERE) {
        return;
      }
      long version = found.readLong();
      long nonce = found.readLong();
      connection.send(
          out -> {
            out.writeByte(Wire.REMOVE);
            Wire.putKey(out, key);
            out.writeLong(version);
            out.writeLong(nonce);
          });
      if (connection.receive().readUnsignedByte() != Wire.OK) {
        throw new IOException("the line of " + name + " has changed meanwhile");
      }
    }
  }

  @Override
  public void close() {
    kill();
  }
}
