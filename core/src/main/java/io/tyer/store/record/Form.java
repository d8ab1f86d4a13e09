package io.tyer.store.record;

/**
 * How records of a kind are written.
 *
 * @param <S> what such a record says
 */
interface Form<S> {

  /** Reads a version. Any bytes may be given: they are such a record or are refused. */
  S decode(RecordKey key, Stamped version) throws MalformedRecordException;

  /** The bytes of the next version. */
  byte[] encode(S state);
}
