package io.tyer.store.etcd;

import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** What there is to say of the members at an address before a client opens the store there. */
final class EtcdDiagnosis {

  private final Calls calls;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<HostPort, StatusResponse> answers = new LinkedHashMap<>();

  EtcdDiagnosis(Calls calls) {
    this.calls = calls;
  }

  Diagnosis run() {
    transport();
    calls.members().all().forEach(this::ask);
    if (answers.isEmpty()) {
      findings.add(
          Finding.problem(
              "reachable",
              "no member that the address names answers",
              "see whether they run, and whether this client may connect"));
    } else {
      cluster();
      versions();
      rights();
    }
    return new Diagnosis(
        findings.stream().noneMatch(one -> one.level() == Level.PROBLEM), findings);
  }

  private void transport() {
    EtcdAddress address = calls.address();
    if (address.tls()) {
      findings.add(
          Finding.ok(
              "transport",
              "connections use TLS"
                  + (address.certificate() == null ? "" : ", with a certificate of this client")));
    } else {
      findings.add(
          address.user() == null
              ? Finding.ok("transport", "connections are not encrypted")
              : Finding.warning(
                  "transport",
                  "connections are not encrypted: whoever sees them reads the password",
                  "let members speak TLS, and the address begin with etcds"));
    }
  }

  private void ask(HostPort member) {
    ManagedChannel channel = calls.members().connect(member);
    try {
      Metadata headers = await(reply -> headers(new Members.Link(member, channel), reply));
      StatusResponse status =
          MaintenanceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .withDeadlineAfter(calls.settings().connectTimeout().toNanos(), TimeUnit.NANOSECONDS)
              .status(StatusRequest.getDefaultInstance());
      answers.put(member, status);
      boolean leads = status.getLeader() == status.getHeader().getMemberId();
      findings.add(
          Finding.ok(
              "member",
              member + " runs etcd " + status.getVersion() + (leads ? " and leads" : "")));
      status
          .getErrorsList()
          .forEach(
              error ->
                  findings.add(
                      Finding.problem(
                          "alarm", member + " says: " + error, "see etcdctl alarm list")));
    } catch (StatusRuntimeException e) {
      add(calls.failures().of(member, e.getStatus(), true, false));
    } catch (StoreException e) {
      add(e);
    } finally {
      ManagedChannel unused = channel.shutdownNow();
    }
  }

  private void add(StoreException failure) {
    String text = String.valueOf(failure.getMessage());
    findings.add(
        failure.kind() == StoreException.Kind.REFUSED
            ? Finding.problem("member", text, "")
            : Finding.warning(
                "member", text, "most members must be up; one that answers is enough"));
  }

  private void headers(Members.Link link, Reply<Metadata> reply) {
    calls
        .tokens()
        .with(
            link,
            calls.settings().connectTimeout().toNanos(),
            new Tokens.Waiting() {
              @Override
              public void have(Metadata headers) {
                reply.done(headers);
              }

              @Override
              public void failed(Status status) {
                reply.failed(calls.failures().of(link.member(), status, false, false));
              }
            });
  }

  private void cluster() {
    Set<Long> clusters = new LinkedHashSet<>();
    Set<Long> leaders = new LinkedHashSet<>();
    for (StatusResponse status : answers.values()) {
      clusters.add(status.getHeader().getClusterId());
      if (status.getLeader() != 0) {
        leaders.add(status.getLeader());
      }
    }
    if (clusters.size() > 1) {
      findings.add(
          Finding.problem(
              "cluster",
              "the members do not belong together",
              "name the members of one cluster; two clients at different ones would both be"
                  + " granted a lock"));
    }
    if (leaders.isEmpty()) {
      findings.add(
          Finding.problem(
              "leader",
              "the members know of no leader, so that nobody is granted anything",
              "see whether most of them are up and reach each other"));
    }
    if (calls.members().count() == 1) {
      findings.add(
          Finding.warning(
              "members",
              "the address names one member: while it is down, this client is granted nothing",
              "name all members"));
    }
  }

  private void versions() {
    Set<String> versions = new LinkedHashSet<>();
    answers.values().forEach(status -> versions.add(status.getVersion()));
    for (String version : versions) {
      if (Versions.isOld(version)) {
        findings.add(
            Finding.problem(
                "version", "etcd " + version + " is too old", "the store takes 3.4 or later"));
      }
      if (Versions.mayDiverge(version)) {
        findings.add(
            Finding.problem(
                "version",
                "members of etcd " + version + " may come to keep different data after a crash",
                "upgrade to 3.5.3 or later"));
      }
      if (Versions.revokesWhenResumed(version)) {
        findings.add(
            Finding.warning(
                "version",
                "a leader of etcd "
                    + version
                    + " that goes on after a pause may have leases revoked that are alive: then"
                    + " only tokens protect",
                "upgrade to 3.4.31, 3.5.13 or later"));
      }
    }
  }

  /**
   * What would write is asked for under a condition that never holds: rights are looked at first.
   */
  private void rights() {
    Keys keys = new Keys(calls.address().path());
    var key = keys.lines("tyer-doctor");
    TxnRequest never =
        TxnRequest.newBuilder()
            .addCompare(Requests.created(key, 0, Compare.CompareResult.LESS))
            .addSuccess(Requests.op(Requests.put(key, key, 0)))
            .addSuccess(Requests.op(Requests.read(key)))
            .build();
    try {
      TxnResponse unused = await(reply -> calls.ask(KVGrpc.getTxnMethod(), never, reply));
      findings.add(
          Finding.ok(
              "rights", "keys below " + calls.address().path() + "/ can be read and written"));
    } catch (StoreException e) {
      findings.add(Finding.problem("rights", String.valueOf(e.getMessage()), ""));
    }
  }

  /** What makes a call. */
  private interface Asking<T> {
    void ask(Reply<T> reply);
  }

  private static <T> T await(Asking<T> asking) throws StoreException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    asking.ask(
        new Reply<>() {
          @Override
          public void done(T value) {
            answer.complete(value);
          }

          @Override
          public void failed(StoreException failure) {
            answer.completeExceptionally(failure);
          }
        });
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
