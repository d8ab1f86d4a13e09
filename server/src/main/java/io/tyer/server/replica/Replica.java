package io.tyer.server.replica;

import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import io.tyer.server.state.Command;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One member. Commands are taken by the one that leads; it puts all that have come meanwhile into
 * one entry of the log, which is applied once most members keep it.
 */
public interface Replica extends AutoCloseable {

  /**
   * Has commands replicated and applied. Returns at once; each answer comes once, on any thread.
   * Commands of one thread are applied in the order in which they are submitted; those that are
   * submitted together normally go into one entry, and all are refused where one is.
   */
  void submit(List<Submission> together);

  /** The same for one command. */
  default void submit(Command command, Answer answer) {
    submit(List.of(new Submission(command, answer)));
  }

  /**
   * Tells this listener, too, what there is to tell from now on; called before anything is
   * submitted whose notices it is to hear.
   */
  void listen(ReplicaListener listener);

  /** Whether listeners are told whose lines change; at first they are not. For any thread. */
  void watch(boolean wanted);

  /** How this member sees the group. */
  ReplicaStatus status();

  /** How much there is at this member; for any thread. */
  ReplicaLoad load();

  /** A token as this member has it, who may be behind the others; for any thread. */
  Optional<AccessToken> token(TokenId id);

  /** Whether this member has any token. */
  boolean hasTokens();

  /** Lets a member join, which runs already and is empty. Asked of the leader. */
  CompletableFuture<Void> add(MemberInfo member);

  /** Lets a member go. Asked of the leader, which may be the one to go. */
  CompletableFuture<Void> remove(String id);

  /** Hands the lead over. Asked of the leader. */
  CompletableFuture<Void> transfer(String id);

  /**
   * Hands the lead over to a member that is up, if this one leads. Completes within seconds:
   * normally when another one leads, or when this one did not or there is nobody else; else with
   * why nobody took it.
   */
  CompletableFuture<Void> handOver();

  /** Takes no more commands; those unanswered are answered with {@link Failure#UNKNOWN}. */
  @Override
  void close();

  /** Why there is no outcome. */
  enum Failure {
    /** This member does not lead: the command had no effect here. */
    NOT_LEADING,
    /** More is waiting than this member bears: the command had no effect. */
    BUSY,
    /** The command may have had its effect, or may yet have it. */
    UNKNOWN
  }
}
