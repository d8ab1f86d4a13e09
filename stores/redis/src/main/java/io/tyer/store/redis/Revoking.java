package io.tyer.store.redis;

import static io.tyer.store.redis.Keys.bytes;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Force: finds the tickets concerned, then marks or removes each by a script of its own. */
final class Revoking {

  private Revoking() {}

  static void start(
      Shard shard, LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    shard.read(
        shard.keys().line(name),
        List.of("ZRANGE", "0", "-1", "WITHSCORES"),
        members -> {
          List<Concerned> concerned;
          try {
            concerned = concerned(members, number);
          } catch (StoreException e) {
            reply.failed(e);
            return;
          }
          revoke(shard, name, concerned, now, reply);
        },
        reply::failed);
  }

  private record Concerned(Ticket ticket, String who) {}

  private static List<Concerned> concerned(List<?> members, OptionalLong number)
      throws StoreException {
    List<Ticket> tickets = Answers.tickets(members, 0);
    List<String> whos = new ArrayList<>();
    for (int i = 0; i + 1 < members.size(); i += 2) {
      if (!Answers.text(members.get(i + 1)).equals("0")) {
        whos.add(Answers.text(members.get(i)).split(" ", 3)[1]);
      }
    }
    List<Boolean> granted = Listing.granted(tickets);
    List<Concerned> concerned = new ArrayList<>();
    for (int i = 0; i < tickets.size(); i++) {
      boolean chosen =
          number.isPresent() ? tickets.get(i).number() == number.getAsLong() : granted.get(i);
      if (chosen) {
        concerned.add(new Concerned(tickets.get(i), whos.get(i)));
      }
    }
    return concerned;
  }

  private static void revoke(
      Shard shard, LockName name, List<Concerned> concerned, boolean now, Reply<Integer> reply) {
    AtomicInteger left = new AtomicInteger(concerned.size() + 1);
    AtomicInteger count = new AtomicInteger();
    AtomicReference<@Nullable StoreException> failed = new AtomicReference<>();
    Runnable done =
        () -> {
          if (left.decrementAndGet() == 0) {
            StoreException failure = failed.get();
            if (failure == null) {
              reply.done(count.get());
            } else {
              reply.failed(failure);
            }
          }
        };
    for (Concerned one : concerned) {
      shard.run(
          Script.REVOKE,
          List.of(
              shard.keys().sessions(), shard.keys().session(one.who()), shard.keys().line(name)),
          List.of(
              bytes(one.who()),
              bytes(Long.toString(one.ticket().number())),
              bytes(now ? "1" : "0")),
          answer -> {
            if (answer.equals(1L)) {
              count.incrementAndGet();
            }
            done.run();
          },
          failure -> {
            failed.compareAndSet(null, failure);
            done.run();
          });
    }
    done.run();
  }
}
