package io.tyer.store.redis;

import static io.tyer.store.redis.Keys.bytes;

import io.tyer.line.Ask;
import java.util.List;

/**
 * What the script that enters is given, nearly all of it in one value, since each value costs the
 * server and the client: secret, request, run, flags, whether it is a try; then weight, capacity
 * and the number that the ticket's must exceed.
 */
final class EnterValues {

  private static final int EXCLUSIVE = 1;
  private static final int RECALLABLE = 2;
  private static final int REQUEST_AT = 16;
  private static final int RUN_AT = 48;
  private static final String NO_RUN_YET = "0000000000000000";

  private EnterValues() {}

  static List<byte[]> of(byte[] secret, Ask ask, boolean onlyIfFree, long least) {
    int flags = (ask.exclusive() ? EXCLUSIVE : 0) + (ask.recallable() ? RECALLABLE : 0);
    byte[] rest =
        bytes(
            ask.request()
                + NO_RUN_YET
                + flags
                + (onlyIfFree ? '1' : '0')
                + ask.weight()
                + ' '
                + ask.capacity()
                + ' '
                + least);
    byte[] all = new byte[REQUEST_AT + rest.length];
    System.arraycopy(secret, 0, all, 0, REQUEST_AT);
    System.arraycopy(rest, 0, all, REQUEST_AT, rest.length);
    return List.of(all, bytes(ask.owner()));
  }

  /** Before it is sent to a server, perhaps to another one than before. */
  static void putRun(byte[] all, byte[] run) {
    System.arraycopy(run, 0, all, RUN_AT, run.length);
  }
}
