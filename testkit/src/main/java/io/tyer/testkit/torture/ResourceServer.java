package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the locks protect: remembers the largest token of each name, refuses smaller ones, and
 * writes down each write in the order it was made. A process of its own, so that nothing that
 * happens to workers happens to it.
 */
public final class ResourceServer {

  /** Its number in the history. */
  static final int PROCESS = 1;

  static final String ACCEPTED = "ACCEPTED";
  static final String REFUSED = "REFUSED";
  static final String NOT_UNDERSTOOD = "NOT-UNDERSTOOD";
  static final String NO_FENCE = "--no-fence";

  /** More than the workers of any plan open. */
  private static final int MOST_WRITERS = 4_096;

  private final Semaphore places = new Semaphore(MOST_WRITERS);
  private final HistoryWriter history;
  private final boolean fence;
  private final Map<String, Long> largest = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  ResourceServer(HistoryWriter history, boolean fence) {
    this.history = history;
    this.fence = fence;
  }

  /**
   * Serves until its standard input ends. The arguments are the file of its history, the address it
   * listens at and perhaps {@code --no-fence}: then it accepts everything. Prints the port.
   */
  public static void main(String[] args) throws IOException {
    boolean fence = !List.of(args).contains(NO_FENCE);
    try (HistoryWriter history = new HistoryWriter(Path.of(args[0]));
        ServerSocket listening = new ServerSocket()) {
      listening.bind(new InetSocketAddress(InetAddress.getByName(args[1]), 0), 128);
      new PrintStream(System.out, true, StandardCharsets.UTF_8).println(listening.getLocalPort());
      ResourceServer server = new ResourceServer(history, fence);
      daemon(() -> server.serve(listening), "accept");
      while (System.in.read() >= 0) {
        // Nothing is said to it; only the end of its input counts.
      }
    }
    System.exit(0);
  }

  private void serve(ServerSocket listening) {
    while (true) {
      Socket socket;
      try {
        socket = listening.accept();
      } catch (IOException e) {
        return;
      }
      if (places.tryAcquire()) {
        daemon(() -> serve(socket), "writer");
      } else {
        close(socket);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The one that connected has gone already.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      RequestReader in = new RequestReader(socket.getInputStream());
      for (String line = in.next(); line != null; line = in.next()) {
        socket.getOutputStream().write((reply(line) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // The writer is gone, or says what no writer says.
    } finally {
      places.release();
    }
  }

  private String reply(String line) {
    try {
      return write(line.split(" ", -1)) ? ACCEPTED : REFUSED;
    } catch (IllegalArgumentException e) {
      return NOT_UNDERSTOOD;
    }
  }

  private boolean write(String[] request) {
    if (request.length != 4) {
      throw new IllegalArgumentException("has " + request.length + " fields");
    }
    int process = Integer.parseInt(request[0]);
    long operation = Long.parseLong(request[1]);
    long token = Long.parseLong(request[2]);
    String name = URLDecoder.decode(request[3], StandardCharsets.UTF_8);
    if (process < 0 || operation < 0 || token < 0) {
      throw new IllegalArgumentException("has a number below zero");
    }
    lock.lock();
    try {
      boolean accepted = !fence || token >= largest.getOrDefault(name, 0L);
      if (accepted) {
        largest.merge(name, token, Math::max);
      }
      history.write(
          new Event(
              System.nanoTime(),
              PROCESS,
              0,
              accepted ? What.ACCEPTED : What.REFUSED,
              name,
              0,
              0,
              token,
              0,
              "from process " + process + ", acquire " + operation));
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  private static void daemon(Runnable body, String name) {
    Thread thread = new Thread(null, body, name, 0, false);
    thread.setDaemon(true);
    thread.start();
  }
}
