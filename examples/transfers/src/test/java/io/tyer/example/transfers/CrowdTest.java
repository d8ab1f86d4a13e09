package io.tyer.example.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Tyer;
import io.tyer.example.frame.ChildProcess;
import io.tyer.example.transfers.Transfer.State;
import io.tyer.example.transfers.Transfers.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many at once, some of which end anywhere; and processes that are killed. */
@Timeout(180)
class CrowdTest {

  private static final int THREADS = 4;
  private static final int EACH = 40;

  /** Nothing of it goes on, and what was not committed is rolled back. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void oppositeTransfersNeitherWaitInACircleNorLoseMoney() throws Exception {
    try (TwoTellers tellers = new TwoTellers()) {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Tyer tyer = i % 2 == 0 ? tellers.one : tellers.other;
          Random random = new Random(i);
          all.add(threads.submit(() -> someOfWhichEnd(tellers, tyer, random)));
        }
        int ended = 0;
        for (Future<Integer> one : all) {
          ended += one.get(50, TimeUnit.SECONDS);
        }
        assertThat(ended).isBetween(1, THREADS * EACH - 1);
      } finally {
        threads.shutdownNow();
      }
      assertThat(tellers.successor().recover()).isZero();
      tellers.assertNothingIsLost();
      assertThat(Audit.of(tellers.banks).done()).isPositive();
    }
  }

  /** How many have ended half way. */
  private static int someOfWhichEnd(TwoTellers tellers, Tyer tyer, Random random) throws Exception {
    Consumer<Step> steps =
        step -> {
          if (random.nextInt(30) == 0) {
            throw new Ended();
          }
        };
    Transfers transfers = tellers.by(tyer, steps);
    int ended = 0;
    for (int i = 0; i < EACH; i++) {
      boolean there = random.nextBoolean();
      Account from = there ? TwoTellers.ANN : TwoTellers.DOT;
      Account to = there ? TwoTellers.DOT : TwoTellers.ANN;
      try {
        State state = transfers.transfer(TwoTellers.transfer(from, to, 1 + random.nextInt(300)));
        assertThat(state).isNotEqualTo(State.BUSY);
      } catch (Ended e) {
        ended++;
      }
    }
    return ended;
  }

  @ParameterizedTest
  @EnumSource(names = {"SENDING", "SENT", "RECEIVING", "RECEIVED"})
  void aKilledProcessLeavesAllOrNothing(Step last, @TempDir Path directory) throws Exception {
    try (HostedBanks hosted = HostedBanks.start()) {
      String store = "file:" + directory;
      assertThat(killed(hosted, store, last)).isEqualTo(ChildProcess.KILLED);
      Map<String, Bank> banks = hosted.open();
      assertThat(Audit.of(banks).halves()).hasSize(last == Step.SENDING ? 0 : 1);
      try (Tyer tyer = Tyer.open(store)) {
        Transfers transfers = new Transfers(tyer, banks, Teller.PATIENCE, step -> {});
        assertThat(transfers.recover()).isZero();
      }
      Audit audit = Audit.of(banks);
      assertThat(audit.isRight()).as("%s", audit).isTrue();
      assertThat(audit.done()).isEqualTo(last == Step.SENDING ? 0 : 1);
    }
  }

  private static int killed(HostedBanks hosted, String store, Step last)
      throws IOException, InterruptedException {
    try (ChildProcess teller = Teller.start(store, hosted, "halt " + last)) {
      return teller.end();
    }
  }

  @Test
  void theCrowdOfTheDemoEndsWell() throws Exception {
    try (TwoTellers tellers = new TwoTellers()) {
      Teller.crowd(tellers.successor(), 30);
      tellers.assertNothingIsLost();
    }
  }
}
