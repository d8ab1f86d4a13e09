package io.tyer.engine;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes the requests to the store that a name's rules ask for; their outcomes are events. */
final class NameRequests {

  /** The name that asks, and is told what came of it. */
  interface Asker {
    LockName name();

    void on(Event event, Chain chain);
  }

  private final StorePort port;
  private final EntersInFlight enters;

  NameRequests(StorePort port, EntersInFlight enters) {
    this.port = port;
    this.enters = enters;
  }

  private static StoreSession store(OpenSession session) {
    return ((LiveSession) session).store();
  }

  void enter(Effect.Enter enter, Asker asker, Chain chain) {
    Call<TicketState> call = entering(enter, asker, chain);
    StoreSession store = store(enter.session());
    call.send(() -> store.enter(asker.name(), enter.ask(), enter.onlyIfFree(), call));
  }

  private Call<TicketState> entering(Effect.Enter enter, Asker asker, Chain chain) {
    OpenSession session = enter.session();
    RequestId ticket = enter.ask().request();
    AtomicBoolean known = new AtomicBoolean();
    return new Call<>(port, "enter", chain) {
      @Override
      void answered(TicketState state, Chain then) {
        asker.on(new Event.Entered(session, ticket, state), then);
        enters.finished(known);
      }

      @Override
      void failedWith(StoreException failure, Chain then) {
        asker.on(new Event.EnterFailed(ticket, failure), then);
        enters.finished(known);
      }
    };
  }

  /** Whoever must not be blocked does not wait for the answer either. */
  void leave(Effect.Leave leave, Asker asker, Chain chain) {
    Call<Boolean> call = leaving(leave, asker, chain);
    StoreSession store = store(leave.session());
    boolean awaited = chain.mayBlock();
    call.send(
        () -> {
          if (awaited) {
            store.leave(asker.name(), leave.ticket(), leave.number(), call);
          } else {
            store.leaveUnawaited(asker.name(), leave.ticket(), leave.number(), call);
          }
        });
  }

  private Call<Boolean> leaving(Effect.Leave leave, Asker asker, Chain chain) {
    return new Call<>(port, "leave", chain) {
      @Override
      void answered(Boolean removed, Chain then) {
        asker.on(new Event.Left(leave.ticket(), leave.sentNanos()), then);
      }

      @Override
      void failedWith(StoreException failure, Chain then) {
        asker.on(new Event.LeaveFailed(leave.ticket(), failure), then);
      }
    };
  }

  void leaveAndEnter(Effect.Leave leave, Effect.Enter enter, Asker asker, Chain chain) {
    Call<Boolean> left = leaving(leave, asker, chain);
    Call<TicketState> entered = entering(enter, asker, chain);
    StoreSession store = store(leave.session());
    LockName name = asker.name();
    Call.sendAll(
        List.of(left, entered),
        () ->
            store.leaveAndEnter(name, leave.ticket(), leave.number(), enter.ask(), left, entered));
  }

  void check(Effect.Check check, Asker asker, Chain chain) {
    send(
        check,
        asker,
        new Call<>(port, "check", chain) {
          @Override
          void answered(TicketState state, Chain then) {
            asker.on(new Event.Checked(check.ticket(), state), then);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            asker.on(new Event.CheckFailed(check.ticket(), failure), then);
          }
        });
  }

  void look(Effect.Look look, Asker asker, Chain chain) {
    RequestId ticket = look.check().ticket();
    send(
        look.check(),
        asker,
        new Call<>(port, "check", chain) {
          @Override
          void answered(TicketState state, Chain then) {
            asker.on(new Event.Looked(ticket, state, look.look()), then);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            asker.on(new Event.LookFailed(ticket, failure, look.look()), then);
          }
        });
  }

  private static void send(Effect.Check check, Asker asker, Call<TicketState> call) {
    StoreSession store = store(check.session());
    call.send(() -> store.check(asker.name(), check.ticket(), check.number(), call));
  }

  void weaken(Effect.Weaken weaken, Asker asker, Chain chain) {
    RequestId ticket = weaken.ticket();
    Call<TicketState> call =
        new Call<>(port, "weaken", chain) {
          @Override
          void answered(TicketState state, Chain then) {
            asker.on(new Event.Weakened(ticket, state, weaken.asker()), then);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            asker.on(new Event.WeakenFailed(ticket, failure, weaken.asker()), then);
          }
        };
    StoreSession store = store(weaken.session());
    LockName name = asker.name();
    call.send(() -> store.weaken(name, ticket, weaken.number(), 1, Ask.UNBOUNDED, call));
  }

  void leaveStranger(Stranger stranger, Asker asker, Chain chain) {
    Call<Boolean> call =
        new Call<>(port, "leave", chain) {
          @Override
          void answered(Boolean removed, Chain then) {
            asker.on(new Event.StrangerLeft(stranger), then);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            asker.on(new Event.StrangerStays(stranger, failure), then);
          }
        };
    StoreSession store = store(stranger.session());
    call.send(() -> store.leave(asker.name(), stranger.request(), stranger.number(), call));
  }
}
