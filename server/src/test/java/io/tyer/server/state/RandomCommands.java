package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Grant;
import io.tyer.server.access.Quotas;
import io.tyer.server.access.Right;
import io.tyer.server.access.SecretHash;
import io.tyer.server.access.TokenId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Commands of a few sessions on a few lines: ones that are repeated, come late or in another order,
 * and ones that no right client would send.
 */
final class RandomCommands {

  private static final LockName[] NAMES = {LockName.of("ab"), LockName.of("\u00e9")};
  private static final Right[] RIGHTS = {Right.ACQUIRE, Right.READ, Right.FORCE};
  private static final int SLOTS = 5;

  private final Random random;
  private final int[] lives = new int[SLOTS];
  private final Map<SessionId, Long> sequences = new HashMap<>();
  private final Command[] sent = new Command[24];
  private final Predicate<SessionId> alive;
  private final boolean withTokens;
  private int count;

  /** The token that was made last. */
  private @Nullable AccessToken last;

  /**
   * Draws commands.
   *
   * @param alive which sessions live, so that those that have ended are followed by others
   */
  RandomCommands(Random random, Predicate<SessionId> alive) {
    this.random = random;
    this.alive = alive;
    this.withTokens = random.nextInt(3) > 0;
  }

  Command next() {
    if (count > 0 && random.nextInt(8) == 0) {
      return sent[random.nextInt(Math.min(count, sent.length))];
    }
    Command command = fresh();
    sent[count++ % sent.length] = command;
    return command;
  }

  private SessionId session() {
    int slot = random.nextInt(SLOTS);
    return new SessionId(slot, lives[slot]);
  }

  private Command fresh() {
    if (withTokens && random.nextInt(14) == 0) {
      return ofTokens();
    }
    LockName name = NAMES[random.nextInt(NAMES.length)];
    SessionId session = session();
    int kind = random.nextInt(100);
    if (kind < 14) {
      int slot = (int) session.high();
      lives[slot] += random.nextInt(10) < (alive.test(session) ? 1 : 8) ? 1 : 0;
      return new Command.Open(new SessionId(slot, lives[slot]), ttl(), "owner " + slot, by());
    }
    if (kind < 30) {
      return new Command.Beat(session);
    }
    if (kind < 34) {
      return new Command.Attach(session, by());
    }
    if (kind < 60) {
      return new Command.Enter(place(session), name, ask(session), random.nextInt(4) == 0);
    }
    if (kind < 78) {
      return new Command.Leave(session, place(session), name, request(session), number());
    }
    if (kind < 84) {
      int weight = random.nextInt(4);
      int capacity = random.nextInt(4) == 0 ? Ask.UNBOUNDED : random.nextInt(6);
      return new Command.Weaken(
          session, place(session), name, request(session), number(), weight, capacity);
    }
    if (kind < 92) {
      return new Command.Check(session, name, request(session), number());
    }
    if (kind < 93) {
      return new Command.End(session);
    }
    if (kind < 95) {
      OptionalLong number =
          random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(1 + random.nextInt(100));
      return new Command.Revoke(name, number, random.nextBoolean(), by());
    }
    if (kind < 98) {
      String[] texts = {"", "a", "ab", "b", "\u00e9"};
      return new Command.List(
          texts[random.nextInt(5)], texts[random.nextInt(5)], random.nextInt(4), by());
    }
    int other = random.nextInt(4);
    if (other == 0) {
      return new Command.Adopt(3);
    }
    return other == 1 ? new Command.RaiseNumbers(random.nextInt(150)) : new Command.Tick();
  }

  private TokenId by() {
    return new TokenId(withTokens ? random.nextInt(5) : 0);
  }

  private Command ofTokens() {
    TokenId id = new TokenId(1 + random.nextInt(4));
    // Mostly of the operator: somebody has to make them.
    TokenId by = random.nextInt(4) == 0 ? by() : TokenId.NONE;
    int kind = random.nextInt(10);
    if (kind < 5) {
      // At times as one that was made before.
      AccessToken made = kind == 0 && last != null ? again(last) : token(id);
      last = made;
      return new Command.CreateToken(made, by);
    }
    return kind < 7
        ? new Command.RevokeToken(id, by)
        : new Command.ListTokens(new TokenId(random.nextInt(5)), random.nextInt(4), by);
  }

  /** The same request, perhaps at another time. */
  private AccessToken again(AccessToken token) {
    long later = random.nextInt(3);
    return new AccessToken(
        token.id(),
        token.hash(),
        token.label(),
        token.grants(),
        token.quotas(),
        token.createdMillis() + later,
        token.expiresMillis() == 0 ? 0 : token.expiresMillis() + later);
  }

  private AccessToken token(TokenId id) {
    String[] prefixes = {"", "a", "ab", "abc", "\u00e9"};
    List<Grant> grants = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String prefix = prefixes[random.nextInt(prefixes.length)];
      Set<Right> rights = EnumSet.of(RIGHTS[random.nextInt(RIGHTS.length)]);
      if (random.nextBoolean()) {
        rights.add(Right.ACQUIRE);
      }
      if (prefix.isEmpty() && random.nextInt(3) == 0) {
        rights.add(Right.ADMIN);
      }
      if (prefix.isEmpty() && random.nextInt(3) == 0) {
        rights.add(Right.METRICS);
      }
      grants.add(new Grant(prefix, rights));
    }
    boolean narrow = random.nextBoolean();
    Quotas quotas = narrow ? new Quotas(quota(), quota(), quota(), quota(), bytes()) : Quotas.NONE;
    // The wall clock of entries is somewhere in the first second.
    long expires = random.nextInt(3) == 0 ? 1 + random.nextInt(1_000) : 0;
    SecretHash hash = new SecretHash(random.nextLong(), 2, 3, random.nextLong());
    return new AccessToken(id, hash, "label", grants, quotas, random.nextInt(9), expires);
  }

  /** Of names with 2 bytes, owners of tickets with 1 or 2 and of sessions with 7. */
  private long bytes() {
    return random.nextInt(3) == 0 ? 5 + random.nextInt(30) : 0;
  }

  private int quota() {
    return random.nextInt(4);
  }

  private long ttl() {
    return random.nextInt(12) == 0 ? random.nextInt(1_000) : 1_000 + random.nextInt(5_000);
  }

  private Command.Place place(SessionId session) {
    int kind = random.nextInt(40);
    if (kind == 0) {
      return new Command.Place(random.nextInt(5) - 2, random.nextInt(5) - 2);
    }
    long sequence = sequences.merge(session, 1L, Long::sum);
    if (kind < 4) {
      sequence = Math.max(1, sequence - random.nextInt(4));
    }
    long settled = Math.max(0, sequence - random.nextInt(6));
    return new Command.Place(sequence, random.nextInt(3) == 0 ? settled : 0);
  }

  private RequestId request(SessionId session) {
    // Now and then one that another session has.
    long owner = random.nextInt(20) == 0 ? random.nextInt(SLOTS) : session.high();
    return new RequestId(owner, random.nextInt(3));
  }

  private Ask ask(SessionId session) {
    RequestId request = request(session);
    boolean recallable = random.nextInt(2) == 0;
    if (random.nextBoolean()) {
      return Ask.exclusive(session, request, random.nextBoolean() ? "t" : "\u00e9", recallable);
    }
    boolean bounded = random.nextInt(3) > 0;
    int capacity = bounded ? 1 + random.nextInt(5) : Ask.UNBOUNDED;
    int weight = bounded ? 1 + random.nextInt(capacity) : 1;
    return Ask.shared(session, request, "t", weight, capacity, recallable);
  }

  private long number() {
    return random.nextInt(10) == 0 ? 1 + random.nextInt(100) : 0;
  }
}
