package io.tyer.store.etcd;

import io.grpc.MethodDescriptor;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.Reply;
import io.tyer.spi.Surroundings;
import io.tyer.store.network.HostPort;
import java.util.function.UnaryOperator;

/** Requests to whichever member answers, each with a deadline. */
final class Calls implements AutoCloseable {

  private final EtcdAddress address;
  private final Settings settings;
  private final Members members;
  private final Tokens tokens;
  private final Failures failures;

  private Calls(EtcdAddress address, Settings settings, Members members, Tokens tokens) {
    this.address = address;
    this.settings = settings;
    this.members = members;
    this.tokens = tokens;
    this.failures = new Failures(address);
  }

  /**
   * By this address.
   *
   * @throws IllegalArgumentException if files that it names are not what they should be
   */
  static Calls of(EtcdAddress address, Settings settings, UnaryOperator<HostPort> detour) {
    var tls = Tls.of(address);
    return new Calls(
        address,
        settings,
        new Members(address.members(), settings, tls, detour),
        new Tokens(address.user(), address.password()));
  }

  EtcdAddress address() {
    return address;
  }

  Surroundings surroundings() {
    return settings.surroundings();
  }

  Settings settings() {
    return settings;
  }

  Members members() {
    return members;
  }

  Tokens tokens() {
    return tokens;
  }

  Failures failures() {
    return failures;
  }

  /** Asks what changes nothing: each member in turn, until one answers. */
  <Q, A> void ask(MethodDescriptor<Q, A> method, Q request, Reply<A> reply) {
    new Request<>(this, method, request, false, reply).begin();
  }

  /** Changes something, once: another member is asked only if nothing has arrived at the first. */
  <Q, A> void change(MethodDescriptor<Q, A> method, Q request, Reply<A> reply) {
    new Request<>(this, method, request, true, reply).begin();
  }

  @Override
  public void close() {
    members.close();
  }
}
