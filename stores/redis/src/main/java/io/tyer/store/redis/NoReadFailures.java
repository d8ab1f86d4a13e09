package io.tyer.store.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Closes a connection that breaks while it is read from. The client library would fail the oldest
 * request by the very exception with which it fails one that could not be written; so what fails by
 * an {@link IOException} has not been sent.
 */
final class NoReadFailures extends ChannelInboundHandlerAdapter {

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      var unused = context.close();
    } else {
      context.fireExceptionCaught(cause);
    }
  }
}
