package io.tyer.testkit.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What some tests need beyond a JDK, Maven and a POSIX shell: the one place that says whether a
 * machine has it. {@code -Dtyer.tools=none} hides everything, so that any machine can show what the
 * tests do on one that has nothing.
 *
 * <p>A test says what it needs by {@link Requires}.
 */
public enum Needs {
  /** Mounts of small file systems of its own. */
  MOUNTS("root's right to mount a tmpfs") {
    @Override
    boolean found() throws IOException, InterruptedException {
      return isRoot() && canMount();
    }
  },
  /** Processes of other users. */
  OTHER_USERS("root's rights, and setpriv (Debian: util-linux)") {
    @Override
    boolean found() throws IOException, InterruptedException {
      return isRoot() && program("setpriv").isPresent();
    }
  },
  /** Process ids that mean nothing outside. */
  PID_NAMESPACES("root's right to make namespaces of processes, and unshare (Debian: util-linux)") {
    @Override
    boolean found() throws IOException, InterruptedException {
      return isRoot()
          && succeeds("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "true");
    }
  },
  /** Hosts of their own, whose networks can be cut. */
  NETWORKS("root's right to make networks (Debian: iproute2, iptables)") {
    @Override
    boolean found() throws IOException, InterruptedException {
      return isRoot() && canMakeNetworks();
    }
  },
  /** Two mounts of a directory that do not know of each other. */
  SSHFS("root's right to mount by sshfs (Debian: sshfs, openssh-sftp-server)") {
    @Override
    boolean found() {
      return isRoot()
          && program("sshfs").isPresent()
          && sftpServer().isPresent()
          && Files.isWritable(Path.of("/dev/fuse"));
    }
  },
  /** System calls that fail now and then. */
  STRACE("the right to trace by strace (Debian: strace)") {
    @Override
    boolean found() throws IOException, InterruptedException {
      return succeeds("strace", "-o", "/dev/null", "true");
    }
  },
  /** Wall clocks that a test sets. */
  FAKETIME("libfaketimeMT.so.1 (Debian: faketime)") {
    @Override
    boolean found() {
      return faketimeLibrary().isPresent();
    }
  },
  /** Certificates, as an operator makes them. */
  OPENSSL("openssl (Debian: openssl)") {
    @Override
    boolean found() {
      return program("openssl").isPresent();
    }
  },
  /** Plain HTTP from a shell. */
  CURL("curl (Debian: curl)") {
    @Override
    boolean found() {
      return program("curl").isPresent();
    }
  },
  /** Plain HTTP from another language. */
  PYTHON("python3 (Debian: python3)") {
    @Override
    boolean found() {
      return program("python3").isPresent();
    }
  },
  /** What {@code ./tyer} and the scripts of operators are written for. */
  BASH("bash (Debian: bash)") {
    @Override
    boolean found() {
      return program("bash").isPresent();
    }
  },
  /** Another shell that completes. */
  ZSH("zsh (Debian: zsh)") {
    @Override
    boolean found() {
      return program("zsh").isPresent();
    }
  },
  /** A terminal whose keys a test presses, and sessions that have none. */
  TERMINALS("script and setsid (Debian: bsdutils, util-linux), and an env that resets signals") {
    @Override
    boolean found() throws IOException, InterruptedException {
      return program("script").isPresent()
          && program("setsid").isPresent()
          && succeeds("env", "--default-signal=INT,HUP", "true");
    }
  },
  /** A pipe at a place where a file is expected. */
  PIPES("mkfifo (Debian: coreutils)") {
    @Override
    boolean found() {
      return program("mkfifo").isPresent();
    }
  },
  /** A pooler in front of PostgreSQL. */
  PGBOUNCER("pgbouncer (Debian: pgbouncer)") {
    @Override
    boolean found() {
      return program("pgbouncer").isPresent();
    }
  },
  /** The model's checker. */
  SPIN("spin and a C compiler (Debian: spin, gcc, libc6-dev)") {
    @Override
    boolean found() {
      return program("spin").isPresent()
          && program("gcc").isPresent()
          && Files.exists(Path.of("/usr/include/stdio.h"));
    }
  },
  /** What reads units of services. */
  SYSTEMD("systemd-analyze (Debian: systemd)") {
    @Override
    boolean found() {
      return program("systemd-analyze").isPresent();
    }
  },
  /** A server that no library carries. */
  ETCD("etcd (Debian: etcd-server)") {
    @Override
    boolean found() {
      return program("etcd").isPresent();
    }
  };

  private static final List<String> BEYOND_PATH = List.of("/usr/sbin", "/sbin");

  /** Why each is missing, empty if it is not, once somebody has looked. */
  private static final Map<Needs, Optional<String>> LOOKED = new ConcurrentHashMap<>();

  private final String what;

  Needs(String what) {
    this.what = what;
  }

  abstract boolean found() throws IOException, InterruptedException;

  /** Why it cannot be had here; empty if it can. Looked for once in a process. */
  public Optional<String> missing() {
    return LOOKED.computeIfAbsent(this, Needs::look);
  }

  private Optional<String> look() {
    if ("none".equals(System.getProperty("tyer.tools"))) {
      return Optional.of("hidden by -Dtyer.tools=none: " + what);
    }
    try {
      return found() ? Optional.empty() : Optional.of("not to be had here: " + what);
    } catch (IOException e) {
      return Optional.of("not to be had here: " + what + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while looking for " + what);
    }
  }

  /** The program of this name, on the path or where only root has it there. */
  public static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":", -1)), BEYOND_PATH.stream())
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The library that sets the wall clock of a process. */
  public static Optional<Path> faketimeLibrary() {
    return Stream.of("x86_64-linux-gnu/", "aarch64-linux-gnu/", "")
        .map(machine -> Path.of("/usr/lib/" + machine + "faketime/libfaketimeMT.so.1"))
        .filter(Files::exists)
        .findFirst();
  }

  /** What answers {@code sshfs}. */
  public static Optional<Path> sftpServer() {
    return Stream.of("/usr/lib/openssh/sftp-server", "/usr/libexec/sftp-server")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean canMount() throws IOException, InterruptedException {
    Path probe = Files.createTempDirectory("tyer-probe");
    try {
      Tmpfs.mount(probe).close();
      return true;
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static boolean canMakeNetworks() throws IOException, InterruptedException {
    try (BridgedHosts probe = BridgedHosts.create(1)) {
      probe.cut(0, probe.addressHere(), true, true).join();
      return true;
    }
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
