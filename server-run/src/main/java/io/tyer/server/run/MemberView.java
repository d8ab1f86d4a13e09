package io.tyer.server.run;

import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.StatusReply;
import org.jspecify.annotations.Nullable;

/**
 * What was heard of a member.
 *
 * @param status what it says itself; null if it did not answer
 * @param why it did not; empty if it did
 */
record MemberView(Member member, @Nullable StatusReply status, String why) {}
