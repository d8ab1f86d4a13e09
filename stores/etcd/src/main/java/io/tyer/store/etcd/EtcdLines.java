package io.tyer.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Reply;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.NodeBody;
import io.tyer.store.ordered.OrderedLines;
import io.tyer.store.ordered.OrderedNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads and changes nodes, whichever session they are of: a node's version is its revision. */
final class EtcdLines implements OrderedLines {

  private static final int PAGE = 5_000;
  private static final ByteString FIRST = ByteString.copyFrom(new byte[] {0});

  private final Calls calls;
  private final Keys keys;

  EtcdLines(Calls calls, Keys keys) {
    this.calls = calls;
    this.keys = keys;
  }

  @Override
  public void names(String prefix, Reply<List<LockName>> reply) {
    ByteString all = keys.lines(prefix);
    page(all, Keys.endOf(all), new LinkedHashSet<>(), reply);
  }

  private void page(
      ByteString from, ByteString end, Set<LockName> found, Reply<List<LockName>> reply) {
    RangeRequest page =
        RangeRequest.newBuilder()
            .setKey(from)
            .setRangeEnd(end)
            .setKeysOnly(true)
            .setLimit(PAGE)
            .build();
    calls.ask(
        KVGrpc.getRangeMethod(),
        page,
        Replies.then(
            reply,
            (RangeResponse answer) -> {
              for (KeyValue pair : answer.getKvsList()) {
                LockName name = keys.nameOf(pair.getKey());
                if (name != null) {
                  found.add(name);
                }
              }
              int count = answer.getKvsCount();
              if (answer.getMore() && count > 0) {
                page(answer.getKvs(count - 1).getKey().concat(FIRST), end, found, reply);
              } else {
                reply.done(List.copyOf(found));
              }
            }));
  }

  /** Always fresh: what may be older costs as much where the member that is asked leads. */
  @Override
  public void read(LockName line, boolean fresh, Reply<LineNodes> reply) {
    calls.ask(
        KVGrpc.getRangeMethod(),
        Requests.readAll(keys.line(line)),
        Replies.then(reply, answer -> reply.done(nodes(answer))));
  }

  static LineNodes nodes(RangeResponse answer) {
    List<OrderedNode> nodes = new ArrayList<>(answer.getKvsCount());
    for (KeyValue pair : answer.getKvsList()) {
      nodes.add(node(pair));
    }
    return new LineNodes(nodes, answer.getHeader().getRevision());
  }

  private static OrderedNode node(KeyValue pair) {
    String key = Keys.nodeOf(pair.getKey());
    int comma = key.indexOf(',');
    return new OrderedNode(key, comma < 0 ? key : key.substring(0, comma), body(pair));
  }

  static NodeBody body(KeyValue pair) {
    return new NodeBody(
        pair.getCreateRevision(), pair.getModRevision(), pair.getValue().toByteArray());
  }

  @Override
  public void look(LockName line, OrderedNode node, Reply<Optional<NodeBody>> reply) {
    calls.ask(
        KVGrpc.getRangeMethod(),
        Requests.read(keys.node(line, node.key())),
        Replies.then(reply, answer -> reply.done(bodyIn(answer))));
  }

  static Optional<NodeBody> bodyIn(RangeResponse answer) {
    return answer.getKvsCount() == 0 ? Optional.empty() : Optional.of(body(answer.getKvs(0)));
  }

  @Override
  public void replace(
      LockName line, OrderedNode node, NodeBody seen, byte[] content, Reply<Boolean> reply) {
    ByteString key = keys.node(line, node.key());
    TxnRequest replace =
        TxnRequest.newBuilder()
            .addCompare(Requests.created(key, seen.number(), Compare.CompareResult.EQUAL))
            .addCompare(Requests.modified(key, seen.version()))
            .addSuccess(Requests.op(Requests.replace(key, ByteString.copyFrom(content))))
            .build();
    calls.change(
        KVGrpc.getTxnMethod(),
        replace,
        Replies.then(reply, answer -> reply.done(answer.getSucceeded())));
  }

  @Override
  public void remove(LockName line, OrderedNode node, Reply<Boolean> reply) {
    calls.change(
        KVGrpc.getDeleteRangeMethod(),
        Requests.delete(keys.node(line, node.key())),
        Replies.then(reply, answer -> reply.done(answer.getDeleted() > 0)));
  }

  @Override
  public void tell(SessionId session, byte[] hint, Reply<Boolean> reply) {
    ByteString inbox = keys.inbox(session);
    TxnRequest tell =
        TxnRequest.newBuilder()
            .addCompare(Requests.isPresent(inbox))
            .addSuccess(Requests.op(Requests.replace(inbox, ByteString.copyFrom(hint))))
            .build();
    calls.change(
        KVGrpc.getTxnMethod(),
        tell,
        Replies.then(reply, answer -> reply.done(answer.getSucceeded())));
  }
}
