package io.tyer.testkit.contract;

import io.tyer.line.LockName;
import io.tyer.store.memory.MemoryStoreProvider;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  public Contents look(Collection<String> names) throws ReflectiveOperationException {
    Object store = ((Map<?, ?>) read(MemoryStoreProvider.class, null, "STORES")).get(name);
    if (store == null) {
      return new Contents(Set.of(), 0, List.of());
    }
    Set<String> kept = new LinkedHashSet<>();
    for (Object shelf : (Object[]) read(store.getClass(), store, "shelves")) {
      for (Object line : ((Map<?, ?>) read(shelf.getClass(), shelf, "lines")).keySet()) {
        kept.add(((LockName) line).text());
      }
    }
    List<String> others = new ArrayList<>(kept);
    others.removeAll(names);
    kept.retainAll(names);
    int sessions = ((Map<?, ?>) read(store.getClass(), store, "sessions")).size();
    return new Contents(kept, sessions, others);
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
      case TELLS -> Optional.empty();
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
