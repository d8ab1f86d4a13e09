package io.tyer.fence;

import java.util.Optional;

/** A value as it is kept: its bytes, its version, and the version that it took the place of. */
public final class StoredVersion {

  private final Version version;
  private final Optional<Version> previous;
  private final byte[] content;

  /**
   * As it was written, or is to be.
   *
   * @param previous empty if the value was written where there was none
   * @param content not to be changed afterwards
   */
  public StoredVersion(Version version, Optional<Version> previous, byte[] content) {
    this.version = version;
    this.previous = previous;
    this.content = content;
  }

  /** Its version. */
  public Version version() {
    return version;
  }

  /** The version that stood before; empty if there was no value. */
  public Optional<Version> previous() {
    return previous;
  }

  /** The value's bytes; not to be changed. */
  public byte[] content() {
    return content;
  }

  @Override
  public String toString() {
    return "version " + version + ", " + content.length + " bytes";
  }
}
