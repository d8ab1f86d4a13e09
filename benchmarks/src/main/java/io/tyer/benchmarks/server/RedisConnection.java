package io.tyer.benchmarks.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a Redis server about itself, on a connection of its own. */
public final class RedisConnection implements ServerGauge {

  private static final int MILLIS = 10_000;
  private static final Pattern CALLS =
      Pattern.compile("cmdstat_(?:eval|evalsha|fcall):calls=(\\d+),.*");

  private final Socket socket = new Socket();
  private final InputStream in;
  private long asked;

  public RedisConnection(RedisLocation location) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(MILLIS);
      socket.connect(new InetSocketAddress(location.host(), location.port()), MILLIS);
      this.in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** What the server has used since it started; the commands without those of this connection. */
  @Override
  public ServerUse use() throws IOException {
    double scripts = scripts();
    long before = asked;
    Map<String, String> info = info();
    double cpu = number(info, "used_cpu_user") + number(info, "used_cpu_sys");
    double commands = number(info, "total_commands_processed") - before;
    return new ServerUse(cpu * 1e9, commands, scripts);
  }

  private double scripts() throws IOException {
    return ask("INFO commandstats")
        .lines()
        .map(CALLS::matcher)
        .filter(Matcher::matches)
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .sum();
  }

  @Override
  public String version() throws IOException {
    Map<String, String> info = info();
    String valkey = info.get("valkey_version");
    return valkey == null ? "Redis " + info.get("redis_version") : "Valkey " + valkey;
  }

  @Override
  public boolean countsCommands() {
    return true;
  }

  /** Forgets all keys. */
  void flush() throws IOException {
    String unused = ask("FLUSHALL");
  }

  private Map<String, String> info() throws IOException {
    Map<String, String> info = new HashMap<>();
    ask("INFO")
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1));
              }
            });
    return info;
  }

  private static double number(Map<String, String> info, String key) throws IOException {
    String value = info.get(key);
    if (value == null) {
      throw new IOException("the server does not tell its " + key);
    }
    return Double.parseDouble(value);
  }

  /** The answer to a command that is answered by a text. */
  private String ask(String command) throws IOException {
    asked++;
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    String head = line();
    if (head.startsWith("+")) {
      return head.substring(1);
    }
    if (!head.startsWith("$")) {
      throw new IOException("to " + command + " the server answers " + head);
    }
    int length = Integer.parseInt(head.substring(1));
    String text = new String(exactly(length), StandardCharsets.UTF_8);
    byte[] unused = exactly(2);
    return text;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server has closed the connection");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the server has closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
