package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.UnreadableEntryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the engine's committed entries to a {@link LogMachine}, and its snapshots. */
final class AppliedMachine extends BaseStateMachine {

  private static final Logger LOG = LoggerFactory.getLogger(AppliedMachine.class);
  private static final CompletableFuture<Message> DONE =
      CompletableFuture.completedFuture(Message.EMPTY);

  private final LogMachine machine;
  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final SnapshotWriter writer;
  private final MetaCopies copies;
  private final Consumer<Throwable> broken;
  private final Runnable snapshotWritten;
  private final Promised promised;

  /** Whether entries that cannot be read are left out; known once the members are. */
  private final CompletableFuture<Boolean> acceptsLoss = new CompletableFuture<>();

  /** An entry could not be applied; touched by the thread that applies only. */
  private boolean spoiled;

  /** An entry was left out that is in no snapshot yet; touched by the same thread only. */
  private boolean leftOut;

  /**
   * @param copies kept before this member leads
   * @param promised kept before anybody is answered
   * @param broken told why nothing can be applied or appended any more
   * @param snapshotWritten called when there is a snapshot that the engine does not know
   */
  AppliedMachine(
      LogMachine machine,
      MemberConfig config,
      MetaCopies copies,
      Promised promised,
      Consumer<Throwable> broken,
      Runnable snapshotWritten) {
    this.machine = machine;
    this.copies = copies;
    this.promised = promised;
    this.broken = broken;
    this.snapshotWritten = snapshotWritten;
    writer = new SnapshotWriter(new Snapshots(storage), config.snapshotEvery());
  }

  /** Says whether entries that cannot be read are left out; only the first time counts. */
  void decide(boolean leavesOut) {
    acceptsLoss.complete(leavesOut);
  }

  SnapshotWriter writer() {
    return writer;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    getLifeCycle().startAndTransition(() -> load(server, group, raftStorage), IOException.class);
  }

  private void load(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    storage.init(raftStorage);
    restore();
  }

  private void restore() throws IOException {
    SnapshotInfo snapshot = new Snapshots(storage).restore(machine);
    if (snapshot != null) {
      setLastAppliedTermIndex(snapshot.getTermIndex());
      writer.restored(snapshot);
    }
  }

  /** A snapshot of the leader's is about to take this one's place. */
  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /** It has; called by the thread that applies. */
  @Override
  public void reinitialize() throws IOException {
    try {
      getLifeCycle().startAndTransition(this::restore, IOException.class);
    } catch (IOException | RuntimeException e) {
      LOG.error("The leader's snapshot cannot be used: this member stops", e);
      broken.accept(e);
      throw e;
    }
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return storage;
  }

  /**
   * Entries are made by this process only, and what could not be applied does not become one.
   *
   * @throws StateMachineException if it must not be appended
   */
  @Override
  public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
    if (!(request.getMessage() instanceof Proposal proposal)) {
      throw new StateMachineException("entries are made by members only", null, false);
    }
    try {
      proposal.read(machine.read(proposal.getContent().toByteArray()));
    } catch (UnreadableEntryException e) {
      throw new StateMachineException("not appended: " + e.getMessage(), e, false);
    }
    return TransactionContext.newBuilder()
        .setStateMachine(this)
        .setClientRequest(request)
        .setStateMachineContext(request.getMessage())
        .build();
  }

  /** Called with the engine's locks held, under which its term does not change. */
  @Override
  public TransactionContext preAppendTransaction(TransactionContext transaction)
      throws IOException {
    if (transaction.getStateMachineContext() instanceof Proposal proposal) {
      long term = info().getCurrentTerm();
      if (term != proposal.term()) {
        throw new StateMachineException(
            "made in term " + proposal.term() + ", and this is " + term, null, false);
      }
      proposal.appending();
    }
    return transaction;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    if (spoiled) {
      return DONE;
    }
    LogEntryProto entry = transaction.getLogEntry();
    TermIndex at = TermIndex.valueOf(entry);
    Object result;
    try {
      result = machine.apply(at.getIndex(), read(transaction, entry));
    } catch (UnreadableEntryException e) {
      unreadable(transaction, at, e);
      return DONE;
    } catch (RuntimeException | Error e) {
      LOG.error("Entry {} cannot be applied: this member stops", at, e);
      spoil(transaction, e);
      return DONE;
    }
    if (!answers(transaction, at)) {
      return DONE;
    }
    updateLastAppliedTermIndex(at);
    writer.applied(entry.getSerializedSize());
    writeSnapshot(at);
    if (transaction.getStateMachineContext() instanceof Proposal proposal) {
      proposal.applied(result);
    }
    return DONE;
  }

  private Object read(TransactionContext transaction, LogEntryProto entry)
      throws UnreadableEntryException {
    Object read =
        transaction.getStateMachineContext() instanceof Proposal proposal ? proposal.read() : null;
    return read != null ? read : read(machine, entry);
  }

  /** An entry of the engine's own is read as nothing. */
  static Object read(LogMachine machine, LogEntryProto entry) throws UnreadableEntryException {
    return entry.hasStateMachineLogEntry()
        ? machine.read(entry.getStateMachineLogEntry().getLogData().toByteArray())
        : "";
  }

  /** It was appended by another release, or its bytes are others than were appended. */
  private void unreadable(
      TransactionContext transaction, TermIndex at, UnreadableEntryException e) {
    if (acceptsLoss.join()) {
      LOG.warn("Entry {} is left out, as this member was told to: {}", at, e.getMessage());
      if (answers(transaction, at)) {
        updateLastAppliedTermIndex(at);
        // The next start is from behind it, and need not be told again to leave it out.
        leftOut = true;
        writeSnapshot(at);
      }
      return;
    }
    String told =
        "entry "
            + at.getIndex()
            + " of the log cannot be read: "
            + e.getMessage()
            + ". "
            + Starting.HOW_TO_LEAVE_OUT;
    LOG.error("This member stops: {}", told);
    spoil(transaction, new IOException(told, e));
  }

  private void writeSnapshot(TermIndex at) {
    if (writer.due(at) || (leftOut && writer.idle().isDone())) {
      leftOut = false;
      writer.begin(at, machine.image(), snapshotWritten);
    }
  }

  /** Nobody is answered before it is written down how far this member has answered. */
  private boolean answers(TransactionContext transaction, TermIndex at) {
    try {
      promised.keep(at, machine.lastNumber());
      return true;
    } catch (IOException e) {
      LOG.error("What was answered cannot be written down: this member stops", e);
      spoil(transaction, unwritable("what was answered", e));
      return false;
    }
  }

  /**
   * Nothing is applied any more, and no snapshot taken of what has become of the machine. That is
   * not thrown: the engine's thread, which applies, would go on for ever if somebody closed it
   * between the exception and its notice of it.
   */
  private void spoil(TransactionContext transaction, Throwable why) {
    spoiled = true;
    if (transaction.getStateMachineContext() instanceof Proposal proposal) {
      proposal.failed(why);
    }
    broken.accept(why);
  }

  @Override
  public @Nullable SnapshotInfo getLatestSnapshot() {
    return writer.announced();
  }

  /** Called by the thread that applies, when it was asked for. */
  @Override
  public long takeSnapshot() {
    return spoiled ? -1 : writer.announce(getLastAppliedTermIndex(), machine, snapshotWritten);
  }

  /**
   * Called before this member does anything as the leader, if it is the new one; which it does not
   * become if this fails.
   */
  @Override
  public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
    keepCopies();
  }

  /** Called when the engine has written who the members are, too. */
  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    keepCopies();
  }

  private void keepCopies() {
    try {
      copies.keep();
    } catch (IOException e) {
      unkept(e);
      throw new UncheckedIOException(e);
    }
  }

  /** The term or the vote could not be kept. */
  void unkept(Throwable cause) {
    LOG.error("The term or the vote cannot be written: this member stops", cause);
    broken.accept(unwritable("the term or the vote", cause));
  }

  private static IOException unwritable(String what, Throwable cause) {
    return new IOException(
        what
            + " cannot be written: "
            + cause.getMessage()
            + ". See to the disk, then start this member again",
        cause);
  }

  @Override
  public void notifyLeaderReady() {
    DivisionInfo info;
    try {
      info = info();
    } catch (IOException e) {
      LOG.debug("The lead of a group that is closed", e);
      return;
    }
    machine.leads(info.getCurrentTerm());
    // The lead may have been lost, and that told, between the engine's decision and this call.
    if (!info.isLeader()) {
      machine.follows();
    }
  }

  private DivisionInfo info() throws IOException {
    return getServer().join().getDivision(getGroupId()).getInfo();
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    machine.follows();
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    LOG.error("The log cannot be written: this member stops", cause);
    broken.accept(unwritable("the log", cause));
  }

  /** The engine stops, by whatever: nothing is applied any more. */
  @Override
  public void close() {
    broken.accept(
        new IOException(
            "the engine has stopped: this member was removed, or the messages before say why"));
  }
}
