package io.tyer.testkit.sim;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.SessionEvents;

/** What the server tells a session, sent over its client's link. */
final class SimEvents implements SessionEvents {

  private final Link link;
  private final SessionEvents client;

  SimEvents(Link link, SessionEvents client) {
    this.link = link;
    this.client = client;
  }

  @Override
  public void granted(LockName name, RequestId request, long number) {
    link.hint(
        "granted " + name + " #" + request.low(), () -> client.granted(name, request, number));
  }

  @Override
  public void changed(LockName name) {
    link.hint("changed " + name, () -> client.changed(name));
  }

  @Override
  public void recalled(LockName name) {
    link.count("recalls");
    link.hint("recalled " + name, () -> client.recalled(name));
  }

  @Override
  public void changedAnywhere() {
    link.hint("changed anywhere", client::changedAnywhere);
  }

  @Override
  public void ended(String why) {
    link.hint("ended: " + why, () -> client.ended(why));
  }
}
