package io.tyer.store.remote;

import com.google.protobuf.ByteString;
import io.tyer.line.LockName;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;

/** All lines with a prefix, page by page, or the first page alone. */
final class Listing implements Reply<ListReply> {

  private final Links links;
  private final ByteString prefix;
  private final boolean all;
  private final Reply<List<LineView>> reply;
  private final List<LineView> lines = new ArrayList<>();

  private Listing(Links links, String prefix, boolean all, Reply<List<LineView>> reply) {
    this.links = links;
    this.all = all;
    this.prefix = ByteString.copyFromUtf8(prefix);
    this.reply = reply;
  }

  static void all(Links links, String prefix, Reply<List<LineView>> reply) {
    new Listing(links, prefix, true, reply).ask(ByteString.EMPTY);
  }

  /** One line, empty if there is none. It comes first of those whose names begin with its own. */
  static void one(Links links, LockName name, Reply<LineView> reply) {
    Reply<List<LineView>> first =
        new Reply<>() {
          @Override
          public void done(List<LineView> lines) {
            boolean there = !lines.isEmpty() && lines.get(0).name().equals(name);
            reply.done(there ? lines.get(0) : new LineView(name, List.of(), List.of()));
          }

          @Override
          public void failed(StoreException failure) {
            reply.failed(failure);
          }
        };
    new Listing(links, name.text(), false, first).ask(ByteString.EMPTY);
  }

  private void ask(ByteString after) {
    ListRequest request = ListRequest.newBuilder().setPrefix(prefix).setAfter(after).build();
    new LeaderCall<>(links, LocksGrpc.getListMethod(), request, true, this).start();
  }

  @Override
  public void done(ListReply page) {
    try {
      page.getLinesList().forEach(line -> lines.add(Messages.line(line)));
    } catch (IllegalArgumentException e) {
      reply.failed(
          new StoreException(
              Kind.REFUSED,
              links.address() + " lists what this version cannot read: " + e.getMessage(),
              e));
      return;
    }
    if (all && page.getMore() && page.getLinesCount() > 0) {
      ask(page.getLines(page.getLinesCount() - 1).getName());
    } else {
      reply.done(List.copyOf(lines));
    }
  }

  @Override
  public void failed(StoreException failure) {
    reply.failed(failure);
  }
}
