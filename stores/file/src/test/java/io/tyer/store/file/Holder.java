package io.tyer.store.file;

import io.tyer.Lease;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A process that does to locks what it is told, one line each: {@code open}, {@code try NAME},
 * {@code acquire NAME}, {@code release NAME}, {@code valid NAME}, {@code close}. Answers a line: a
 * token, {@code busy}, or the exception.
 *
 * <p>Arguments: directory, TTL in milliseconds.
 */
final class Holder {

  /** Begins the lines that answer, and not those of the log. */
  static final String ANSWER = "> ";

  private final Path directory;
  private final Duration ttl;
  private final Map<String, Lease> leases = new HashMap<>();
  private @Nullable Tyer opened;

  private Holder(Path directory, Duration ttl) {
    this.directory = directory;
    this.ttl = ttl;
  }

  public static void main(String[] args) throws Exception {
    Holder holder = new Holder(Path.of(args[0]), Duration.ofMillis(Long.parseLong(args[1])));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      String answer;
      try {
        answer = holder.does(words[0], words[words.length - 1]);
      } catch (TyerException e) {
        answer = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
      System.out.println(ANSWER + answer);
    }
  }

  private String does(String verb, String name) throws InterruptedException {
    switch (verb) {
      case "open" -> {
        opened = Clients.open(directory, ttl);
        return "open";
      }
      case "try" -> {
        OptionalLease lease = tyer().lock(name).tryAcquire();
        return lease.isEmpty() ? "busy" : keep(lease.get());
      }
      case "acquire" -> {
        return keep(tyer().lock(name).acquire());
      }
      case "valid" -> {
        return Boolean.toString(Objects.requireNonNull(leases.get(name)).isValid());
      }
      case "release" -> {
        Objects.requireNonNull(leases.remove(name)).close();
        return "released";
      }
      case "close" -> {
        tyer().close();
        return "closed";
      }
      default -> throw new IllegalArgumentException(verb);
    }
  }

  private Tyer tyer() {
    return Objects.requireNonNull(opened);
  }

  private String keep(Lease lease) {
    leases.put(lease.name(), lease);
    return Long.toString(lease.token());
  }
}
