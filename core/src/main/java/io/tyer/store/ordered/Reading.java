package io.tyer.store.ordered;

import io.tyer.line.LockName;
import io.tyer.spi.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads lines with all that their nodes say, for operators. */
record Reading(OrderedLines lines) {

  /** A line of which every node was looked at. */
  CompletableFuture<NodeLine> whole(LockName name, boolean fresh) {
    return Steps.then(
        Steps.<LineNodes>ask(reply -> lines.read(name, fresh, reply)),
        nodes -> whole(name, NodeLine.of(name, nodes)));
  }

  private CompletableFuture<NodeLine> whole(LockName name, NodeLine line) throws StoreException {
    List<Row> unread = line.rows().stream().filter(row -> row.body() == null).toList();
    return Steps.then(
        Steps.each(unread, row -> look(name, row)), seen -> Steps.done(line.looked(unread, seen)));
  }

  /** One node of a line. */
  CompletableFuture<Optional<NodeBody>> look(LockName name, Row row) {
    return Steps.ask(reply -> lines.look(name, row.node(), reply));
  }
}
