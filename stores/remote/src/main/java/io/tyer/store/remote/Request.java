package io.tyer.store.remote;

import io.tyer.protocol.v1.ClientMessage;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One request of a session, until it is answered or given up. What changes is guarded by the lock
 * of the {@link Conversation}.
 *
 * @param <T> what is answered
 */
final class Request<T> {

  /** Takes what was asked for out of a reply that is no failure. */
  @FunctionalInterface
  interface Reader<T> {
    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is not there
     */
    T read(io.tyer.protocol.v1.Reply reply);
  }

  private final ClientMessage.Builder message;
  private final Reader<T> reader;
  private final io.tyer.spi.Reply<T> reply;

  private long sequence;
  private long deadline;
  private boolean mayHaveArrived;
  private @Nullable SessionStream sentOn;
  private long sentAt;
  private int postponed;

  Request(ClientMessage.Builder message, Reader<T> reader, io.tyer.spi.Reply<T> reply) {
    this.message = message;
    this.reader = reader;
    this.reply = reply;
  }

  // ---- on its way

  void taken(long number, long giveUpAt) {
    sequence = number;
    deadline = giveUpAt;
  }

  long sequence() {
    return sequence;
  }

  long deadline() {
    return deadline;
  }

  boolean opens() {
    return message.hasOpen();
  }

  /** Whether the server keeps what came of it until it is settled. */
  boolean leavesAnOutcome() {
    return message.hasEnter() || message.hasLeave() || message.hasWeaken();
  }

  boolean ends() {
    return message.hasEnd();
  }

  void send(SessionStream stream, long settled, long now) {
    stream.send(message(stream, settled, now));
  }

  /** As {@link SessionStream#gather}. */
  boolean gather(SessionStream stream, long settled, long now) {
    return stream.gather(message(stream, settled, now));
  }

  private ClientMessage message(SessionStream stream, long settled, long now) {
    sentOn = stream;
    sentAt = now;
    return message.setSequence(sequence).setSettled(settled).build();
  }

  /** Whether it went out on this stream, and waits for its answer. */
  boolean isOn(@Nullable SessionStream stream) {
    return sentOn != null && sentOn == stream;
  }

  long sentAt() {
    return sentAt;
  }

  /**
   * The stream is gone.
   *
   * @param turnedAway whether the server has said that nothing came of it there; else nobody knows
   */
  void lost(boolean turnedAway) {
    mayHaveArrived |= !turnedAway;
    sentOn = null;
  }

  /**
   * The server has answered that it is to be sent again.
   *
   * @param unknown whether it may have had its effect
   * @return how often it was
   */
  int postponed(boolean unknown) {
    mayHaveArrived |= unknown;
    sentOn = null;
    return postponed++;
  }

  /** Whether it waits to be sent, for the first time or again. */
  boolean isUnsent() {
    return sentOn == null;
  }

  boolean neverArrived() {
    return sentOn == null && !mayHaveArrived;
  }

  // ---- its outcome; not under the lock

  void done(io.tyer.protocol.v1.Reply answer, String where) {
    T value;
    try {
      value = reader.read(answer);
    } catch (IllegalArgumentException e) {
      reply.failed(
          new StoreException(
              Kind.UNKNOWN,
              where + " answers what this version cannot read: " + e.getMessage(),
              e));
      return;
    }
    reply.done(value);
  }

  void failed(StoreException failure) {
    reply.failed(failure);
  }
}
