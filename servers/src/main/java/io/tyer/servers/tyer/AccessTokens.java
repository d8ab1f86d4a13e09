package io.tyer.servers.tyer;

import io.grpc.ClientInterceptor;
import io.grpc.stub.MetadataUtils;
import io.tyer.protocol.Headers;
import io.tyer.protocol.v1.CreateTokenRequest;
import io.tyer.server.access.BearerToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The tokens of a group: the operator's, which all members read from a file, and one that clients
 * show, from another file.
 *
 * @param directory where the files are
 */
record AccessTokens(Path directory) {

  /** Makes the operator's. */
  static AccessTokens make(Path directory) throws IOException {
    AccessTokens tokens = new AccessTokens(directory);
    Files.createDirectories(directory);
    Files.writeString(
        tokens.ofOperator(), BearerToken.randomOfOperator(new SecureRandom()).reveal());
    return tokens;
  }

  /** The file of the operator's. */
  Path ofOperator() {
    return directory.resolve("operator-token");
  }

  /** The file of the clients'. */
  Path ofClients() {
    return directory.resolve("client-token");
  }

  /** Shows the operator's token with each call. */
  ClientInterceptor asOperator() {
    try {
      return MetadataUtils.newAttachHeadersInterceptor(
          Headers.showing(Files.readString(ofOperator())));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has the leader make the clients' token, and keeps it. */
  void makeOfClients(TyerNode leader) throws IOException {
    CreateTokenRequest request =
        CreateTokenRequest.newBuilder().setLabel("clients").addGrants("acquire,read,force").build();
    Files.writeString(ofClients(), leader.askOfTokens(tokens -> tokens.create(request)).getToken());
  }
}
