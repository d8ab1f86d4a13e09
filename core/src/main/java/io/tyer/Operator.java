package io.tyer;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * What operators do, and programs seldom: see all locks, take one by force, name who bears a
 * session. Every method throws
 *
 * <ul>
 *   <li>{@link StoreUnreachableException} if the store cannot be reached;
 *   <li>{@link OutcomeUnknownException} if it does not answer in time;
 *   <li>{@link StoreRefusedException} if it refuses;
 *   <li>{@link TyerClosedException} if the client is closed.
 * </ul>
 */
@CheckReturnValue
public interface Operator {

  /** The locks whose name begins with the prefix and that are held or waited for, by name. */
  List<LockView> locks(String prefix);

  /**
   * Takes a lock from its holders by force: they are told ({@link LossCause#REVOKED}) and have
   * given it back when the safety margin has passed; a dead holder's session must still end by
   * itself. Logged.
   *
   * @param number the number of the ticket to revoke; empty for all that hold the lock
   * @return how many tickets were marked
   */
  int revoke(String name, OptionalLong number);

  /**
   * Like {@link #revoke}, but removes the tickets at once, without waiting for the holders: two may
   * then believe for a while that they hold the lock, and only fencing protects (outside promises
   * S1 and S5).
   */
  int removeNow(String name, OptionalLong number);

  /**
   * Names the processes of this host that bear this client's session (each of them, where the store
   * consists of shards); by default this process alone. Where the store can prove processes dead,
   * the session ends early only when all of them are; with none named, only missing beats end it.
   * Returns when the store knows; if it could not be reached, it may or may not know.
   */
  void bearers(Collection<ProcessHandle> processes);
}
