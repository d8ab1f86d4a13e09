package io.tyer.store.etcd;

import static io.tyer.testkit.contract.Asked.answer;
import static io.tyer.testkit.contract.Asked.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Status;
import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Moment;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.ordered.Appended;
import io.tyer.store.ordered.LineNodes;
import io.tyer.store.ordered.OrderedSession;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.host.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session concludes from what members answer. */
@Timeout(120)
class ProofTest {

  private static final LockName LINE = LockName.of("line");

  private FakeEtcd etcd;
  private EtcdMedium medium;

  @BeforeEach
  void start() throws IOException {
    etcd = new FakeEtcd();
    medium = EtcdMediumTest.medium(etcd.address());
  }

  @AfterEach
  void stop() {
    medium.close();
    etcd.close();
  }

  private OrderedSession session() throws Exception {
    return answer(
        reply ->
            medium.open(new SessionId(1, 2), Duration.ofSeconds(30), "owner", new Told(), reply));
  }

  private List<String> askedSinceOpened() {
    return etcd.asked.subList(etcd.asked.indexOf("open") + 1, etcd.asked.size());
  }

  @Test
  void aKeepAliveOfTheTermOfALaterReadProves() throws Exception {
    OrderedSession session = session();
    Moment proved = answer(session::prove);
    assertThat(proved.nanos()).isNotEqualTo(0);
    assertThat(askedSinceOpened()).containsExactly("keep-alive", "read");
  }

  @Test
  void aKeepAliveOfAnEarlierTermProvesNothing() throws Exception {
    OrderedSession session = session();
    etcd.termsOfReads.clear();
    etcd.termsOfReads.add(6L);
    etcd.termsOfKeepAlives.clear();
    etcd.termsOfKeepAlives.addAll(List.of(5L, 6L));
    long before = new SystemSurroundings(null).nanoTime();
    Moment proved = answer(session::prove);
    assertThat(askedSinceOpened())
        .as("it was kept alive anew")
        .containsExactly("keep-alive", "read", "keep-alive", "read");
    assertThat(proved.nanos() - before).as("the second one's moment").isPositive();
  }

  @Test
  void aDeposedLeaderThatKeepsAliveForEverProvesNothing() throws Exception {
    OrderedSession session = session();
    etcd.termsOfReads.clear();
    etcd.termsOfReads.add(6L);
    assertThat(failure(reply -> session.prove(EtcdMediumTest.cast(reply))).kind())
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void aWatchThatWasEndedIsBegunAnewAlsoIfTheLookAtItFails() throws Exception {
    etcd.compacted.set(1);
    etcd.failingReads.set(2);
    OrderedSession session = session();
    Await.until("it is watched again", () -> etcd.watches.get() == 2);
    assertThat(etcd.failingReads).hasValue(0);
    assertThat(answer(session::prove)).isNotNull();
  }

  @Test
  void aTtlOfZeroIsDeath() throws Exception {
    OrderedSession session = session();
    etcd.ttl = 0;
    assertThat(failure(reply -> session.prove(EtcdMediumTest.cast(reply))).kind())
        .isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void keysThatAreGoneAreDeathWhateverTheKeepAliveSays() throws Exception {
    OrderedSession session = session();
    etcd.alive = false;
    assertThat(failure(reply -> session.prove(EtcdMediumTest.cast(reply))).kind())
        .isEqualTo(Kind.SESSION_DEAD);
  }

  @Test
  void aLeaseThatIsShorterThanWantedIsRefused() throws Exception {
    etcd.longest = 10;
    StoreException refused =
        failure(
            reply ->
                medium.open(
                    new SessionId(1, 2),
                    Duration.ofSeconds(30),
                    "owner",
                    new Told(),
                    EtcdMediumTest.cast(reply)));
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused).hasMessageContaining("10 s");
  }

  @Test
  void anOldServerIsRefusedInWords() throws Exception {
    etcd.version = "3.3.27";
    StoreException refused =
        failure(
            reply ->
                medium.open(
                    new SessionId(1, 2),
                    Duration.ofSeconds(30),
                    "owner",
                    new Told(),
                    EtcdMediumTest.cast(reply)));
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused).hasMessageContaining("3.3.27").hasMessageContaining("3.4");
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,etcdserver: request timed out,UNKNOWN",
    "UNAVAILABLE,etcdserver: leader changed,UNKNOWN",
    "UNAVAILABLE,etcdserver: no leader,UNREACHABLE",
    "RESOURCE_EXHAUSTED,etcdserver: mvcc: database space exceeded,UNREACHABLE",
    "RESOURCE_EXHAUSTED,etcdserver: too many requests,UNREACHABLE",
    "PERMISSION_DENIED,etcdserver: permission denied,REFUSED",
    "NOT_FOUND,etcdserver: requested lease not found,SESSION_DEAD",
    "UNIMPLEMENTED,unknown service,REFUSED",
    "INTERNAL,something else,UNKNOWN",
  })
  void whatIsKnownOfAnAppendThatFailed(Status.Code code, String text, Kind kind) throws Exception {
    OrderedSession session = session();
    etcd.transactions =
        (request, to) -> to.onError(code.toStatus().withDescription(text).asRuntimeException());
    StoreException failure =
        failure(
            reply -> session.append(LINE, "label", new byte[0], null, EtcdMediumTest.cast(reply)));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(askedSinceOpened()).as("it is not repeated").containsExactly("txn");
  }

  @Test
  void afterAnAppendOfUnknownOutcomeAFreshReadPutsAnEndToIt() throws Exception {
    OrderedSession session = session();
    List<TxnRequest> requests = new CopyOnWriteArrayList<>();
    etcd.transactions =
        (request, to) -> {
          requests.add(request);
          to.onError(
              Status.UNAVAILABLE
                  .withDescription("etcdserver: request timed out")
                  .asRuntimeException());
        };
    assertThat(
            failure(
                    reply ->
                        session.append(
                            LINE, "label", new byte[0], null, EtcdMediumTest.cast(reply)))
                .kind())
        .isEqualTo(Kind.UNKNOWN);
    assertThat(fenceOf(requests.get(0))).isEqualTo(100);
    etcd.transactions =
        (request, to) -> {
          requests.add(request);
          to.onNext(
              TxnResponse.newBuilder()
                  .setHeader(FakeEtcd.header(5).setRevision(200))
                  .setSucceeded(true)
                  .addResponses(ResponseOp.getDefaultInstance())
                  .addResponses(
                      ResponseOp.newBuilder().setResponseRange(RangeResponse.getDefaultInstance()))
                  .build());
          to.onCompleted();
        };
    LineNodes line = answer(reply -> session.read(LINE, true, reply));
    assertThat(line.nodes()).isEmpty();
    ByteString owner = requests.get(1).getSuccess(0).getRequestPut().getKey();
    assertThat(owner).as("the fence is raised").isEqualTo(requests.get(0).getCompare(0).getKey());
    assertThat(requests.get(1).getSuccess(0).getRequestPut().getIgnoreLease()).isTrue();
    Optional<Appended> next =
        answer(reply -> session.append(LINE, "next", new byte[0], null, reply));
    assertThat(next).isPresent();
    assertThat(fenceOf(requests.get(2))).isEqualTo(200);
    etcd.asked.clear();
    etcd.asked.add("open");
    LineNodes unused = answer(reply -> session.read(LINE, true, reply));
    assertThat(askedSinceOpened()).as("all is settled").containsExactly("read");
  }

  @Test
  void anAppendThatMeetsAHigherFenceIsSentOnceMore() throws Exception {
    OrderedSession session = session();
    List<TxnRequest> requests = new CopyOnWriteArrayList<>();
    etcd.transactions =
        (request, to) -> {
          requests.add(request);
          KeyValue owner =
              KeyValue.newBuilder()
                  .setKey(request.getCompare(0).getKey())
                  .setModRevision(300)
                  .build();
          to.onNext(
              TxnResponse.newBuilder()
                  .setHeader(FakeEtcd.header(5))
                  .addResponses(
                      ResponseOp.newBuilder()
                          .setResponseRange(RangeResponse.newBuilder().addKvs(owner)))
                  .build());
          to.onCompleted();
        };
    Optional<Appended> nothing =
        answer(
            reply ->
                session.append(LINE, "label", new byte[0], new LineNodes(List.of(), 5), reply));
    assertThat(nothing).as("the line has changed, by the second answer").isEmpty();
    assertThat(requests.stream().map(ProofTest::fenceOf)).containsExactly(100L, 300L);
  }

  private static long fenceOf(TxnRequest append) {
    Compare fence = append.getCompare(0);
    assertThat(fence.getKey().toStringUtf8()).endsWith("/owner");
    return fence.getModRevision();
  }
}
