package io.tyer.testkit.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The fenced resource's process. */
final class ResourceProcess implements AutoCloseable {

  private static final int ANSWER_PATIENCE_MILLIS = 60_000;

  private final Process process;
  private final String host;
  private final int port;

  private ResourceProcess(Process process, String host, int port) {
    this.process = process;
    this.host = host;
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
    return new ResourceProcess(process, host, Integer.parseInt(port));
  }

  /** Whether it still serves. */
  boolean alive() {
    return process.isAlive();
  }

  /** Whether it answers, however slow the machine is. */
  boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(host), port), ANSWER_PATIENCE_MILLIS);
      socket.setSoTimeout(ANSWER_PATIENCE_MILLIS);
      socket.getOutputStream().write('\n');
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
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
