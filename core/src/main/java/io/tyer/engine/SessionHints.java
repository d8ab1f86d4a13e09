package io.tyer.engine;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.SessionEvents;
import java.util.function.Consumer;

/** What the store tells a session, brought to the names concerned. Hints of a dead one are void. */
final class SessionHints implements SessionEvents {

  /** What is done when the store has ended it. */
  interface End {
    void ended(OpenSession session, String why, Chain chain);
  }

  private final LiveSession session;
  private final SessionNews news;
  private final End end;

  SessionHints(LiveSession session, SessionNews news, End end) {
    this.session = session;
    this.news = news;
    this.end = end;
  }

  private void unlessOver(Consumer<Chain> told) {
    if (!session.over()) {
      Chain chain = Chain.here();
      told.accept(chain);
      chain.run();
    }
  }

  @Override
  public void granted(LockName name, RequestId request, long number) {
    Event heard = new Event.GrantHeard(session, request, number);
    unlessOver(chain -> news.toAnyName(name, heard, chain));
  }

  @Override
  public void changed(LockName name) {
    unlessOver(chain -> news.toName(name, new Event.Changed(), chain));
  }

  @Override
  public void recalled(LockName name) {
    unlessOver(chain -> news.toName(name, new Event.Recalled(), chain));
  }

  @Override
  public void changedAnywhere() {
    unlessOver(chain -> news.toAll(new Event.Changed(), chain));
  }

  @Override
  public void ended(String why) {
    Chain chain = Chain.here();
    end.ended(session, why, chain);
    chain.run();
  }
}
