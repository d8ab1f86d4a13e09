package io.tyer.store.remote;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.spi.StoreException;
import io.tyer.store.network.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What there is to say of the members at an address before a client opens the store there. */
final class RemoteDiagnosis {

  private final Links links;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<HostPort, StatusReply> answers = new LinkedHashMap<>();

  RemoteDiagnosis(Links links) {
    this.links = links;
  }

  Diagnosis run() {
    transport();
    links.members().known().forEach(this::ask);
    if (answers.isEmpty()) {
      findings.add(
          Finding.problem(
              "reachable",
              "no member that the address names answers",
              "see whether they run, and whether this client may connect"));
    } else {
      cluster();
      leader();
    }
    return new Diagnosis(
        findings.stream().noneMatch(one -> one.level() == Level.PROBLEM), findings);
  }

  private void transport() {
    findings.add(
        links.address().plaintext()
            ? Finding.ok("transport", "connections are not encrypted; they stay on this machine")
            : Finding.ok(
                "transport",
                "connections use TLS 1.3"
                    + (links.ownCertificate() ? ", with a certificate of this client" : "")
                    + (links.credential().isGiven() ? ", under an access token" : "")));
  }

  private void ask(HostPort server) {
    ManagedChannel channel = links.channels().to(server);
    if (channel == null) {
      return;
    }
    try {
      StatusReply status =
          LocksGrpc.newBlockingStub(channel)
              .withInterceptors(
                  MetadataUtils.newAttachHeadersInterceptor(
                      Credential.headers(links.credential().token())))
              .withDeadlineAfter(links.settings().connectTimeout().toNanos(), TimeUnit.NANOSECONDS)
              .status(StatusRequest.getDefaultInstance());
      answers.put(server, status);
      findings.add(
          Finding.ok(
              "member",
              server
                  + " is member "
                  + status.getMember()
                  + (status.getLeading() ? " and leads" : "")
                  + ": "
                  + status.getSessions()
                  + " sessions, "
                  + status.getTickets()
                  + " tickets"));
    } catch (StoreException e) {
      findings.add(Finding.problem("token", String.valueOf(e.getMessage()), "see to the file"));
    } catch (StatusRuntimeException e) {
      StoreException failure = Failures.of(server, e.getStatus(), links.address());
      findings.add(
          Finding.warning(
              "member",
              String.valueOf(failure.getMessage()),
              "most members must be up; one that answers is enough to find the others"));
    }
  }

  private void cluster() {
    Set<String> clusters = new LinkedHashSet<>();
    answers.values().forEach(status -> clusters.add(status.getCluster()));
    if (clusters.size() > 1) {
      findings.add(
          Finding.problem(
              "cluster",
              "the members do not belong together: their clusters are " + clusters,
              "name the members of one cluster; two clients at different ones would both be"
                  + " granted a lock"));
    }
    int size = answers.values().iterator().next().getMembersCount();
    if (size == 1) {
      findings.add(
          Finding.warning(
              "members",
              "it is a single member: while it is down, nobody is granted anything",
              "three members go on when one is lost"));
    } else if (size > 1) {
      findings.add(
          Finding.ok("members", size + " members: it goes on with " + (size / 2 + 1) + " of them"));
    }
  }

  private void leader() {
    Set<String> leaders = new LinkedHashSet<>();
    answers.forEach(
        (server, status) -> {
          if (status.getLeading()) {
            leaders.add(server.toString());
          } else if (!status.getLeader().isEmpty()) {
            leaders.add(status.getLeader());
          }
        });
    if (leaders.isEmpty()) {
      findings.add(
          Finding.problem(
              "leader",
              "the members know of no leader, so that nobody is granted anything",
              "see whether most of them are up and reach each other"));
      return;
    }
    for (String leader : leaders) {
      HostPort at = links.members().hint(leader);
      if (at != null && !answers.containsKey(at)) {
        // It is elsewhere than the address says: clients are sent there.
        ask(at);
      }
    }
  }
}
