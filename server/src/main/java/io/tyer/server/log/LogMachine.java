package io.tyer.server.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a log's entries are applied to. All but {@link #read}, {@link #leads} and {@link #follows}
 * is called by one thread at a time.
 */
public interface LogMachine {

  /**
   * Reads an entry: before it is appended, whoever brings it, and before it is applied. Depends on
   * the bytes only. Called by any thread.
   *
   * @return what {@link #apply} takes
   * @throws UnreadableEntryException if it could not be applied, and must not be appended
   */
  Object read(byte[] entry) throws UnreadableEntryException;

  /**
   * Applies an entry that most members keep; at every member in the same order, so the result must
   * depend on nothing else.
   *
   * @param entry as {@link #read} answered it
   * @return what {@link ReplicatedLog#append} answers where the entry was appended
   * @throws RuntimeException if it cannot be applied; the member then stops
   */
  Object apply(long index, Object entry);

  /** What other members are told of this one; called by any thread. */
  PeerClock clock();

  /** A number that grows with what is applied, and is not to be given out twice. */
  long lastNumber();

  /** What has been applied so far, which stays as it is while further entries are applied. */
  Image image();

  /** Replaces everything by what an image has written. */
  void restore(InputStream image) throws IOException;

  /**
   * This member leads from now on, and entries can be appended. Called by any thread; must not
   * block or append.
   *
   * @param term goes to {@link ReplicatedLog#append}; grows with each lead, whoever has it
   */
  void leads(long term);

  /** This member leads no longer. Called by any thread; must not block or append. */
  void follows();

  /** The state at one index. */
  interface Image {

    /** Writes it, by any thread. */
    void writeTo(OutputStream out) throws IOException;

    /** What it wrote, so many bytes, is sure to survive. */
    default void written(long bytes) {}
  }
}
