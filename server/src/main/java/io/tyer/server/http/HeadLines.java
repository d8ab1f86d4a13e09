package io.tyer.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Refuses headers that go on in the next line (RFC 9112, 5.2): a proxy in front may read them in
 * another way. Netty's decoder joins such lines, and nobody behind it can tell; so this stands in
 * front of the decoder, makes what begins such a line something that no header may have, and learns
 * from what the decoder puts out where heads begin. For the thread of the connection.
 */
final class HeadLines {

  /** As Vert.x calls it. */
  private static final String DECODER = "httpDecoder";

  private static final long UP_TO_LINE_ENDS = -1;

  private boolean inHead = true;
  private boolean lineBegins = true;
  private boolean lineIsEmpty = true;

  /** Of a body, how many bytes are to come. */
  private long left;

  private HeadLines() {}

  /** Watches over what comes in by a connection. */
  static void watch(ChannelPipeline pipeline) {
    HeadLines lines = new HeadLines();
    pipeline.addBefore(DECODER, "headLines", lines.new Before());
    pipeline.addAfter(DECODER, "headsDecoded", lines.new After());
  }

  /** What comes from the network, piece by piece: none goes from a body into the next head. */
  private final class Before extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!(message instanceof ByteBuf bytes)) {
        context.fireChannelRead(message);
        return;
      }
      try {
        while (bytes.isReadable()) {
          int length = inHead ? headPart(bytes) : bodyPart(bytes);
          context.fireChannelRead(bytes.readRetainedSlice(length));
        }
      } finally {
        bytes.release();
      }
    }
  }

  /** What the decoder has made of it, at once. */
  private final class After extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        inHead = false;
        left =
            HttpUtil.isTransferEncodingChunked(request)
                ? UP_TO_LINE_ENDS
                : HttpUtil.getContentLength(request, 0L);
      }
      if (message instanceof LastHttpContent) {
        inHead = true;
        lineBegins = true;
        lineIsEmpty = true;
      }
      context.fireChannelRead(message);
    }
  }

  /** Up to the empty line that ends a head. */
  private int headPart(ByteBuf bytes) {
    int from = bytes.readerIndex();
    for (int at = from; at < bytes.writerIndex(); at++) {
      byte one = bytes.getByte(at);
      if (one == '\n') {
        boolean ends = lineIsEmpty;
        lineBegins = true;
        lineIsEmpty = true;
        if (ends) {
          return at + 1 - from;
        }
      } else {
        if (lineBegins && (one == ' ' || one == '\t')) {
          bytes.setByte(at, 0);
        }
        lineBegins = false;
        lineIsEmpty &= one == '\r';
      }
    }
    return bytes.readableBytes();
  }

  /** A chunked body ends with a line, like each part of it that tells how long the next one is. */
  private int bodyPart(ByteBuf bytes) {
    int readable = bytes.readableBytes();
    if (left == UP_TO_LINE_ENDS) {
      int lineLength = bytes.bytesBefore((byte) '\n') + 1;
      return lineLength == 0 ? readable : lineLength;
    }
    // Where the decoder still waits for its end, what comes is its own to judge.
    int length = left == 0 ? readable : (int) Math.min(left, readable);
    left -= Math.min(left, length);
    return length;
  }
}
