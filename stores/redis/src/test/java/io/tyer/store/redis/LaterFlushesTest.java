package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaterFlushesTest {

  /** How many messages had been written at each flush. */
  private final List<Integer> flushes = new ArrayList<>();

  private int written;

  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext context) {
              flushes.add(written);
              context.flush();
            }
          },
          new LaterFlushes("later"::equals));

  private void send(String message) {
    written++;
    var unused = channel.pipeline().writeAndFlush(message);
  }

  @AfterEach
  void allHasLeft() {
    channel.runPendingTasks();
    assertThat(channel.outboundMessages()).hasSize(written);
    assertThat(channel.finishAndReleaseAll()).isEqualTo(written > 0);
  }

  @Test
  void whatIsWaitedForLeavesAtOnce() {
    send("now");
    send("now");
    assertThat(flushes).containsExactly(1, 2);
  }

  @Test
  void whatMayWaitLeavesWithTheNext() {
    send("later");
    assertThat(flushes).isEmpty();
    send("now");
    assertThat(flushes).containsExactly(2);
  }

  @Test
  void whatMayWaitIsWrittenWithWhatOthersHaveAskedForByThen() {
    channel.eventLoop().execute(() -> send("later"));
    channel.eventLoop().execute(() -> send("later"));
    channel.eventLoop().execute(() -> send("now"));
    channel.runPendingTasks();
    assertThat(flushes).first().isEqualTo(3);
  }

  @Test
  void eachThatMayWaitIsFlushedThough() {
    for (int i = 1; i <= 3; i++) {
      send("later");
      channel.runPendingTasks();
      assertThat(flushes).last().isEqualTo(i);
    }
  }
}
