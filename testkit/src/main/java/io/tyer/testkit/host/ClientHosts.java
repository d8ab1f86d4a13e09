package io.tyer.testkit.host;

import java.io.IOException;
import java.util.List;

/** Hosts of their own for the clients of a store, counted from 0. */
public interface ClientHosts {

  /** What a command begins with to be run there. */
  List<String> runOn(int client);

  /** Where this host is reached from there. */
  String hereFor(int client);

  /**
   * From here on a client's host sends nothing to the store, nor takes anything from it, as is
   * asked for; it still reaches this host.
   */
  Cut cutOff(int client, boolean out, boolean in) throws IOException, InterruptedException;
}
