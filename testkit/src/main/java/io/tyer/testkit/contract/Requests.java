package io.tyer.testkit.contract;

import io.tyer.line.LockName;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Opens a seat's store, and notes in which order its sessions ask for what. */
final class Requests implements LineStoreProvider {

  private final Seat seat;
  private final List<String> made = new CopyOnWriteArrayList<>();
  private volatile boolean blocking;

  Requests(Seat seat) {
    this.seat = seat;
  }

  /** The locks that were entered, or left, so far. */
  List<String> of(String kind) {
    return made.stream()
        .filter(one -> one.startsWith(kind + " "))
        .map(one -> one.substring(kind.length() + 1))
        .toList();
  }

  /** Whether requests that nobody waits for are made by several threads, in no order. */
  boolean blocking() {
    return blocking;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("noted");
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) throws StoreException {
    LineStore real = seat.lineStore(settings);
    blocking = real.traits().blocking();
    return proxy(
        LineStore.class,
        real,
        (method, arguments) -> {
          if (method.getName().equals("open")) {
            arguments[2] = noting(sessions(arguments[2]));
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Reply<StoreSession> sessions(Object reply) {
    return (Reply<StoreSession>) reply;
  }

  private Reply<StoreSession> noting(Reply<StoreSession> reply) {
    return new Reply<>() {
      @Override
      public void done(StoreSession session) {
        reply.done(
            proxy(StoreSession.class, session, (method, arguments) -> note(method, arguments)));
      }

      @Override
      public void failed(StoreException failure) {
        reply.failed(failure);
      }
    };
  }

  private void note(Method method, Object[] arguments) {
    if (arguments.length > 0 && arguments[0] instanceof LockName name) {
      String kind = method.getName().startsWith("leave") ? "leave" : method.getName();
      made.add(kind + " " + name.text());
    }
  }

  /** Before a request is passed on. */
  private interface Before {
    void call(Method method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, T real, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, given) -> passOn(real, method, given, before)));
  }

  private static @Nullable Object passOn(
      Object real, Method method, Object @Nullable [] given, Before before) throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    before.call(method, arguments);
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
