package io.tyer.servers.group;

import io.tyer.testkit.host.BridgedHosts;
import io.tyer.testkit.host.ClientHosts;
import io.tyer.testkit.host.Cut;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Tmpfs;
import io.tyer.testkit.server.MemberHarm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hosts on one network, each with a disk of its own, and what can be done to them. */
public final class MemberHosts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MemberHosts.class);

  private final Path directory;
  private final BridgedHosts hosts;
  private final List<String> addresses;
  private final List<Tmpfs> disks = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private int clients;

  private MemberHosts(Path directory, BridgedHosts hosts, int count) {
    this.directory = directory;
    this.hosts = hosts;
    this.addresses = IntStream.range(0, count).mapToObj(hosts::addressOf).toList();
  }

  /** Why they cannot be had. */
  public static Optional<String> missing() {
    return Needs.MOUNTS.missing().or(Needs.NETWORKS::missing);
  }

  /** What is made on hosts. */
  @FunctionalInterface
  public interface Making<T> {
    /** Makes it. */
    T on(MemberHosts hosts) throws IOException;
  }

  /**
   * Makes so many, and something on them; they are taken away again if that fails. Their disks, of
   * so many MiB each, are below this directory.
   */
  public static <T> T with(Path directory, int count, int diskMegabytes, Making<T> making)
      throws IOException {
    MemberHosts hosts;
    try {
      hosts = create(directory, count, diskMegabytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while hosts were made");
    }
    try {
      return making.on(hosts);
    } catch (IOException | RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  private static MemberHosts create(Path directory, int count, int diskMegabytes)
      throws IOException, InterruptedException {
    MemberHosts made = new MemberHosts(directory, BridgedHosts.create(count), count);
    try {
      for (int i = 0; i < count; i++) {
        made.disks.add(Tmpfs.mount(Files.createDirectories(made.disk(i)), diskMegabytes));
      }
      return made;
    } catch (IOException | InterruptedException | RuntimeException e) {
      made.close();
      throw e;
    }
  }

  /** Where its disk is. */
  public Path disk(int host) {
    return directory.resolve("disk" + host);
  }

  /** Where they are reached. */
  public List<String> addresses() {
    return addresses;
  }

  /** What a command begins with to be run there. */
  public List<String> runOn(int host) {
    return hosts.runOn(host);
  }

  /** Makes hosts for that many more clients. */
  public ClientHosts addClients(int count) throws IOException, InterruptedException {
    int first = addresses.size() + clients;
    hosts.add(count);
    clients += count;
    return new ClientHosts() {
      @Override
      public List<String> runOn(int client) {
        return hosts.runOn(first + client);
      }

      @Override
      public String hereFor(int client) {
        return hosts.addressHere();
      }

      @Override
      public Cut cutOff(int client, boolean out, boolean in)
          throws IOException, InterruptedException {
        return cut(first + client, addresses, out, in);
      }
    };
  }

  /** Lets this befall a member's host. */
  public Cut harm(int host, MemberHarm harm) throws IOException, InterruptedException {
    return switch (harm) {
      case ISOLATED -> isolate(host);
      case CUT_OFF -> cut(host, others(host), true, true);
      case DEAF -> cut(host, others(host), false, true);
      case UNHEARD -> cut(host, others(host), true, false);
      case OUT_OF_REACH -> cut(host, outsiders(), true, true);
      case DISK_FULL -> {
        disks.get(host).fill();
        yield disks.get(host)::empty;
      }
      case DISK_READ_ONLY -> throw new UnsupportedOperationException(harm.words());
    };
  }

  private List<String> others(int host) {
    List<String> others = new ArrayList<>(addresses);
    others.remove(host);
    return others;
  }

  private List<String> outsiders() {
    List<String> outsiders = new ArrayList<>();
    outsiders.add(hosts.addressHere());
    for (int client = 0; client < clients; client++) {
      outsiders.add(hosts.addressOf(addresses.size() + client));
    }
    return outsiders;
  }

  /** Two sides, which hear nothing of each other; this host hears both. */
  private Cut isolate(int host) throws IOException, InterruptedException {
    List<Cut> cuts = new ArrayList<>();
    cuts.add(cut(host, others(host), true, true));
    for (int client = 0; client < clients; client++) {
      boolean withIt = client % 2 == 0;
      cuts.add(
          cut(
              addresses.size() + client,
              withIt ? others(host) : List.of(addresses.get(host)),
              true,
              true));
    }
    return joined(cuts);
  }

  private Cut cut(int host, List<String> from, boolean out, boolean in)
      throws IOException, InterruptedException {
    List<Cut> cuts = new ArrayList<>();
    for (String address : from) {
      cuts.add(hosts.cut(host, address, out, in));
    }
    return joined(cuts);
  }

  private static Cut joined(List<Cut> cuts) {
    return () -> {
      for (Cut cut : cuts) {
        cut.join();
      }
    };
  }

  /** Takes all away, once. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    List<AutoCloseable> parts = new ArrayList<>(disks);
    parts.add(hosts);
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("A part of the members' hosts could not be taken away", e);
      }
    }
  }
}
