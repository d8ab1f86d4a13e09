package io.tyer.testkit.fault;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.LineStore;
import io.tyer.spi.LineView;
import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.StoreTraits;
import java.util.List;
import java.util.OptionalLong;

/** A store behind a link. */
final class FaultyStore implements LineStore {

  private final LineStore real;
  private final Link link;

  FaultyStore(LineStore real, Link link) {
    this.real = real;
    this.link = link;
  }

  @Override
  public String description() {
    return real.description();
  }

  @Override
  public StoreTraits traits() {
    return real.traits();
  }

  @Override
  public int shards() {
    return real.shards();
  }

  @Override
  public int shardOf(LockName name) {
    return real.shardOf(name);
  }

  @Override
  public void open(SessionRequest request, SessionEvents events, Reply<StoreSession> reply) {
    link.request(
        reply, back -> real.open(request, new FaultyEvents(events, link), new Opening(back)));
  }

  @Override
  public void list(String prefix, Reply<List<LineView>> reply) {
    link.request(reply, back -> real.list(prefix, back));
  }

  @Override
  public void view(LockName name, Reply<LineView> reply) {
    link.request(reply, back -> real.view(name, back));
  }

  @Override
  public void revoke(LockName name, OptionalLong number, boolean now, Reply<Integer> reply) {
    link.request(reply, back -> real.revoke(name, number, now, back));
  }

  @Override
  public void close() {
    real.close();
  }

  private final class Opening implements Reply<StoreSession> {
    private final Reply<StoreSession> back;

    Opening(Reply<StoreSession> back) {
      this.back = back;
    }

    @Override
    public void done(StoreSession session) {
      back.done(new FaultySession(session, link));
    }

    @Override
    public void failed(StoreException failure) {
      back.failed(failure);
    }
  }

  private record FaultyEvents(SessionEvents real, Link link) implements SessionEvents {
    @Override
    public void granted(LockName name, RequestId request, long number) {
      if (link.passesHints()) {
        real.granted(name, request, number);
      }
    }

    @Override
    public void changed(LockName name) {
      if (link.passesHints()) {
        real.changed(name);
      }
    }

    @Override
    public void recalled(LockName name) {
      if (link.passesHints()) {
        real.recalled(name);
      }
    }

    @Override
    public void changedAnywhere() {
      if (link.passesHints()) {
        real.changedAnywhere();
      }
    }

    @Override
    public void ended(String why) {
      if (link.passesHints()) {
        real.ended(why);
      }
    }
  }
}
