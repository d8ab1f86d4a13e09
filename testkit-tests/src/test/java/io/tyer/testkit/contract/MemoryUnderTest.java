package io.tyer.testkit.contract;

import io.tyer.line.Line;
import io.tyer.line.LockName;
import io.tyer.store.memory.MemoryStoreProvider;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A memory store; looked into by reflection. */
final class MemoryUnderTest implements StoreUnderTest {

  private final String name = UUID.randomUUID().toString();

  @Override
  public String kind() {
    return "memory";
  }

  @Override
  public Seat seat() {
    return new LocalSeat("memory:" + name, new MemoryStoreProvider());
  }

  @Override
  public Contents look() throws IOException {
    try {
      return lookInside();
    } catch (ReflectiveOperationException e) {
      throw new IOException("the memory store cannot be looked into", e);
    }
  }

  private Contents lookInside() throws ReflectiveOperationException {
    Object store = ((Map<?, ?>) read(MemoryStoreProvider.class, null, "STORES")).get(name);
    SortedMap<String, Integer> tickets = new TreeMap<>();
    if (store == null) {
      return new Contents(tickets, 0);
    }
    for (Object shelf : (Object[]) read(store.getClass(), store, "shelves")) {
      ((Map<?, ?>) read(shelf.getClass(), shelf, "lines"))
          .forEach((key, line) -> tickets.put(((LockName) key).text(), ((Line) line).length()));
    }
    return new Contents(tickets, ((Map<?, ?>) read(store.getClass(), store, "sessions")).size());
  }

  private static Object read(Class<?> type, @Nullable Object from, String field)
      throws ReflectiveOperationException {
    Field found = type.getDeclaredField(field);
    found.setAccessible(true);
    return found.get(from);
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return switch (feature) {
      case RESTART -> Optional.of("a memory store ends with its JVM");
      case REMOVE_LINE -> Optional.of("nobody but its clients reaches into a memory store");
      case WEEK, TELLS, ONE_SESSION, ONE_CONNECTION -> Optional.empty();
    };
  }

  @Override
  public void close() throws IOException {
    try {
      ((Map<?, ?>) read(MemoryStoreProvider.class, null, "STORES")).remove(name);
    } catch (ReflectiveOperationException e) {
      throw new IOException("the memory store cannot be looked into", e);
    }
  }
}
