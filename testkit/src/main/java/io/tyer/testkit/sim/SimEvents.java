package io.tyer.testkit.sim;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.spi.SessionEvents;
import java.util.function.BiConsumer;

/** What the server tells a session, sent over its client's link. */
final class SimEvents implements SessionEvents {

  private final Link link;
  private final SessionEvents client;
  private final BiConsumer<SimEvents, LockName> recalls;

  /**
   * Over a link.
   *
   * @param recalls told of each recall before the client is
   */
  SimEvents(Link link, SessionEvents client, BiConsumer<SimEvents, LockName> recalls) {
    this.link = link;
    this.client = client;
    this.recalls = recalls;
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
    if (link.chance(0.5)) {
      // As stores do that tell other processes no more than a name.
      link.hint("changed (recall) " + name, () -> client.changed(name));
      return;
    }
    link.hint(
        "recalled " + name,
        () -> {
          recalls.accept(this, name);
          client.recalled(name);
        });
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
