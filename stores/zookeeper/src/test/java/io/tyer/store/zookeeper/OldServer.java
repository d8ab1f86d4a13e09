package io.tyer.store.zookeeper;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.ConnectRequest;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;

/**
 * Answers as ZooKeeper 3.4 does what it does not know: that it does not, and with the end of the
 * connection. It knows sessions, and nothing else.
 */
final class OldServer implements AutoCloseable {

  private final ServerSocket socket;
  private final Thread thread;

  OldServer() throws IOException {
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread = new Thread(this::run, "old-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void run() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        serve(client);
      } catch (SocketException | EOFException e) {
        // It has gone.
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void serve(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    DataOutputStream out = new DataOutputStream(client.getOutputStream());
    ConnectRequest asked = new ConnectRequest();
    int first = in.readInt();
    if (first < 0 || first > 1_000) {
      return; // four letters
    }
    read(asked, in.readNBytes(first));
    write(out, new ConnectResponse(0, asked.getTimeOut(), 7, new byte[16], false));
    while (true) {
      RequestHeader header = new RequestHeader();
      read(header, in.readNBytes(in.readInt()));
      boolean known = header.getType() == OpCode.ping || header.getType() == OpCode.closeSession;
      Code code = known ? Code.OK : Code.UNIMPLEMENTED;
      write(out, new ReplyHeader(header.getXid(), 1, code.intValue()));
      if (header.getType() != OpCode.ping) {
        return;
      }
    }
  }

  private static void read(Record record, byte[] bytes) throws IOException {
    record.deserialize(BinaryInputArchive.getArchive(new ByteArrayInputStream(bytes)), "in");
  }

  private static void write(DataOutputStream out, Record record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    record.serialize(BinaryOutputArchive.getArchive(bytes), "out");
    out.writeInt(bytes.size());
    bytes.writeTo(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
