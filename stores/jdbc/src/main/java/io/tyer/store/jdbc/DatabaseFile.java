package io.tyer.store.jdbc;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a database within this process, which its driver would make for everybody to read.
 * Both drivers take an empty file for a new database; so it is made before they come, for its owner
 * only, and SQLite gives what it makes beside it the same rights. What is there stays as it is.
 */
final class DatabaseFile {

  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** H2's: a URL that is none, a setting that is there twice, one that is none. */
  private static final Set<Integer> REFUSED_BY_H2 = Set.of(90046, 90066, 90113);

  private DatabaseFile() {}

  /**
   * Makes the files that a driver would make at this URL, if it would. What cannot be made is left
   * to the driver, which says why.
   */
  static void make(Dialect dialect, String url) {
    List<Path> files =
        switch (dialect) {
          case H2 -> ofH2(url);
          case SQLITE -> ofSqlite(url.substring("jdbc:sqlite:".length())).stream().toList();
          case POSTGRESQL, MYSQL, MARIADB -> List.of();
        };
    make(files, dialect == Dialect.H2);
  }

  private static List<Path> ofH2(String url) {
    Optional<H2Location> location = H2Location.of(url);
    List<Path> files = location.map(H2Location::made).orElse(List.of());
    if (files.stream().allMatch(Files::exists) || isRefused(location.orElseThrow())) {
      return List.of();
    }
    return files;
  }

  /** Whether H2 cannot read the settings, and would leave no file. */
  private static boolean isRefused(H2Location location) {
    try {
      DriverManager.getConnection(location.withoutDatabase()).close();
      return false;
    } catch (SQLException e) {
      return REFUSED_BY_H2.contains(e.getErrorCode());
    }
  }

  /** Makes the file to which H2 writes its errors, beside a database that is there. */
  static void makeTrace(String url) {
    H2Location.of(url)
        .filter(location -> location.database().filter(Files::exists).isPresent())
        .flatMap(H2Location::trace)
        .ifPresent(trace -> make(List.of(trace), false));
  }

  private static void make(List<Path> files, boolean directories) {
    for (Path file : files) {
      try {
        Path parent = file.toAbsolutePath().getParent();
        if (directories && parent != null) {
          // As H2 does.
          Files.createDirectories(parent, DIRECTORY);
        }
        Files.createFile(file, FILE);
      } catch (FileAlreadyExistsException there) {
        // It keeps the rights that it has.
      } catch (IOException | UnsupportedOperationException leftToTheDriver) {
        return;
      }
    }
  }

  private static Optional<Path> ofSqlite(String location) {
    int end = location.indexOf('?');
    String name = end < 0 ? location : location.substring(0, end);
    String options = end < 0 ? "&" : "&" + location.substring(end + 1) + "&";
    if (options.contains("&mode=ro&")
        || options.contains("&mode=rw&")
        || options.contains("&open_mode=")) {
      return Optional.empty();
    }
    if (!name.startsWith("file:")) {
      // With a colon first it names a resource, or memory.
      return name.startsWith(":") ? Optional.empty() : path(name);
    }
    String uri = name.substring("file:".length());
    if (uri.startsWith("//")) {
      int path = uri.indexOf('/', 2);
      if (path < 0) {
        return Optional.empty();
      }
      uri = uri.substring(path);
    }
    return path(URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  static Optional<Path> path(String name) {
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
