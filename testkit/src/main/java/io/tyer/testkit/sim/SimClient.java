package io.tyer.testkit.sim;

import io.tyer.LossCause;
import io.tyer.TyerListener;
import io.tyer.engine.Engine;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client: a real engine in a simulated process, with callers that use it. */
final class SimClient {

  private final World world;
  private final SimProcess process;
  private final SimServer server;
  private final Link link;
  private final SimStore store;
  private final Engine engine;
  private final Observer observer;
  private final Set<Attempt> attempts = new LinkedHashSet<>();
  private final List<Worker> workers = new ArrayList<>();
  private boolean closed;

  SimClient(World world, SimProcess process, SimServer server, Observer observer) {
    this.world = world;
    this.process = process;
    this.server = server;
    this.observer = observer;
    this.link = new Link(world, process, server);
    this.store = new SimStore(this, server, link);
    this.engine = new Engine(store, process, world.scenario().settings(), new Listener(), () -> {});
  }

  /** Callers begin to use it. */
  void work(int callers) {
    for (int i = 0; i < callers; i++) {
      Worker worker = new Worker(world, this, observer);
      workers.add(worker);
      worker.rest();
    }
  }

  String name() {
    return process.name();
  }

  SimProcess process() {
    return process;
  }

  Link link() {
    return link;
  }

  Engine engine() {
    return engine;
  }

  @Nullable SessionId newestSession() {
    return store.newestSession();
  }

  /** It is told that others want a lock. */
  void recalled(LockName name) {
    observer.recalled(this, name);
  }

  void reconnected() {
    store.reconnected();
  }

  /** What its callers wait for. */
  Set<Attempt> attempts() {
    return attempts;
  }

  boolean closed() {
    return closed;
  }

  /** Neither closed nor killed. */
  boolean live() {
    return !closed && !process.dead();
  }

  void close() {
    closed = true;
    world.note(process, "closes the client");
    boolean lostBefore = store.newestSessionIsEnding();
    CompletableFuture<Void> unused =
        engine
            .closeAsync()
            .whenComplete((done, failure) -> hasClosed(failure == null && !lostBefore));
  }

  private void hasClosed(boolean confirmed) {
    world.note(process, "has closed the client");
    if (confirmed && server.knows(this)) {
      world.broken(new PromiseBroken("L3", name() + " is closed and left its session behind"));
    }
  }

  /** What the engine tells of itself. */
  private final class Listener implements TyerListener {

    @Override
    public void waited(String name, WaitEnd end, Duration waited) {
      world.tally().count("waits ended: " + end);
      if (end == WaitEnd.GRANTED) {
        observer.handedOut(SimClient.this, name);
      }
    }

    @Override
    public void lost(String name, LossCause cause) {
      world.tally().count("losses: " + cause);
    }

    @Override
    public void baton(String name) {
      world.tally().count("batons");
    }

    @Override
    public void storeCall(String operation, Duration took, boolean succeeded) {
      if (!succeeded) {
        world.tally().count("requests failed or unanswered");
      }
    }
  }
}
