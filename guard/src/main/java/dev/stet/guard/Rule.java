package dev.stet.guard;

import dev.stet.spi.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What to do at the call sites of one method.
 *
 * @param owner the internal name of the class named at the call site; {@code *} for any
 * @param name the method, {@code <init>} for a constructor
 * @param desc its descriptor
 * @param action how the call site is rewritten
 * @param kind what a finding is called
 * @param api what a reader calls it
 * @param remedy what a reader may do about it
 * @param target the class and method that is called instead, or with the argument that is wrapped; null for none
 * @param when whether it can be replaced by something of the trial's own
 * @param argument for {@link Action#WRAP}: which argument
 */
record Rule(
    String owner,
    String name,
    String desc,
    Action action,
    Kind kind,
    String api,
    String remedy,
    @Nullable Target target,
    Replaced when,
    int argument) {

  /** A static method of ours. */
  record Target(String owner, String name) {}

  /** How a call site is rewritten. */
  enum Action {
    /** Another method is called in place of this one: the same arguments and the number of the site. */
    CALL,
    /** The number of the site is told just before the call, which stays. */
    NOTE,
    /** What the call gave is handed through a method of ours, with the number of the site. */
    RESULT,
    /** The object comes from a method of ours that is given the arguments and the number of the site. */
    CONSTRUCT,
    /** One argument is handed through a method of ours. No finding. */
    WRAP,
    /** The object that a constructor made is told afterwards, in a static initialiser only. No finding here. */
    TELL,
    /** The number of the site is told, or the class is StrictMath where that switch is on. */
    MATH,
    /** A collection with hashed order, for the switch that allocates linked ones. No finding. */
    LINKED
  }

  /** When a use is replaced. */
  enum Replaced {
    NEVER,
    IN_REPLACE,
    WITH_UUIDS,
    WITH_SEQUENTIAL,
    WITH_STRICT,
    /** In REPLACE, and only where the guard can reach the state of threads. */
    WITH_THREADS
  }

  /** The same call site, where another method of ours is called, and when it is replaced. */
  Rule with(Target other, Replaced condition) {
    return new Rule(owner, name, desc, action, kind, api, remedy, other, condition, argument);
  }

  /** The same source where it is only told. */
  Rule told(String words) {
    return new Rule(owner, name, desc, Action.NOTE, kind, words, remedy, null, Replaced.NEVER, -1);
  }

  /** The same rule under another name for readers. */
  Rule called(String words) {
    return new Rule(owner, name, desc, action, kind, words, remedy, target, when, argument);
  }

  String key() {
    return owner + '.' + name + desc;
  }
}
