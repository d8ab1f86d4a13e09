package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.tyer.protocol.Headers;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Quotas;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.server.access.BearerToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member with little memory, and clients that ask for more than it holds. */
@Timeout(300)
@Tag("full")
class SmallHeapTest {

  private static final Pattern PORT = Pattern.compile("listens for clients at .*:(\\d+)");
  private static final int TICKETS = 10_000;

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private Path operator;
  private String operatorToken;
  private Process server;
  private int port;
  private long serial;

  @BeforeEach
  void start() throws IOException {
    operatorToken = BearerToken.randomOfOperator(new SecureRandom()).reveal();
    operator = Files.writeString(directory.resolve("operator"), operatorToken);
    serve();
  }

  private void serve() throws IOException {
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx80m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--plaintext",
                "--listen=localhost:0",
                "--operator-token=" + operator,
                "--data=" + directory.resolve("data"))
            .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("err").toFile()))
            .start();
    started.add(server);
    BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
    Matcher said = PORT.matcher("");
    for (String line = out.readLine(); line != null && !said.find(); line = out.readLine()) {
      said.reset(line);
      if (said.find()) {
        port = Integer.parseInt(said.group(1));
        break;
      }
    }
    assertThat(server.isAlive()).as(errors()).isTrue();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!leads()) {
      assertThat(System.nanoTime()).as(errors()).isLessThan(until);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private boolean leads() {
    return LocksGrpc.newBlockingStub(channel())
        .withInterceptors(shows(operatorToken))
        .status(StatusRequest.getDefaultInstance())
        .getLeading();
  }

  @AfterEach
  void end() {
    channels.forEach(ManagedChannel::shutdownNow);
    started.forEach(Process::destroyForcibly);
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("err"));
  }

  private ManagedChannel channel() {
    ManagedChannel channel =
        Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create()).build();
    channels.add(channel);
    return channel;
  }

  private static io.grpc.ClientInterceptor shows(String token) {
    Metadata headers = new Metadata();
    headers.put(Headers.AUTHORIZATION, "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private LockClient client(String token) {
    return new LockClient(channel(), shows(token), ++serial);
  }

  private String token() {
    // As 'tyer token create' asks for without quotas.
    return TokensGrpc.newBlockingStub(channel())
        .withInterceptors(shows(operatorToken))
        .create(
            CreateTokenRequest.newBuilder()
                .addGrants("acquire,read")
                .setQuotas(Quotas.newBuilder().setSessions(1000))
                .build())
        .getToken();
  }

  @Test
  void whatItsHeapCannotHoldIsRefusedAndItGoesOn() throws Exception {
    LockClient holder = client(token());
    assertThat(holder.open().hasAlive()).isTrue();
    assertThat(holder.enter("mine").getTicket().hasGranted()).isTrue();
    String greedy = token();
    List<Failure> refused = new ArrayList<>();
    int taken = 0;
    // Three clients, each with one session after another.
    for (int i = 0; i < 9 && refused.size() < TICKETS; i++) {
      LockClient client = client(greedy);
      Reply opened = client.open();
      if (opened.hasFailure()) {
        refused.add(opened.getFailure());
      } else {
        for (Reply reply :
            client.enterMany(name -> "x".repeat(470) + "%010d".formatted(name), TICKETS)) {
          if (reply.hasFailure()) {
            refused.add(reply.getFailure());
          } else {
            taken++;
          }
        }
      }
    }
    assertThat(taken).as("it holds what it can").isGreaterThan(3_000);
    assertThat(refused)
        .as("%s", errors())
        .isNotEmpty()
        .allMatch(failure -> failure.getKind() == Failure.Kind.REFUSED)
        .allMatch(failure -> failure.getMessage().contains("heap"));
    goesOn(holder);

    server.destroyForcibly().waitFor();
    serve();
    LockClient again = holder.on(channel());
    assertThat(again.attach().getAlive().getTicketsList()).hasSize(1);
    goesOn(again);
    assertThat(errors()).doesNotContain("OutOfMemory");
  }

  /** Others neither wait nor are refused. */
  private void goesOn(LockClient holder) throws IOException {
    assertThat(server.isAlive()).as(errors()).isTrue();
    assertThat(holder.beat().hasAlive()).isTrue();
    assertThat(holder.enter("another").getTicket().hasGranted()).isTrue();
    assertThat(holder.leave("another").getFound()).isTrue();
    LockClient fresh = client(operatorToken);
    assertThat(fresh.open().hasAlive()).isTrue();
    assertThat(fresh.enter("fresh").getTicket().hasGranted()).isTrue();
    assertThat(fresh.end().getFound()).isTrue();
  }
}
