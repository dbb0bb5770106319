package dev.stet.guard;

import com.sun.tools.attach.VirtualMachine;

/** The program that {@link SelfAttach} starts: it attaches the agent to the JVM that started it. */
final class Attacher {
  private Attacher() {}

  /**
   * Attaches.
   *
   * @param arguments the process, the jar and the options
   * @throws Exception if the JVM does not take it
   */
  public static void main(String... arguments) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(arguments[0]);
    try {
      machine.loadAgent(arguments[1], arguments[2]);
    } finally {
      machine.detach();
    }
  }
}
