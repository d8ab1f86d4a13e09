package io.tyer.example.transfers;

import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.frame.Parent;
import io.tyer.example.transfers.Transfer.State;
import io.tyer.example.transfers.Transfers.Step;
import io.tyer.fence.StaleTokenException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A process that transfers. On its standard input it is told the lock store, both databases, and
 * what to do: {@code crowd N} transfers, {@code halt STEP} dies there, {@code pause STEP} says so
 * and waits for a line. On its standard output it says what came of it.
 */
public final class Teller {

  /** How long locks are waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  static final String PAUSED = "paused";

  private static final int THREADS = 3;
  private static final int TRIES = 5;

  private Teller() {}

  /** Does what it is told, once. */
  public static void main(String[] args) throws SQLException, InterruptedException {
    Parent parent = new Parent();
    Duration ttl = Duration.ofSeconds(1);
    try (Tyer tyer = Tyer.builder(parent.hear()).ttl(ttl).open()) {
      Map<String, Bank> banks = HostedBanks.open(parent);
      List<String> command = List.of(parent.hear().split(" ", -1));
      String argument = command.get(1);
      switch (command.get(0)) {
        case "crowd" -> crowd(transfers(tyer, banks, step -> {}), Integer.parseInt(argument));
        case "halt" -> {
          Step last = Step.valueOf(argument);
          State unused =
              transfers(tyer, banks, step -> haltAt(last, step)).transfer(struck("halt", last));
        }
        case "pause" -> {
          Step where = Step.valueOf(argument);
          Transfers transfers = transfers(tyer, banks, step -> pauseAt(where, step, parent));
          try {
            parent.say(transfers.transfer(struck("pause", where)).toString());
          } catch (StaleTokenException | LeaseLostException | OutcomeUnknownException e) {
            parent.say("refused: " + e.getMessage());
          }
        }
        default -> throw new IllegalArgumentException("crowd, halt or pause, not " + command);
      }
    }
  }

  /** Starts one, which does this. */
  static ChildProcess start(String store, HostedBanks banks, String command) throws IOException {
    return ChildProcess.start(Teller.class, store, banks.northUrl(), banks.southUrl(), command);
  }

  /** The transfer that is killed or paused at this step. */
  static Transfer struck(String how, Step step) {
    List<Account> accounts = HostedBanks.ACCOUNTS;
    return new Transfer(how + "-" + step, accounts.get(0), accounts.get(3), 10);
  }

  private static Transfers transfers(Tyer tyer, Map<String, Bank> banks, Consumer<Step> steps) {
    return new Transfers(tyer, banks, PATIENCE, steps);
  }

  private static void haltAt(Step last, Step step) {
    if (step == last) {
      Parent.halt();
    }
  }

  private static void pauseAt(Step where, Step step, Parent parent) {
    if (step == where) {
      parent.say(PAUSED);
      String unused = parent.hear();
    }
  }

  /** So many transfers of any amount between any two accounts, by several threads at once. */
  static void crowd(Transfers transfers, int count) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<State>> all =
        IntStream.range(0, count)
            .mapToObj(unused -> threads.submit(() -> settled(transfers, any())))
            .toList();
    threads.shutdown();
    for (Future<State> one : all) {
      try {
        State unused = one.get();
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IllegalStateException("a transfer has failed for good", e.getCause());
      }
    }
  }

  /** As a caller does it who wants to know: what may or may not have been done is done again. */
  private static State settled(Transfers transfers, Transfer transfer)
      throws SQLException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return transfers.transfer(transfer);
      } catch (LeaseLostException
          | StaleTokenException
          | OutcomeUnknownException
          | StoreUnreachableException
          | SQLException e) {
        if (tries == TRIES) {
          throw e; // whatever was begun is in the journal
        }
      }
    }
  }

  private static Transfer any() {
    Random random = new Random();
    List<Account> accounts = HostedBanks.ACCOUNTS;
    int from = random.nextInt(accounts.size());
    int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
    return new Transfer(
        UUID.randomUUID().toString(),
        accounts.get(from),
        accounts.get(to),
        1 + random.nextInt(400));
  }
}
