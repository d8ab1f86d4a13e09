package io.tyer.store.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.function.Predicate;

/**
 * Sends what nobody waits for together with what has been asked for meanwhile: in one system call,
 * and one turn of the server, instead of two. All on the connection's thread.
 */
final class LaterFlushes extends ChannelOutboundHandlerAdapter {

  private final Predicate<Object> mayWait;

  /** Whether something was written since the last flush that must not wait. */
  private boolean urgent;

  private boolean later;

  LaterFlushes(Predicate<Object> mayWait) {
    this.mayWait = mayWait;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    urgent |= !mayWait.test(message);
    var unused = context.write(message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    if (urgent) {
      urgent = false;
      context.flush();
    } else if (!later) {
      later = true;
      // Behind what other threads have asked this one to write by then.
      context
          .executor()
          .execute(
              () -> {
                later = false;
                urgent = false;
                context.flush();
              });
    }
  }
}
