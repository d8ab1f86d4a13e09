package io.tyer.store.record;

import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and changes the records of kind SESSION. */
final class SessionRecords {

  private static final Logger LOG = LoggerFactory.getLogger(SessionRecords.class);

  private final RecordMedium medium;
  private final Records records;
  private final SessionCodec codec = new SessionCodec();

  SessionRecords(RecordMedium medium, Records records) {
    this.medium = medium;
    this.records = records;
  }

  static RecordKey key(SessionId id) {
    return new RecordKey(RecordKey.Kind.SESSION, id.toString());
  }

  /** The session's record, or null if it is over. */
  @Nullable Versioned<SessionState> read(SessionId id) throws StoreException {
    return records.read(key(id), codec);
  }

  /** The sessions' records, each by itself; that of one that is over is not in the answer. */
  Map<SessionId, Reading<Versioned<SessionState>>> readEach(Collection<SessionId> ids)
      throws StoreException {
    Map<RecordKey, SessionId> keys = new HashMap<>();
    ids.forEach(id -> keys.put(key(id), id));
    Map<SessionId, Reading<Versioned<SessionState>>> all = new HashMap<>();
    records
        .readEach(keys.keySet(), codec, unknown -> null)
        .forEach((key, read) -> all.put(Objects.requireNonNull(keys.get(key)), read));
    return all;
  }

  /** Changes a session's record. */
  <R> Change.Settled<SessionState, R> update(
      SessionId id,
      @Nullable Versioned<SessionState> guess,
      Change<SessionState, R> change,
      Deadline deadline)
      throws StoreException {
    return records.update(key(id), codec, guess, change, deadline);
  }

  /** Makes the record of a new session. */
  Versioned<SessionState> open(SessionId id, SessionState session, Deadline deadline)
      throws StoreException {
    Change.Settled<SessionState, Boolean> opened =
        update(
            id,
            null,
            found -> {
              if (found == null) {
                return Change.Next.write(session, true);
              }
              // An id is drawn once: what is there is what an earlier attempt wrote.
              return Change.Next.keep(found.state().equals(session));
            },
            deadline);
    Versioned<SessionState> record = opened.record();
    if (record == null || !opened.answer()) {
      throw new StoreException(
          Kind.REFUSED, "session " + id + " is there already in " + medium.description());
    }
    return record;
  }

  /** Calls a session's attention to its tickets; without effect if it is over. */
  void call(SessionId id, Deadline deadline) throws StoreException {
    update(
        id,
        null,
        found ->
            found == null || found.state().dead()
                ? Change.Next.keep(false)
                : Change.Next.write(found.state().called(), true),
        deadline);
  }

  /** Decides that a session is dead, unless it is over. Answers whether it was alive. */
  boolean end(SessionId id, Deadline deadline) throws StoreException {
    Change.Settled<SessionState, Boolean> ended =
        update(
            id,
            null,
            found ->
                found == null || found.state().dead()
                    ? Change.Next.keep(false)
                    : Change.Next.write(found.state().died(), true),
            deadline);
    return ended.answer() || !ended.possible().isEmpty();
  }

  /** Removes the record of a session of which the death was decided. */
  void remove(SessionId id) throws StoreException {
    Stamped found = medium.read(key(id));
    // Nobody writes it any more, so there is no race to lose.
    if (found != null) {
      medium.remove(key(id), found);
    }
  }

  /** The sessions that have a record, alive or not. */
  List<SessionId> list() throws StoreException {
    List<SessionId> ids = new ArrayList<>();
    for (RecordKey key : medium.list(RecordKey.Kind.SESSION)) {
      try {
        ids.add(SessionId.parse(key.id()));
      } catch (IllegalArgumentException e) {
        LOG.debug("{} is no session of ours", Records.nameOf(key), e);
      }
    }
    return ids;
  }
}
