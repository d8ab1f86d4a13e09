package io.tyer.store.etcd;

import io.tyer.store.ordered.OrderedEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what a session was told. */
final class Told implements OrderedEvents {

  final List<String> all = new CopyOnWriteArrayList<>();

  @Override
  public void told(byte[] hint) {
    all.add("told " + new String(hint, StandardCharsets.UTF_8));
  }

  @Override
  public void missed() {
    all.add("missed");
  }

  @Override
  public void ended(String why) {
    all.add("ended");
  }
}
