package io.tyer.example.frame;

/** A process that says what it is told, and halts when told to. */
final class Echo {

  private Echo() {}

  public static void main(String[] args) {
    Parent parent = new Parent();
    for (String line = parent.hear(); !line.equals("end"); line = parent.hear()) {
      if (line.equals("halt")) {
        Parent.halt();
      }
      parent.say(line);
    }
    parent.awaitEnd();
    parent.say("ended");
  }
}
