package io.tyer.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tyer.command.Console;
import io.tyer.command.Exit;
import io.tyer.protocol.v1.CreateTokenReply;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.server.ClientSecurity;
import io.tyer.server.ServerConfig;
import io.tyer.server.TyerServer;
import io.tyer.server.access.BearerToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tyer token} and a member that wants tokens. */
@Timeout(180)
class TokenCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;
  private Path operator;
  private TyerServer server;

  @BeforeEach
  void start() throws IOException {
    assertThat(tyerServer("token", "operator")).isEqualTo(Exit.OK.code());
    operator = Files.writeString(directory.resolve("operator"), said());
    server = start(directory.resolve("data"));
  }

  private TyerServer start(Path data) throws IOException {
    TyerServer started =
        TyerServer.start(
            ServerConfig.local(data, 0)
                .withSecurity(new ClientSecurity.Plaintext())
                .withOperatorToken(operator));
    long until = System.nanoTime() + 20_000_000_000L;
    while (!started.status().leading() && System.nanoTime() < until) {
      LockSupport.parkNanos(10_000_000);
    }
    return started;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int tyerServer(String... arguments) {
    return new Console("tyer", new PrintWriter(out, true), new PrintWriter(err, true))
        .run(new ServerCommand(), arguments);
  }

  private int token(Path shown, String... arguments) {
    String[] all = new String[arguments.length + 6];
    all[0] = "token";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int at = arguments.length + 1;
    all[at++] = "--server";
    all[at++] = "localhost:" + server.port();
    all[at++] = "--plaintext";
    all[at++] = "--token-file";
    all[at] = shown.toString();
    return tyerServer(all);
  }

  /** What was printed since this was asked last. */
  private String said() {
    String text = out.toString();
    out.getBuffer().setLength(0);
    return text;
  }

  @Test
  void aTokenIsMadeShownOnceListedAndRevoked() throws IOException {
    assertThat(
            token(
                operator,
                "create",
                "--grant",
                "acquire,read:orders/",
                "--grant",
                "read",
                "--label",
                "the shop",
                "--expires-in",
                "90d",
                "--sessions",
                "5",
                "--rate",
                "100"))
        .as(err.toString())
        .isEqualTo(Exit.OK.code());
    String made = said().strip();
    assertThat(made).startsWith("tyer_").hasLineCount(1);
    String id = made.substring(5, 21);
    assertThat(err.toString()).contains(id).doesNotContain(made);

    assertThat(token(operator, "list")).isEqualTo(Exit.OK.code());
    String listed = said();
    assertThat(listed)
        .contains(id, "acquire,read:orders/ read", "the shop", "0 of 5 sessions", "100 requests/s")
        .doesNotContain(made.substring(22));

    Path shop = Files.writeString(directory.resolve("shop"), made);
    assertThat(token(shop, "list")).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).contains("has not the right 'admin'");

    assertThat(token(operator, "revoke", id)).isEqualTo(Exit.OK.code());
    assertThat(token(operator, "revoke", id)).isEqualTo(Exit.NEGATIVE.code());
    assertThat(err.toString()).contains("there is no token " + id);
    assertThat(token(operator, "list")).isEqualTo(Exit.OK.code());
    assertThat(said()).doesNotContain(id + "  ").contains("no tokens but the operator's own");
    err.getBuffer().setLength(0);
    assertThat(token(shop, "list")).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).contains("was shown none that counts").doesNotContain(made);
  }

  @Test
  void tokensOfALostGroupCountInTheNextOne() throws IOException {
    List<String> ids = new ArrayList<>();
    Path shop = directory.resolve("shop");
    for (String label : List.of("the shop", "others")) {
      assertThat(token(operator, "create", "--grant", "read", "--label", label))
          .isEqualTo(Exit.OK.code());
      String made = said().strip();
      Files.writeString(shop, made);
      ids.add(made.substring(5, 21));
    }
    assertThat(token(shop, "export")).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(token(operator, "export")).isEqualTo(Exit.OK.code());
    String exported = said();
    assertThat(exported).contains(ids).doesNotContain(Files.readString(shop).substring(22));
    Path backup = Files.writeString(directory.resolve("backup"), exported);

    server.close();
    server = start(directory.resolve("next"));
    assertThat(token(shop, "list")).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).contains("was shown none that counts");
    for (int i = 0; i < 2; i++) {
      assertThat(token(operator, "import", backup.toString()))
          .as(err.toString())
          .isEqualTo(Exit.OK.code());
      assertThat(said()).contains("2 of the 2 tokens");
    }
    assertThat(token(operator, "export")).isEqualTo(Exit.OK.code());
    assertThat(said()).isEqualTo(exported);
    assertThat(token(shop, "import", backup.toString())).isEqualTo(Exit.UNREACHABLE.code());
    err.getBuffer().setLength(0);
    assertThat(token(shop, "list")).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).as("it counts").contains("has not the right 'admin'");
  }

  /** A member that leads, whose first answers are lost. */
  private static final class Forgetful extends TokensGrpc.TokensImplBase {
    private final List<CreateTokenRequest> asked = new CopyOnWriteArrayList<>();
    private final int lost;

    Forgetful(int lost) {
      this.lost = lost;
    }

    @Override
    public void create(CreateTokenRequest request, StreamObserver<CreateTokenReply> responses) {
      asked.add(request);
      if (asked.size() <= lost) {
        responses.onError(Status.UNKNOWN.asRuntimeException());
      } else {
        responses.onNext(CreateTokenReply.newBuilder().setId(request.getId()).build());
        responses.onCompleted();
      }
    }
  }

  private static Server serve(BindableService tokens) throws IOException {
    return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
        .addService(tokens)
        .addService(
            new LocksGrpc.LocksImplBase() {
              @Override
              public void status(StatusRequest request, StreamObserver<StatusReply> responses) {
                responses.onNext(StatusReply.newBuilder().setLeading(true).build());
                responses.onCompleted();
              }
            })
        .build()
        .start();
  }

  private int create(Server at) {
    return tyerServer(
        "token",
        "create",
        "--grant",
        "read",
        "--plaintext",
        "--token-file",
        operator.toString(),
        "--server",
        "localhost:" + at.getPort());
  }

  @Test
  void aCreateWhoseAnswerWasLostIsAskedForAgainByTheSameRequest() throws IOException {
    Forgetful forgetful = new Forgetful(1);
    Server member = serve(forgetful);
    try {
      assertThat(create(member)).as(err.toString()).isEqualTo(Exit.OK.code());
      assertThat(forgetful.asked).hasSize(2);
      assertThat(forgetful.asked.get(1)).isEqualTo(forgetful.asked.get(0));
      BearerToken made = BearerToken.parse(said().strip()).orElseThrow();
      assertThat(made.id().toString()).isEqualTo(forgetful.asked.get(0).getId());
      assertThat(forgetful.asked.get(0).getHash().toByteArray()).isEqualTo(made.hash().bytes());
    } finally {
      member.shutdownNow();
    }
  }

  @Test
  void whetherATokenWasMadeIsSaidToBeUnknown() throws IOException {
    Forgetful forgetful = new Forgetful(100);
    Server member = serve(forgetful);
    try {
      assertThat(create(member)).isEqualTo(Exit.UNREACHABLE.code());
      assertThat(err.toString())
          .contains("is not known")
          .contains("tyer token revoke " + forgetful.asked.get(0).getId());
      assertThat(said()).isEmpty();
    } finally {
      member.shutdownNow();
    }
  }

  @Test
  void whereNobodyListensNoTokenWasMade() {
    assertThat(
            tyerServer(
                "token",
                "create",
                "--grant",
                "read",
                "--plaintext",
                "--token-file",
                operator.toString(),
                "--server",
                "localhost:1"))
        .isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString())
        .contains("nobody listens there")
        .doesNotContain("is not known", "revoke");
    assertThat(said()).isEmpty();
  }

  @Test
  void whatIsNoBackupIsNotImported() throws IOException {
    assertThat(token(operator, "create", "--grant", "read")).isEqualTo(Exit.OK.code());
    String id = said().substring(5, 21);
    assertThat(token(operator, "export")).isEqualTo(Exit.OK.code());
    String exported = said();
    Path backup = directory.resolve("backup");
    assertThat(token(operator, "import", backup.toString())).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("cannot be read");
    Files.writeString(backup, "tokens {}");
    assertThat(token(operator, "import", backup.toString())).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("is not what 'tyer token export' prints");
    int end = exported.lastIndexOf("# These are all ");
    Files.writeString(backup, exported.substring(0, end));
    assertThat(token(operator, "import", backup.toString())).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("was cut");
    Files.writeString(backup, exported.substring(0, end - 3));
    assertThat(token(operator, "import", backup.toString())).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("is damaged");
    Files.writeString(backup, exported.replaceAll("hash: .*", ""));
    assertThat(token(operator, "import", backup.toString())).isEqualTo(Exit.NEGATIVE.code());
    assertThat(err.toString()).contains("a hash has 32 bytes, not 0");
    Files.writeString(backup, exported.replace("grants: \"read\"", "grants: \"force\""));
    assertThat(token(operator, "import", backup.toString())).isEqualTo(Exit.NEGATIVE.code());
    assertThat(err.toString()).contains("there is another token " + id + " already");
  }

  @Test
  void whatIsNotUnderstoodIsSaidWithWhatWouldBeRight() throws IOException {
    assertThat(token(operator, "create", "--grant", "write")).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("there are acquire, read, force, admin and metrics");
    assertThat(token(operator, "create", "--grant", "read", "--expires-in", "soon"))
        .isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("not a duration: 'soon'");
    assertThat(token(operator, "revoke", "x")).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("16 hexadecimal digits");
    assertThat(token(directory.resolve("none"), "list")).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("--token-file cannot be read");
    Path empty = Files.writeString(directory.resolve("no-token"), "secret-looking text");
    assertThat(token(empty, "list")).isEqualTo(Exit.USAGE.code());
    assertThat(err.toString()).contains("holds no access token").doesNotContain("secret-looking");
  }

  @Test
  void aServerWithoutAUsableOperatorTokenDoesNotStart() throws IOException {
    Path bad = Files.writeString(directory.resolve("bad"), "tyer_x");
    assertThat(
            tyerServer(
                "--listen",
                "localhost:0",
                "--data",
                directory.resolve("other").toString(),
                "--operator-token",
                bad.toString()))
        .isEqualTo(Exit.UNREACHABLE.code());
    assertThat(err.toString()).contains("holds no operator's token", "tyer token operator");
  }
}
