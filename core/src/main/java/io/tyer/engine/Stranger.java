package io.tyer.engine;

import io.tyer.line.RequestId;

/** A ticket of this client's session that it does not know: an answer was lost. */
record Stranger(OpenSession session, RequestId request, long number) {}
