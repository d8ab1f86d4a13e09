package io.tyer.store.jdbc;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where H2 keeps the database of a URL, read as H2 reads it.
 *
 * @param name the database's file without its ending
 * @param settings as they follow the name, each with its own name in capitals
 */
record H2Location(String name, List<String> settings) {

  private static final String PREFIX = "jdbc:h2:";

  /** Ways to the same file. Others are memory, or files that H2 divides or finds elsewhere. */
  private static final Pattern WAY = Pattern.compile("(?:file|nio|nioMapped|async|retry):(.*)");

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9]+:.*");
  private static final Pattern BETWEEN_SETTINGS = Pattern.compile("(?<!\\\\);");
  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n");

  /** Nothing where the database is none of a file of its own, or H2 refuses the name. */
  static Optional<H2Location> of(String url) {
    String[] parts = BETWEEN_SETTINGS.split(url.substring(PREFIX.length()), -1);
    String name = parts[0];
    // What neither is absolute nor says from where it is relative is refused.
    boolean implicit = !name.contains("./") && !name.contains(".\\");
    for (var way = WAY.matcher(name); way.matches(); way = WAY.matcher(name)) {
      name = way.group(1);
    }
    if (SCHEME.matcher(name).matches()) {
      return Optional.empty();
    }
    if (name.equals("~") || name.startsWith("~/")) {
      name = System.getProperty("user.home") + name.substring(1);
    }
    if (implicit && !DatabaseFile.path(name).filter(Path::isAbsolute).isPresent()) {
      return Optional.empty();
    }
    List<String> settings = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      int end = Math.max(0, parts[i].indexOf('='));
      settings.add(
          parts[i].substring(0, end).toUpperCase(Locale.ROOT)
              + parts[i].substring(end).replace("\\", ""));
    }
    return Optional.of(new H2Location(name, List.copyOf(settings)));
  }

  Optional<Path> database() {
    return DatabaseFile.path(name + ".mv.db");
  }

  /** What H2 writes its errors to. */
  Optional<Path> trace() {
    return DatabaseFile.path(name + ".trace.db");
  }

  /** The files that H2 makes where they are not there. */
  List<Path> made() {
    boolean opened =
        isTrue("IFEXISTS")
            || isTrue("FORBID_CREATION")
            || values("ACCESS_MODE_DATA").stream().anyMatch("r"::equalsIgnoreCase);
    if (opened) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    database().ifPresent(files::add);
    if (!values(Dialect.H2_TRACE_FILE).isEmpty()) {
      trace().ifPresent(files::add);
    }
    return files;
  }

  /**
   * A URL that H2 reads as it reads the settings of this one, and at which it never opens anything:
   * it refuses the settings, or finds no database.
   */
  String withoutDatabase() {
    StringBuilder url = new StringBuilder(PREFIX).append("mem:");
    for (String setting : settings) {
      if (!setting.startsWith("IFEXISTS=")) {
        url.append(';').append(setting.replace(";", "\\;"));
      }
    }
    return url.append(";IFEXISTS=TRUE").toString();
  }

  private boolean isTrue(String setting) {
    return values(setting).stream().anyMatch(H2Location::isTrueValue);
  }

  private List<String> values(String setting) {
    String start = setting + "=";
    return settings.stream()
        .filter(each -> each.startsWith(start))
        .map(each -> each.substring(start.length()))
        .toList();
  }

  /** Words, or any number but 0; what is neither counts as false. */
  private static boolean isTrueValue(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    if (TRUE.contains(word) || FALSE.contains(word)) {
      return TRUE.contains(word);
    }
    try {
      return new BigDecimal(value).signum() != 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
