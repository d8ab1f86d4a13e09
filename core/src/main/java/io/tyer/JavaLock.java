package io.tyer;

import java.util.Optional;
import java.util.concurrent.locks.Lock;

/** A distributed lock as a {@link Lock}; see {@link DistributedLock#asJavaLock()}. */
public interface JavaLock extends Lock {

  /** The lease the current thread holds through this view, empty if it holds none. */
  Optional<Lease> lease();

  /** How often the current thread has locked and not yet unlocked. */
  int holdCount();
}
