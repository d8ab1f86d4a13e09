package io.tyer.engine;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.SessionEvents;

/**
 * What the store tells a session, brought to the queues concerned. Hints of a dead one are void.
 */
final class SessionHints implements SessionEvents {

  private final Engine engine;
  private final SessionKeeper keeper;
  private final LiveSession session;

  SessionHints(Engine engine, SessionKeeper keeper, LiveSession session) {
    this.engine = engine;
    this.keeper = keeper;
    this.session = session;
  }

  @Override
  public void granted(LockName name, RequestId request, long number) {
    if (!session.over()) {
      Effects effects = Effects.here();
      engine.queueFor(name).heardGrant(session, request, number, effects);
      effects.run();
    }
  }

  @Override
  public void changed(LockName name) {
    NameQueue queue = engine.knownQueue(name);
    if (queue != null && !session.over()) {
      Effects effects = Effects.here();
      queue.hinted(effects);
      effects.run();
    }
  }

  @Override
  public void recalled(LockName name) {
    NameQueue queue = engine.knownQueue(name);
    if (queue != null && !session.over()) {
      Effects effects = Effects.here();
      queue.recalled(effects);
      effects.run();
    }
  }

  @Override
  public void changedAnywhere() {
    if (!session.over()) {
      Effects effects = Effects.here();
      keeper.eachQueue(queue -> queue.hinted(effects));
      effects.run();
    }
  }

  @Override
  public void ended(String why) {
    Effects effects = Effects.here();
    keeper.endedByStore(session, why, effects);
    effects.run();
  }
}
