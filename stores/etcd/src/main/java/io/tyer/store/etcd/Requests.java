package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;

/** Parts of requests. All reads are linearizable. */
final class Requests {

  private Requests() {}

  static RangeRequest read(ByteString key) {
    return RangeRequest.newBuilder().setKey(key).build();
  }

  /** All keys that begin so, in the order in which they were made. */
  static RangeRequest readAll(ByteString prefix) {
    return RangeRequest.newBuilder()
        .setKey(prefix)
        .setRangeEnd(Keys.endOf(prefix))
        .setSortTarget(RangeRequest.SortTarget.CREATE)
        .setSortOrder(RangeRequest.SortOrder.ASCEND)
        .build();
  }

  /** With a lease, with which it goes. */
  static PutRequest put(ByteString key, ByteString value, long lease) {
    return PutRequest.newBuilder().setKey(key).setValue(value).setLease(lease).build();
  }

  /** The key keeps the lease that it has. */
  static PutRequest replace(ByteString key, ByteString value) {
    return PutRequest.newBuilder().setKey(key).setValue(value).setIgnoreLease(true).build();
  }

  static DeleteRangeRequest delete(ByteString key) {
    return DeleteRangeRequest.newBuilder().setKey(key).build();
  }

  static RequestOp op(RangeRequest read) {
    return RequestOp.newBuilder().setRequestRange(read).build();
  }

  static RequestOp op(PutRequest put) {
    return RequestOp.newBuilder().setRequestPut(put).build();
  }

  static Compare isAbsent(ByteString key) {
    return created(key, 0, Compare.CompareResult.EQUAL);
  }

  static Compare isPresent(ByteString key) {
    return created(key, 0, Compare.CompareResult.GREATER);
  }

  static Compare created(ByteString key, long revision, Compare.CompareResult how) {
    return Compare.newBuilder()
        .setKey(key)
        .setTarget(Compare.CompareTarget.CREATE)
        .setResult(how)
        .setCreateRevision(revision)
        .build();
  }

  static Compare modified(ByteString key, long revision) {
    return Compare.newBuilder()
        .setKey(key)
        .setTarget(Compare.CompareTarget.MOD)
        .setResult(Compare.CompareResult.EQUAL)
        .setModRevision(revision)
        .build();
  }

  /** No key that begins so was made or changed after this revision. */
  static Compare unchangedSince(ByteString prefix, long revision) {
    return Compare.newBuilder()
        .setKey(prefix)
        .setRangeEnd(Keys.endOf(prefix))
        .setTarget(Compare.CompareTarget.MOD)
        .setResult(Compare.CompareResult.LESS)
        .setModRevision(revision + 1)
        .build();
  }
}
