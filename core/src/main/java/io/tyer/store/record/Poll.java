package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.Reply;
import io.tyer.spi.TicketState;

/**
 * A check that is read together with others.
 *
 * @param session whose ticket it is
 * @param number the ticket's, or 0 if the answer to enter was lost
 */
record Poll(
    SessionId session, LockName name, RequestId request, long number, Reply<TicketState> reply) {}
