package io.tyer.testkit.ordered;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.NodeWatch;
import io.tyer.store.ordered.OrderedEvents;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.store.ordered.OrderedMedium;
import io.tyer.store.ordered.OrderedNode;
import io.tyer.store.ordered.OrderedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the author of a medium may get wrong. */
enum Defect {

  /** Who waits is woken by watches alone, and now and then one is not there. */
  WATCHES_NOTHING {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        @Override
        public Cancellable watch(
            LockName line, OrderedNode node, NodeWatch watch, Reply<Optional<NodeBody>> reply) {
          real.look(line, node, reply);
          return () -> {};
        }
      };
    }
  },

  /** A watch does not look whether the node that was listed is still there. */
  WATCHES_WITHOUT_LOOKING {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        @Override
        public Cancellable watch(
            LockName line, OrderedNode node, NodeWatch watch, Reply<Optional<NodeBody>> reply) {
          byte[] note = "tyer-ticket 1 0 - as-listed".getBytes(UTF_8);
          return real.watch(
              line,
              node,
              watch,
              passing(
                  reply, seen -> reply.done(seen.or(() -> Optional.of(new NodeBody(1, 1, note))))));
        }
      };
    }
  },

  /** An append that was not answered is made again by the medium's client. */
  APPENDS_AGAIN {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        @Override
        public void append(
            LockName line,
            String label,
            byte[] content,
            @Nullable LineNodes unchangedSince,
            Reply<Optional<Appended>> reply) {
          real.append(
              line,
              label,
              content,
              unchangedSince,
              new Reply<>() {
                @Override
                public void done(Optional<Appended> appended) {
                  reply.done(appended);
                }

                @Override
                public void failed(StoreException failure) {
                  if (failure.kind() == StoreException.Kind.UNKNOWN) {
                    real.append(line, label, content, unchangedSince, reply);
                  } else {
                    reply.failed(failure);
                  }
                }
              });
        }
      };
    }
  },

  /** The order is that of the nodes' names, not that of their numbers. */
  ORDERS_BY_NAME {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        private LineNodes sorted(LineNodes line) {
          List<OrderedNode> nodes = new ArrayList<>(line.nodes());
          nodes.sort(Comparator.comparing(OrderedNode::key));
          return new LineNodes(nodes, line.revision());
        }

        @Override
        public void read(LockName line, boolean fresh, Reply<LineNodes> reply) {
          real.read(line, fresh, passing(reply, nodes -> reply.done(sorted(nodes))));
        }

        @Override
        public void append(
            LockName line,
            String label,
            byte[] content,
            @Nullable LineNodes unchangedSince,
            Reply<Optional<Appended>> reply) {
          real.append(
              line,
              label,
              content,
              unchangedSince,
              passing(
                  reply,
                  appended ->
                      reply.done(
                          appended.map(
                              own -> new Appended(own.own(), own.body(), sorted(own.line()))))));
        }
      };
    }
  },

  /** A beat is taken to prove more than that the session lived when it came. */
  PROVES_TOO_MUCH {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        @Override
        public void prove(Reply<Moment> reply) {
          Moment left = Moment.now(machine);
          real.prove(passing(reply, before -> reply.done(left)));
        }
      };
    }
  },

  /** A read that must be fresh is answered by what was read before. */
  READS_WHAT_WAS {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        private final Map<LockName, LineNodes> known = new HashMap<>();

        @Override
        public void read(LockName line, boolean fresh, Reply<LineNodes> reply) {
          LineNodes before = known.get(line);
          real.read(
              line,
              fresh,
              passing(
                  reply,
                  now -> {
                    known.put(line, now);
                    reply.done(before == null ? now : before);
                  }));
        }
      };
    }
  },

  /** A changed node is another one, at the end of the line. */
  CHANGES_BY_APPENDING {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        @Override
        public void replace(
            LockName line, OrderedNode node, NodeBody seen, byte[] content, Reply<Boolean> reply) {
          real.append(
              line,
              node.label(),
              content,
              null,
              passing(reply, appended -> real.remove(line, node, reply)));
        }
      };
    }
  },

  /** What is told is lost, and acknowledged. */
  TELLS_NOBODY {
    @Override
    OrderedSession of(OrderedSession real, Surroundings machine) {
      return new PassingSession(real) {
        @Override
        public void tell(SessionId session, byte[] hint, Reply<Boolean> reply) {
          reply.done(true);
        }
      };
    }
  };

  /** The same session with this defect. */
  abstract OrderedSession of(OrderedSession real, Surroundings machine);

  private static <T, R> Reply<T> passing(Reply<R> failures, Consumer<T> done) {
    return new Reply<>() {
      @Override
      public void done(T value) {
        done.accept(value);
      }

      @Override
      public void failed(StoreException failure) {
        failures.failed(failure);
      }
    };
  }

  /** A medium of which the sessions have this defect. */
  OrderedMedium of(OrderedMedium real, Surroundings machine) {
    return new OrderedMedium() {
      @Override
      public String description() {
        return real.description();
      }

      @Override
      public void open(
          SessionId id,
          Duration ttl,
          String owner,
          OrderedEvents events,
          Reply<OrderedSession> reply) {
        real.open(
            id, ttl, owner, events, passing(reply, session -> reply.done(of(session, machine))));
      }

      @Override
      public OrderedLines lines() {
        return real.lines();
      }

      @Override
      public void close() {
        real.close();
      }
    };
  }
}
