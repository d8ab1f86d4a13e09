package io.tyer.server.replica;

import io.tyer.server.access.TokenId;
import io.tyer.server.state.Command;

/**
 * A command, and who is told what came of it.
 *
 * @param by under which access token it is asked for
 */
public record Submission(Command command, Answer answer, TokenId by) {

  /** Under no token. */
  public Submission(Command command, Answer answer) {
    this(command, answer, TokenId.NONE);
  }
}
