package io.tyer.store.file;

import io.tyer.spi.StoreException;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process whose threads raise counters in a few records until a number of tries is done, or for
 * ever. Says "ready" when it has opened the store and begins when it is told a line.
 *
 * <p>Arguments: directory, tally file, first writer, threads, records, tries (0: for ever), seed,
 * and perhaps "faults": failures that leave nothing behind are then expected.
 */
final class TallyWriters {

  private TallyWriters() {}

  public static void main(String[] args) throws Exception {
    FileMedium medium = Stores.open(Path.of(args[0]));
    Tally tally = new Tally(Path.of(args[1]));
    int first = Integer.parseInt(args[2]);
    int threads = Integer.parseInt(args[3]);
    int records = Integer.parseInt(args[4]);
    long tries = Long.parseLong(args[5]);
    long seed = Long.parseLong(args[6]);
    boolean faults = args.length > 7;
    System.out.println("ready");
    int unused = System.in.read();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int writer = first + i;
      SplittableRandom random = new SplittableRandom(seed + writer);
      Thread thread = new Thread(() -> run(medium, tally, writer, records, tries, random, faults));
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    medium.close();
    System.out.println("done");
  }

  private static void run(
      FileMedium medium,
      Tally tally,
      int writer,
      int records,
      long tries,
      SplittableRandom random,
      boolean faults) {
    try {
      for (long i = 0; tries == 0 || i < tries; i++) {
        try {
          tally.raise(medium, Stores.line(random.nextInt(records)), writer);
          if (random.nextInt(16) == 0) {
            session(medium, Long.toHexString(random.nextLong()));
          }
        } catch (StoreException e) {
          if (!faults || e.kind() == StoreException.Kind.REFUSED) {
            throw e;
          }
        }
      }
    } catch (Throwable e) {
      e.printStackTrace(System.out);
      Runtime.getRuntime().halt(3);
    }
  }

  /** The life of a session's record. */
  private static void session(FileMedium medium, String id) throws StoreException {
    RecordKey key = Stores.session(id);
    Stamped opened = medium.replace(key, null, new byte[20]);
    if (opened == null || medium.read(key) == null) {
      throw new AssertionError("session " + id + " is not there");
    }
    Stamped beaten = medium.replace(key, opened, new byte[20]);
    if (beaten == null || !medium.remove(key, beaten) || medium.read(key) != null) {
      throw new AssertionError("session " + id + " was changed by somebody else");
    }
  }
}
