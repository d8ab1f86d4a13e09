package io.tyer.protocol.v1;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What clients rely on in a protocol, a line for each field, value and method. */
final class Published {

  private final List<String> lines = new ArrayList<>();

  private Published() {}

  static List<String> of(FileDescriptor file) {
    Published published = new Published();
    file.getMessageTypes().forEach(published::add);
    file.getEnumTypes().forEach(published::add);
    file.getServices().forEach(published::add);
    return published.lines;
  }

  private void add(Descriptor message) {
    if (message.getFields().isEmpty()) {
      lines.add(message.getFullName());
    }
    message.getFields().forEach(this::add);
    message.getNestedTypes().forEach(this::add);
    message.getEnumTypes().forEach(this::add);
  }

  private void add(FieldDescriptor field) {
    OneofDescriptor choice = field.getRealContainingOneof();
    lines.add(
        "%s %d %s%s %s%s"
            .formatted(
                field.getContainingType().getFullName(),
                field.getNumber(),
                label(field),
                type(field),
                field.getName(),
                choice == null ? "" : " in " + choice.getName()));
  }

  private static String label(FieldDescriptor field) {
    if (field.isRepeated()) {
      return "repeated ";
    }
    boolean optional = field.getContainingOneof() != null && field.getRealContainingOneof() == null;
    return optional ? "optional " : "";
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private void add(EnumDescriptor values) {
    for (EnumValueDescriptor value : values.getValues()) {
      lines.add(values.getFullName() + " " + value.getNumber() + " " + value.getName());
    }
  }

  private void add(ServiceDescriptor service) {
    for (MethodDescriptor method : service.getMethods()) {
      lines.add(
          "%s %s(%s%s) %s%s"
              .formatted(
                  service.getFullName(),
                  method.getName(),
                  method.isClientStreaming() ? "stream " : "",
                  method.getInputType().getFullName(),
                  method.isServerStreaming() ? "stream " : "",
                  method.getOutputType().getFullName()));
    }
  }
}
