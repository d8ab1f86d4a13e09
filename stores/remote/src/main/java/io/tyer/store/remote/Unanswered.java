package io.tyer.store.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a session that are neither answered nor given up, by their sequence numbers, in
 * order. Guarded by the lock of the {@link Conversation}.
 */
final class Unanswered {

  private final Map<Long, Request<?>> requests = new LinkedHashMap<>();
  private long last;

  /** A number for what is not kept. */
  long nextSequence() {
    return ++last;
  }

  void add(Request<?> request, long deadline) {
    request.taken(nextSequence(), deadline);
    requests.put(request.sequence(), request);
  }

  @Nullable Request<?> get(long sequence) {
    return requests.get(sequence);
  }

  @Nullable Request<?> remove(long sequence) {
    return requests.remove(sequence);
  }

  /** The smallest number that is still wanted: of those below nothing may come any more. */
  long settled() {
    Request<?> first = first();
    return first == null ? last + 1 : first.sequence();
  }

  @Nullable Request<?> first() {
    return requests.isEmpty() ? null : requests.values().iterator().next();
  }

  boolean holds(Request<?> request) {
    return requests.get(request.sequence()) == request;
  }

  /** For how long this stream has left something unanswered; 0 if there is nothing. */
  long waitingSince(SessionStream stream, long now) {
    for (Request<?> request : requests.values()) {
      if (request.isOn(stream)) {
        return now - request.sentAt();
      }
    }
    return 0;
  }

  int size() {
    return requests.size();
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  /** Those at this moment, in order. */
  List<Request<?>> all() {
    return new ArrayList<>(requests.values());
  }

  /** Takes out those that are meant, in order. */
  List<Request<?>> removeAll(Predicate<Request<?>> which) {
    List<Request<?>> removed = all();
    removed.removeIf(which.negate());
    removed.forEach(request -> requests.remove(request.sequence()));
    return removed;
  }
}
