package io.tyer.testkit.versioned;

import io.tyer.fence.Codec;
import io.tyer.fence.FileVersioned;
import io.tyer.fence.Versioned;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileVersionedTest extends VersionedContract {

  @TempDir Path directory;

  @Override
  protected <T> Versioned<T> open(String resource, Codec<T> codec) {
    return new FileVersioned<>(directory.resolve(resource), codec);
  }
}
