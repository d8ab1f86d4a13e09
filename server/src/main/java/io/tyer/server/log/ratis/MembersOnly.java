package io.tyer.server.log.ratis;

import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;

/**
 * Refuses what the engine offers to its own clients and administrators at the peer address: entries
 * are made by this process only, and members are changed by it only.
 */
final class MembersOnly implements ServerInterceptor {

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    String service = call.getMethodDescriptor().getServiceName();
    if (RaftServerProtocolServiceGrpc.SERVICE_NAME.equals(service)
        || ClockService.NAME.equals(service)) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.PERMISSION_DENIED.withDescription("this address is for members only"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
