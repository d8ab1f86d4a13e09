package io.tyer.store.remote;

import com.google.protobuf.ByteString;
import io.tyer.protocol.v1.Alive;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.Granted;
import io.tyer.protocol.v1.Held;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.TicketState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the fake servers share: sessions, their replies by number, and a ticket for everybody who
 * enters. Every effect is written down, so that one that came twice is seen.
 */
final class FakeState {

  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean packs;
  private final Map<ByteString, Session> sessions = new HashMap<>();
  private final List<String> effects = new ArrayList<>();
  private long number;
  private boolean recalling;

  private static final class Session {
    private final TreeMap<Long, Reply> replies = new TreeMap<>();
    private final Map<ByteString, Held> tickets = new LinkedHashMap<>();
    private long settled;
  }

  /** What was done, such as {@code enter a}, in order. */
  List<String> effects() {
    lock.lock();
    try {
      return List.copyOf(effects);
    } finally {
      lock.unlock();
    }
  }

  /** How many replies are kept because nobody has said that they are settled. */
  int replies() {
    lock.lock();
    try {
      return sessions.values().stream().mapToInt(session -> session.replies.size()).sum();
    } finally {
      lock.unlock();
    }
  }

  /** From now on somebody waits behind each ticket, as whoever attaches is told. */
  void recallAll() {
    lock.lock();
    try {
      recalling = true;
    } finally {
      lock.unlock();
    }
  }

  private Held standing(Held ticket) {
    return ticket.toBuilder().setRecalled(recalling).build();
  }

  void killAll() {
    lock.lock();
    try {
      sessions.clear();
    } finally {
      lock.unlock();
    }
  }

  /** From now on it says that it takes messages with more. */
  void takePacks() {
    packs = true;
  }

  Reply apply(ByteString secret, ClientMessage message) {
    lock.lock();
    try {
      if (message.hasOpen()) {
        if (sessions.putIfAbsent(secret, new Session()) == null) {
          effects.add("open");
        }
        return reply(message).setAlive(Alive.newBuilder().setPacks(packs)).build();
      }
      Session session = sessions.get(secret);
      if (session == null) {
        return failure(message, Failure.Kind.SESSION_DEAD, "there is no such session");
      }
      session.settled = Math.max(session.settled, message.getSettled());
      session.replies.headMap(session.settled).clear();
      return of(session, secret, message);
    } finally {
      lock.unlock();
    }
  }

  private Reply of(Session session, ByteString secret, ClientMessage message) {
    return switch (message.getMessageCase()) {
      case ATTACH ->
          reply(message)
              .setAlive(
                  Alive.newBuilder()
                      .setPacks(packs)
                      .addAllTickets(
                          session.tickets.values().stream().map(this::standing).toList()))
              .build();
      case BEAT -> reply(message).setAlive(Alive.newBuilder().setPacks(packs)).build();
      case END -> {
        effects.add("end");
        yield reply(message).setFound(sessions.remove(secret) != null).build();
      }
      default -> once(session, message);
    };
  }

  private Reply once(Session session, ClientMessage message) {
    if (message.getSequence() < session.settled) {
      return failure(message, Failure.Kind.REFUSED, "settled");
    }
    Reply known = session.replies.get(message.getSequence());
    if (known == null) {
      known = effect(session, message);
      session.replies.put(message.getSequence(), known);
    }
    return known;
  }

  private Reply effect(Session session, ClientMessage message) {
    switch (message.getMessageCase()) {
      case ENTER -> {
        effects.add("enter " + message.getEnter().getName().toStringUtf8());
        Held ticket =
            Held.newBuilder()
                .setName(message.getEnter().getName())
                .setRequest(message.getEnter().getRequest())
                .setNumber(++number)
                .setGranted(true)
                .build();
        session.tickets.put(ticket.getRequest(), ticket);
        return granted(message, ticket);
      }
      case LEAVE -> {
        effects.add("leave " + message.getLeave().getName().toStringUtf8());
        Held gone = session.tickets.remove(message.getLeave().getRequest());
        return reply(message).setFound(gone != null).build();
      }
      case CHECK -> {
        return granted(message, session.tickets.get(message.getCheck().getRequest()));
      }
      default -> throw new IllegalArgumentException(message.toString());
    }
  }

  private static Reply granted(ClientMessage message, @Nullable Held ticket) {
    TicketState.Builder state = TicketState.newBuilder();
    if (ticket == null) {
      state.getGoneBuilder();
    } else {
      state.setGranted(Granted.newBuilder().setNumber(ticket.getNumber()));
    }
    return reply(message).setTicket(state).build();
  }

  static Reply.Builder reply(ClientMessage message) {
    return Reply.newBuilder().setSequence(message.getSequence());
  }

  static Reply failure(ClientMessage message, Failure.Kind kind, String text) {
    return reply(message).setFailure(Failure.newBuilder().setKind(kind).setMessage(text)).build();
  }
}
