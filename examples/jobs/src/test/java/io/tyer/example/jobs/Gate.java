package io.tyer.example.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds a worker up in its job until it may go on. */
final class Gate implements Worker.Handler {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  @Override
  public String handle(Job job, Configuration configuration) throws InterruptedException {
    reached.countDown();
    assertThat(opened.await(60, TimeUnit.SECONDS)).isTrue();
    return configuration.sender();
  }

  void awaitReached() throws InterruptedException {
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
  }

  void open() {
    opened.countDown();
  }
}
