package io.tyer.server.replica;

import io.tyer.server.state.Command;

/** A command, and who is told what came of it. */
public record Submission(Command command, Answer answer) {}
