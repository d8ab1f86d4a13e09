package io.tyer.testkit.contract;

import static io.tyer.testkit.contract.Promise.API;
import static io.tyer.testkit.contract.Promise.S1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who holds a lock keeps others out. */
public abstract class ExclusionContract extends ContractTest {

  @Test
  @Shows(S1)
  void aHeldLockIsBusyForOthersAndForItsOwnClient() throws Exception {
    Tyer one = client();
    Tyer two = client();
    String a = name("a");
    try (Lease lease = one.lock(a).acquire()) {
      assertThat(lease.isValid()).isTrue();
      assertThat(two.lock(a).tryAcquire().asOptional()).isEmpty();
      assertThat(one.lock(a).tryAcquire().asOptional()).isEmpty();
    }
    try (Lease lease = two.lock(a).tryAcquire().orElseThrow()) {
      assertThat(lease.name()).isEqualTo(a);
    }
  }

  @Test
  @Shows(API)
  void differentNamesDoNotDisturbEachOther() throws Exception {
    Tyer one = client();
    Tyer two = client();
    try (Lease a = one.lock(name("a")).acquire();
        Lease b = two.lock(name("b")).tryAcquire().orElseThrow()) {
      assertThat(a.isValid() && b.isValid()).isTrue();
    }
  }

  @Test
  @Shows(S1)
  void threadsOfSeveralClientsNeverOverlap() throws Exception {
    String name = name("counter");
    int[] counter = new int[1]; // guarded by the lock alone
    AtomicInteger inside = new AtomicInteger();
    List<Callers.Calling<Integer>> callings = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      Tyer tyer = client();
      for (int t = 0; t < 3; t++) {
        callings.add(
            call(
                () -> {
                  int most = 0;
                  for (int i = 0; i < 50; i++) {
                    try (Lease lease = tyer.lock(name).acquire()) {
                      most = Math.max(most, inside.incrementAndGet());
                      counter[0] += lease.isValid() ? 1 : 0;
                      Race.dwell(i);
                      inside.decrementAndGet();
                    }
                  }
                  return most;
                }));
      }
    }
    for (Callers.Calling<Integer> calling : callings) {
      assertThat(get(calling.outcome)).isEqualTo(1);
    }
    assertThat(counter[0]).isEqualTo(450);
  }
}
