package io.tyer.server.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tyer.protocol.v1.StatusReply;
import java.io.IOException;
import java.util.OptionalLong;

/** The group as programs read it: one object on one line. */
final class StatusJson {

  private StatusJson() {}

  static String of(GroupView group) {
    return Json.line(json -> write(json, group));
  }

  private static void write(JsonGenerator json, GroupView group) throws IOException {
    StatusReply leader = group.leader();
    json.writeStartObject();
    json.writeStringField("cluster", group.first().getCluster());
    json.writeStringField("asked", group.first().getMember());
    json.writeStringField("leader", leader == null ? null : leader.getMember());
    json.writeArrayFieldStart("members");
    for (MemberView member : group.members()) {
      write(json, group, member);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, GroupView group, MemberView view)
      throws IOException {
    StatusReply status = view.status();
    json.writeStartObject();
    json.writeStringField("id", view.member().getId());
    json.writeStringField("client_address", view.member().getClientAddress());
    json.writeStringField("peer_address", view.member().getPeerAddress());
    json.writeBooleanField("reachable", status != null);
    if (status == null) {
      json.writeStringField("error", view.why());
    } else {
      json.writeBooleanField("leading", status.getLeading());
      json.writeNumberField("term", status.getTerm());
      json.writeNumberField("applied", status.getApplied());
      OptionalLong lag = group.lag(status);
      if (lag.isPresent()) {
        json.writeNumberField("lag", lag.getAsLong());
      }
      json.writeNumberField("sessions", status.getSessions());
      json.writeNumberField("tickets", status.getTickets());
    }
    json.writeEndObject();
  }
}
