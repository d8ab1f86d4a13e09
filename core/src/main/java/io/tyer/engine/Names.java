package io.tyer.engine;

import io.tyer.line.LockName;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The names of one shard that this client does something about. */
final class Names implements SessionNews {

  private final ConcurrentHashMap<LockName, NameShell> shells = new ConcurrentHashMap<>();
  private final AtomicLong made = new AtomicLong();
  private final Rules rules;
  private final BiasPolicy biasPolicy;
  private final NameShell.Parts parts;
  private final SessionShell sessions;

  /** Whether the store tells this client when another one wants a lock. */
  private final BooleanSupplier tells;

  Names(
      StorePort port,
      EngineSettings settings,
      int shard,
      BiasPolicy biasPolicy,
      CheckPace pace,
      Disagreement disagreement) {
    this.rules = Rules.of(settings, port.store().traits());
    this.biasPolicy = biasPolicy;
    this.sessions = new SessionShell(port, settings, shard, this);
    NameRequests requests = new NameRequests(port, sessions.entersInFlight());
    this.parts =
        new NameShell.Parts(
            port, requests, pace, disagreement, shell -> shells.remove(shell.name(), shell));
    this.tells = () -> port.store().traits().tells();
  }

  /** Whose session the tickets of these names are taken with. */
  SessionShell sessions() {
    return sessions;
  }

  NameShell shell(LockName name) {
    NameShell known = shells.get(name);
    if (known != null) {
      return known;
    }
    NameState state = new NameState(rules, made.incrementAndGet());
    NameShell shell =
        new NameShell(
            name,
            parts,
            sessions,
            state,
            slot -> new BiasedName(name, state, biasPolicy, slot, tells));
    NameShell before = shells.putIfAbsent(name, shell);
    return before == null ? shell : before;
  }

  @Nullable NameShell known(LockName name) {
    return shells.get(name);
  }

  boolean isEmpty() {
    return shells.isEmpty();
  }

  @Override
  public void toName(LockName name, Event event, Chain chain) {
    NameShell shell = shells.get(name);
    if (shell != null) {
      shell.on(event, chain);
    }
  }

  @Override
  public void toAnyName(LockName name, Event event, Chain chain) {
    shell(name).on(event, chain);
  }

  @Override
  public void toAll(Event event, Chain chain) {
    shells.values().forEach(shell -> shell.on(event, chain));
  }

  @Override
  public boolean wantSession() {
    return shells.values().stream().anyMatch(NameShell::wantsSession);
  }
}
