package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import java.util.Set;

/** The floors under a store of files, in the store's own file system. */
public final class FileFloors implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public FileFloors() {}

  @Override
  public Set<String> schemes() {
    return Set.of("try-lock", "hard-link", "mapped", "watched");
  }

  @Override
  public Subject subject(Address address) {
    return switch (address.scheme()) {
      case "try-lock" -> new TryLocks(address);
      case "hard-link" -> new HardLinks(address);
      case "mapped" -> new MappedWords(address);
      case "watched" -> new WatchedFiles(address);
      default -> throw new IllegalArgumentException(address.toString());
    };
  }
}
