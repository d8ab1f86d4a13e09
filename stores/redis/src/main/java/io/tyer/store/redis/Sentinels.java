package io.tyer.store.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks one sentinel after the other where the master is. */
final class Sentinels {

  private final Wiring wiring;
  private final List<HostPort> sentinels;
  private volatile int first;

  Sentinels(Wiring wiring) {
    this.wiring = wiring;
    this.sentinels = wiring.address().servers();
  }

  /** Where the master is, and which epoch that is, by the first sentinel that answers. */
  CompletionStage<Master> master() {
    CompletableFuture<Master> found = new CompletableFuture<>();
    ask(0, found, null);
    return found;
  }

  private void ask(int tried, CompletableFuture<Master> found, @Nullable Throwable before) {
    if (tried == sentinels.size()) {
      found.completeExceptionally(
          Failures.unreachable(
              "the master " + wiring.address().master(), "no sentinel names it", before));
      return;
    }
    int number = (first + tried) % sentinels.size();
    HostPort sentinel = sentinels.get(number);
    var unused =
        wiring
            // As to any server: the library's own way warns of each attempt that fails.
            .connect(client -> client.connectAsync(StringCodec.UTF8, wiring.sentinelUri(sentinel)))
            .thenCompose(this::masterBy)
            .whenComplete(
                (master, failure) -> {
                  if (failure != null) {
                    ask(tried + 1, found, failure);
                  } else {
                    first = number;
                    found.complete(master);
                  }
                });
  }

  /** Where the master is by this sentinel, whose connection is closed then. */
  CompletionStage<Master> masterBy(StatefulRedisConnection<String, String> sentinel) {
    CompletableFuture<Master> answer = new CompletableFuture<>();
    var limit =
        wiring
            .surroundings()
            .schedule(
                wiring.connectTimeout().dividedBy(2).toNanos(),
                () ->
                    answer.completeExceptionally(
                        Failures.unreachable("a sentinel", "it does not answer", null)));
    var unused =
        ask(sentinel, "GET-MASTER-ADDR-BY-NAME")
            .thenCombine(ask(sentinel, "MASTER"), Sentinels::read)
            .whenComplete((where, failure) -> answered(where, failure, answer));
    return answer.whenComplete(
        (where, failure) -> {
          limit.cancel();
          wiring.close(sentinel);
        });
  }

  private CompletionStage<List<String>> ask(
      StatefulRedisConnection<String, String> sentinel, String what) {
    CommandArgs<String, String> args =
        new CommandArgs<>(StringCodec.UTF8).add(what).add(wiring.address().master());
    AsyncCommand<String, String, List<String>> question =
        new AsyncCommand<>(
            new Command<>(CommandType.SENTINEL, new ValueListOutput<>(StringCodec.UTF8), args));
    var unused = sentinel.dispatch(question);
    return question;
  }

  /**
   * The epoch is asked for last: it may be newer than the address, which does no harm.
   *
   * @param address host and port; empty for an unknown name
   * @param facts names, each followed by its value
   */
  private static @Nullable Master read(@Nullable List<String> address, List<String> facts) {
    if (address == null || address.size() != 2) {
      return null;
    }
    int at = facts.indexOf("config-epoch");
    return new Master(
        new HostPort(address.get(0), Integer.parseInt(address.get(1))),
        at < 0 ? 0 : Long.parseLong(facts.get(at + 1)));
  }

  private void answered(
      @Nullable Master where, @Nullable Throwable failure, CompletableFuture<Master> answer) {
    if (where != null) {
      answer.complete(where);
    } else if (failure != null && !isUnknownName(failure)) {
      answer.completeExceptionally(failure);
    } else {
      answer.completeExceptionally(
          new StoreException(
              StoreException.Kind.UNREACHABLE,
              "the sentinels know no master called "
                  + wiring.address().master()
                  + ": name it with ?master="));
    }
  }

  /** What the facts of an unknown name are answered with. */
  private static boolean isUnknownName(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RedisCommandExecutionException
        && String.valueOf(cause.getMessage()).contains("No such master");
  }
}
