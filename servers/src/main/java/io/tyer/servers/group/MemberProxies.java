package io.tyer.servers.group;

import io.tyer.spi.LineStoreProvider;
import io.tyer.store.network.HostPort;
import io.tyer.testkit.contract.ProxySeat;
import io.tyer.testkit.contract.Seat;
import io.tyer.testkit.fault.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A proxy before each member of a group, for a seat of the contract. */
public final class MemberProxies {

  private final Map<String, FaultProxy> proxies = new LinkedHashMap<>();

  private MemberProxies() {}

  /** One before each. */
  public static MemberProxies before(MemberGroup<?> group) {
    MemberProxies made = new MemberProxies();
    try {
      for (Member node : group.nodes()) {
        made.proxies.put(node.toString(), FaultProxy.to(node.address()));
      }
      return made;
    } catch (IOException e) {
      made.proxies.values().forEach(FaultProxy::close);
      throw new UncheckedIOException(e);
    }
  }

  /** Where whoever wants to go to this member goes instead. */
  public HostPort insteadOf(HostPort member) {
    FaultProxy proxy = proxies.get(member.toString());
    if (proxy == null) {
      throw new IllegalStateException("no member is at " + member);
    }
    return at(proxy);
  }

  private static HostPort at(FaultProxy proxy) {
    return new HostPort("127.0.0.1", proxy.address().getPort());
  }

  /** Where they are, each as {@code HOST:PORT}. */
  public List<String> places() {
    return proxies.values().stream().map(proxy -> at(proxy).toString()).toList();
  }

  /** A place from which every way to a member leads through its proxy. */
  public Seat seat(String address, LineStoreProvider provider) {
    List<FaultProxy> all = List.copyOf(proxies.values());
    return new ProxySeat(address, provider, all, all);
  }
}
