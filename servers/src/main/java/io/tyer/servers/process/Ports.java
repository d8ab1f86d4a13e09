package io.tyer.servers.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ports that stay a server's own while it is down: below those that the system gives to anybody who
 * asks for any, and in a block that no other JVM of this user takes from. The port 10000 above,
 * which a node of a cluster needs besides, is the same server's.
 */
public final class Ports {

  private static final int FIRST = 10_000;
  private static final int BLOCKS = 80;
  private static final int BLOCK = 128;
  private static final int BUS = 10_000;

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final BitSet TAKEN = new BitSet(BLOCK);
  private static final Block MINE = new Block();

  private Ports() {}

  /** This JVM's block, for as long as it lives. */
  private static final class Block {
    private @Nullable FileLock lock;
    private int first;
    private int next;

    void claim() throws IOException {
      if (lock != null) {
        return;
      }
      Path directory = Place.directory("ports");
      for (int i = 0; i < BLOCKS; i++) {
        FileChannel file =
            FileChannel.open(
                directory.resolve(Integer.toString(i)),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        lock = file.tryLock();
        if (lock != null) {
          first = FIRST + i * BLOCK;
          return;
        }
        file.close();
      }
      throw new IOException("all blocks of ports are taken, see " + directory);
    }
  }

  /** A port at which nobody listens. */
  public static int take() throws IOException {
    LOCK.lock();
    try {
      MINE.claim();
      for (int tried = 0; tried < BLOCK; tried++) {
        int offset = MINE.next;
        MINE.next = (offset + 1) % BLOCK;
        int port = MINE.first + offset;
        if (!TAKEN.get(offset) && isFree(port) && isFree(port + BUS)) {
          TAKEN.set(offset);
          return port;
        }
      }
      throw new IOException("no port is free from " + MINE.first + " on");
    } finally {
      LOCK.unlock();
    }
  }

  /** A server that had this port will not come back. */
  public static void giveBack(int port) {
    LOCK.lock();
    try {
      TAKEN.clear(port - MINE.first);
    } finally {
      LOCK.unlock();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
