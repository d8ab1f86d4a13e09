package io.tyer.store.file;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a store when something happens to the disk that it is on. */
abstract class OnDisk {

  @TempDir Path base;

  Disk disk;
  Path store;

  @BeforeEach
  void mount() throws Exception {
    disk = Disk.small(base.resolve("disk"), "size=4m");
    store = disk.path().resolve("store");
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }
}
