package io.tyer.testkit.sample;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Who listens at the server, and what he is to be told. Nothing of it is kept: hints may be lost.
 */
final class SampleHints {

  private static final int MOST_WAITING = 1_000;
  private static final int PING_MILLIS = 500;

  private final ConcurrentHashMap<String, Queue<BlockingQueue<String>>> listening =
      new ConcurrentHashMap<>();

  /** Passes a name on to whoever listens for this session, unless he is far behind. */
  void tell(String session, String name) {
    Queue<BlockingQueue<String>> inboxes = listening.get(session);
    if (inboxes != null) {
      inboxes.forEach(inbox -> inbox.offer(name));
    }
  }

  /**
   * Serves one who listens, until his connection fails. Sends something now and then even if there
   * is nothing to say, so that both sides see whether the connection lives.
   */
  void serve(String session, DataOutputStream out) throws IOException, InterruptedException {
    BlockingQueue<String> inbox = new ArrayBlockingQueue<>(MOST_WAITING);
    listening.compute(
        session,
        (s, inboxes) -> {
          Queue<BlockingQueue<String>> all =
              inboxes == null ? new ConcurrentLinkedQueue<>() : inboxes;
          all.add(inbox);
          return all;
        });
    try {
      Wire.send(out, frame -> frame.writeByte(Wire.ANYTHING));
      while (true) {
        String name = inbox.poll(PING_MILLIS, TimeUnit.MILLISECONDS);
        if (name == null) {
          Wire.send(out, frame -> frame.writeByte(Wire.PING));
        } else {
          Wire.send(
              out,
              frame -> {
                frame.writeByte(Wire.NAME);
                frame.writeUTF(name);
              });
        }
      }
    } finally {
      listening.computeIfPresent(
          session,
          (s, inboxes) -> {
            inboxes.remove(inbox);
            return inboxes.isEmpty() ? null : inboxes;
          });
    }
  }
}
