package io.tyer.testkit.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The fenced resource's process. */
final class ResourceProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private ResourceProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param host the address of this host at which it listens
   */
  static ResourceProcess start(Path history, Path log, String host, boolean fenced)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(history.toString(), host));
    if (!fenced) {
      arguments.add(ResourceServer.NO_FENCE);
    }
    Process process = Jvm.start(List.of(), Map.of(), log, ResourceServer.class, arguments);
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String port = out.readLine();
    if (port == null) {
      throw new IOException("the resource has not started; see " + log);
    }
    return new ResourceProcess(process, Integer.parseInt(port));
  }

  /** Whether it still serves. */
  boolean alive() {
    return process.isAlive();
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
