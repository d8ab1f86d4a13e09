package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;

/**
 * What a session is told: that this line concerns it.
 *
 * @param to the session
 */
public record Hint(SessionId to, LockName name) {}
