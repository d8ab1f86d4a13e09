package io.tyer.testkit.broken;

import io.tyer.testkit.sample.SampleFlaws;
import io.tyer.testkit.sample.SampleProcess;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The sample store with something wrong.
 *
 * @param name of the kind, and the scheme of its addresses
 * @param flaws what is wrong with its server
 */
record BrokenKind(String name, SampleFlaws flaws) implements ServerKind {

  /** Nothing is wrong. */
  static final BrokenKind SOUND = new BrokenKind("sample", SampleFlaws.NONE);

  /** Its client is wrong. */
  static BrokenKind of(Defect defect) {
    return new BrokenKind(defect.scheme(), SampleFlaws.NONE);
  }

  /** The same with a server that is wrong. */
  BrokenKind with(SampleFlaws others) {
    return new BrokenKind(name, others);
  }

  @Override
  public SampleProcess start(Path directory) throws IOException {
    return SampleProcess.start(directory, name, flaws);
  }
}
