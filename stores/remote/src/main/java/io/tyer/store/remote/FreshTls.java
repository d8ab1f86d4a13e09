package io.tyer.store.remote;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS by the files that an address names, as they are when a connection is made: certificates that
 * are exchanged are used from the next connection on. Where files hold nothing of use, what was
 * read before stays.
 */
final class FreshTls extends SslContext {

  private static final Logger log = LoggerFactory.getLogger(FreshTls.class);

  private final RemoteAddress address;
  private final ReentrantLock lock = new ReentrantLock();

  // Changed with the lock held.
  private TlsFiles seen;
  private volatile SslContext current;

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException if one holds something else than it should
   */
  FreshTls(RemoteAddress address) {
    this.address = address;
    this.seen = TlsFiles.of(address);
    this.current = seen.context(address);
  }

  /** A small read for each connection, which takes longer by far. */
  private SslContext fresh() {
    lock.lock();
    try {
      TlsFiles now = TlsFiles.of(address);
      if (!now.equals(seen)) {
        seen = now;
        current = now.context(address);
      }
    } catch (IllegalArgumentException e) {
      log.warn("certificates that were read before are kept: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
    return current;
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator) {
    return fresh().newEngine(allocator);
  }

  @Override
  public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
    return fresh().newEngine(allocator, host, port);
  }

  @Override
  public boolean isClient() {
    return true;
  }

  @Override
  public List<String> cipherSuites() {
    return current.cipherSuites();
  }

  @Override
  @SuppressWarnings("deprecation") // To be overridden all the same.
  public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
    return current.applicationProtocolNegotiator();
  }

  @Override
  public SSLSessionContext sessionContext() {
    return current.sessionContext();
  }
}
