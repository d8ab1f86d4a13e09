package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import io.tyer.server.log.UnreadableEntryException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what another member would have this one append, and refuses what could not be applied: in
 * the log, it would keep this member from ever starting again.
 */
final class ReadableEntries implements ServerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger(ReadableEntries.class);

  private final LogMachine machine;

  /** The last one that was complained of: leaders try again and again. */
  private volatile long refused = -1;

  ReadableEntries(LogMachine machine) {
    this.machine = machine;
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    return new Reading<>(next.startCall(call, headers), call);
  }

  private final class Reading<A>
      extends ForwardingServerCallListener.SimpleForwardingServerCallListener<A> {
    private final ServerCall<A, ?> call;
    private boolean ended;

    Reading(ServerCall.Listener<A> listener, ServerCall<A, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(A message) {
      if (ended) {
        return;
      }
      if (message instanceof AppendEntriesRequestProto append) {
        for (LogEntryProto entry : append.getEntriesList()) {
          try {
            AppliedMachine.read(machine, entry);
          } catch (UnreadableEntryException e) {
            refuse(entry.getIndex(), e);
            return;
          }
        }
      }
      super.onMessage(message);
    }

    private void refuse(long index, UnreadableEntryException e) {
      if (refused != index) {
        refused = index;
        LOG.error(
            "The leader sends entry {}, which this member cannot read and does not append: {}",
            index,
            e.getMessage());
      }
      ended = true;
      call.close(Status.INVALID_ARGUMENT.withDescription(e.getMessage()), new Metadata());
      super.onCancel();
    }

    @Override
    public void onHalfClose() {
      if (!ended) {
        super.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      if (!ended) {
        super.onCancel();
      }
    }

    @Override
    public void onComplete() {
      if (!ended) {
        super.onComplete();
      }
    }
  }
}
