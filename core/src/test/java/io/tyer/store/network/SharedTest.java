package io.tyer.store.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedTest {

  @Test
  void theLastUserEndsItAndTheNextOneHasAnother() {
    AtomicInteger made = new AtomicInteger();
    List<Integer> ended = new ArrayList<>();
    Shared<Integer> shared = new Shared<>(made::incrementAndGet, ended::add);
    assertThat(shared.take()).isEqualTo(1);
    assertThat(shared.take()).isEqualTo(1);
    shared.giveBack();
    assertThat(ended).isEmpty();
    shared.giveBack();
    assertThat(ended).containsExactly(1);
    assertThat(shared.take()).isEqualTo(2);
  }
}
