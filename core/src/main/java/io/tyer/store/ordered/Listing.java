package io.tyer.store.ordered;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.spi.LineView;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Shows the lines of a store to an operator. */
record Listing(OrderedLines lines) {

  CompletableFuture<List<LineView>> list(String prefix) {
    return Steps.then(
        Steps.then(
            Steps.<List<LockName>>ask(reply -> lines.names(prefix, reply)),
            names -> Steps.each(names, this::view)),
        views ->
            Steps.done(
                views.stream()
                    .filter(view -> !view.tickets().isEmpty())
                    .sorted(Comparator.comparing(LineView::name))
                    .toList()));
  }

  CompletableFuture<LineView> view(LockName name) {
    return Steps.then(
        new Reading(lines).whole(name, false),
        line -> {
          List<Row> rows = line.rows();
          List<Ticket> tickets = rows.stream().map(row -> row.ticket(row.numberOr(1))).toList();
          return Steps.done(new LineView(name, tickets, line.granted()));
        });
  }
}
